// One writer, N readers of one atomic variable: each reads before or after, 2^N.
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 10
#endif

static atomic_int x;

static void *write_it(void *arg)
{
    atomic_store(&x, 42);
    return arg;
}

static void *read_it(void *arg)
{
    (void)atomic_load(&x);
    return arg;
}

int main(void)
{
    pthread_t t[N + 1];
    pthread_create(&t[N], NULL, write_it, NULL);
    for (int i = 0; i < N; i++)
        pthread_create(&t[i], NULL, read_it, NULL);
    for (int i = 0; i <= N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
