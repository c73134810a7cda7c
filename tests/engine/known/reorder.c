// N - 1 threads set two variables and one reads both, all under one lock: N!.
#include <pthread.h>

#ifndef N
#define N 4
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int a, b;

static void *set(void *arg)
{
    pthread_mutex_lock(&m);
    a = 1;
    b = -1;
    pthread_mutex_unlock(&m);
    return arg;
}

static void *check(void *failed)
{
    pthread_mutex_lock(&m);
    *(int *)failed = a + b != 0;
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    int failed = 0;
    for (int i = 1; i < N; i++)
        pthread_create(&t[i], NULL, set, NULL);
    pthread_create(&t[0], NULL, check, &failed);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return failed;
}
