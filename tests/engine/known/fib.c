// Two threads add each other's atomic variable to their own, N times.
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 3
#endif

static atomic_int i = 1, j = 1;

static void *first(void *arg)
{
    for (int k = 0; k < N; k++) {
        int other = atomic_load(&j), mine = atomic_load(&i);
        atomic_store(&i, mine + other);
    }
    return arg;
}

static void *second(void *arg)
{
    for (int k = 0; k < N; k++) {
        int other = atomic_load(&i), mine = atomic_load(&j);
        atomic_store(&j, mine + other);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
