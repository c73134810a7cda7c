// One thread adds N times, the other looks once, and must not find all of it. At each step tossing a coin
// finds that once in 2^N runs; if every interleaving is alike, once in N + 1.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 24
#endif

static atomic_int sum;

static void *add(void *arg)
{
    for (int i = 0; i < N; i++)
        atomic_fetch_add(&sum, 1);
    return arg;
}

static void *look(void *arg)
{
    assert(atomic_load(&sum) != N);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
