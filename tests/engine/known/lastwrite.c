// N threads each store their number in one atomic variable: N!. With READER one more loads it: (N + 1)!.
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 3
#endif

static atomic_int last;

static void *store(void *arg)
{
    atomic_store(&last, (int)(long)arg);
    return NULL;
}

static void *load(void *arg)
{
    (void)atomic_load(&last);
    return arg;
}

int main(void)
{
    pthread_t t[N], reader;
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, store, (void *)(i + 1));
#ifdef READER
    pthread_create(&reader, NULL, load, NULL);
    pthread_join(reader, NULL);
#else
    (void)reader;
    (void)load;
#endif
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return last == 0;
}
