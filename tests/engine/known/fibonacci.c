// Two threads add each other's plain variable to their own, N times: a race on purpose. No order of their reads and
// writes gets beyond the Fibonacci number that strict alternation gives.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 5
#endif

static int i = 1, j = 1;

static void *first(void *arg)
{
    for (int k = 0; k < N; k++)
        i += j;
    return arg;
}

static void *second(void *arg)
{
    for (int k = 0; k < N; k++)
        j += i;
    return arg;
}

int main(void)
{
    pthread_t a, b;
    int now = 1, next = 1;
    for (int k = 0; k < 2 * N; k++) {
        int sum = now + next;
        now = next;
        next = sum;
    }
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(i <= next && j <= next);
    return 0;
}
