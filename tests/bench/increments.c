/* Two threads, N increments each, no lock: the smallest program that is wrong. */
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 3
#endif

static int count;

static void *add(void *unused)
{
    for (int i = 0; i < N; i++)
        count++;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
#ifdef CHECKED
    assert(count == 2 * N);
#endif
    return 0;
}
