// One thread looks for the last zero of an array, N others each set an element to its left
// neighbour plus one.
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 10
#endif

static atomic_int a[N + 1];

static void *look(void *arg)
{
    int i = N;
    while (atomic_load(&a[i]) != 0)
        i--;
    return arg;
}

static void *set(void *arg)
{
    int j = (int)(long)arg;
    atomic_store(&a[j], atomic_load(&a[j - 1]) + 1);
    return NULL;
}

int main(void)
{
    pthread_t t[N + 1];
    pthread_create(&t[0], NULL, look, NULL);
    for (long j = 1; j <= N; j++)
        pthread_create(&t[j], NULL, set, (void *)j);
    for (int j = 0; j <= N; j++)
        pthread_join(t[j], NULL);
    return 0;
}
