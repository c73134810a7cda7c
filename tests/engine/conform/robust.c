// A robust mutex whose owner died: recovered once, lost once.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t a, b;

static void *dies(void *m)
{
    printf("lock %d\n", pthread_mutex_lock(m));
    return NULL;
}

static void run(void *m)
{
    pthread_t t;
    pthread_create(&t, NULL, dies, m);
    pthread_join(t, NULL);
}

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
    struct timespec past = {1, 0};
    pthread_mutexattr_init(&attr);
    printf("robust %d\n", pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
    pthread_mutex_init(&a, &attr);
    pthread_mutex_init(&b, &attr);
    printf("plain consistent %d\n", pthread_mutex_consistent(&plain));
    printf("too early %d", pthread_mutex_consistent(&a));
    printf(" unlock %d\n", pthread_mutex_unlock(&a));
    run(&a);
    printf("try %d", pthread_mutex_trylock(&a));
    printf(" consistent %d", pthread_mutex_consistent(&a));
    printf(" again %d\n", pthread_mutex_consistent(&a));
    printf("unlock %d", pthread_mutex_unlock(&a));
    printf(" lock %d", pthread_mutex_lock(&a));
    printf(" unlock %d\n", pthread_mutex_unlock(&a));
    run(&b);
    printf("timed %d", pthread_mutex_timedlock(&b, &past));
    printf(" unlock %d\n", pthread_mutex_unlock(&b));
    printf("lost %d", pthread_mutex_lock(&b));
    printf(" %d\n", pthread_mutex_trylock(&b));
    printf("destroy %d", pthread_mutex_destroy(&a));
    printf(" %d\n", pthread_mutex_destroy(&b));
    return 0;
}
