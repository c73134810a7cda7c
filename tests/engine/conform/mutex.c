// What the calls of mutexes answer, of each type.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER, recursive, checking;
static const struct timespec past = {1, 0}, odd = {0, -1};

static void make(pthread_mutex_t *m, int type)
{
    pthread_mutexattr_t a;
    int told = -1;
    printf("attr %d", pthread_mutexattr_init(&a));
    printf(" %d", pthread_mutexattr_gettype(&a, &told));
    printf(" default %d", told);
    printf(" set %d", pthread_mutexattr_settype(&a, type));
    pthread_mutexattr_gettype(&a, &told);
    printf(" told %d", told);
    printf(" bad %d", pthread_mutexattr_settype(&a, 99));
    printf(" init %d", pthread_mutex_init(m, &a));
    printf(" destroy %d\n", pthread_mutexattr_destroy(&a));
}

static void *other(void *arg)
{
    printf("other: try %d", pthread_mutex_trylock(&plain));
    printf(" %d", pthread_mutex_trylock(&recursive));
    printf(" %d\n", pthread_mutex_trylock(&checking));
    printf("other: unlock %d", pthread_mutex_unlock(&recursive));
    printf(" %d\n", pthread_mutex_unlock(&checking));
    printf("other: timed %d", pthread_mutex_timedlock(&plain, &past));
    printf(" %d\n", pthread_mutex_clocklock(&checking, CLOCK_MONOTONIC, &past));
    printf("other: no time %d\n", pthread_mutex_timedlock(&plain, &odd));
    return arg;
}

int main(void)
{
    pthread_t t;
    make(&recursive, PTHREAD_MUTEX_RECURSIVE);
    make(&checking, PTHREAD_MUTEX_ERRORCHECK);
    printf("unlock free: %d", pthread_mutex_unlock(&recursive));
    printf(" %d\n", pthread_mutex_unlock(&checking));
    printf("lock: %d", pthread_mutex_lock(&plain));
    printf(" %d", pthread_mutex_lock(&recursive));
    printf(" %d\n", pthread_mutex_lock(&checking));
    printf("again: %d", pthread_mutex_trylock(&plain));
    printf(" %d", pthread_mutex_lock(&recursive));
    printf(" %d\n", pthread_mutex_lock(&checking));
    printf("again: %d", pthread_mutex_trylock(&recursive));
    printf(" %d\n", pthread_mutex_trylock(&checking));
    printf("timed: %d", pthread_mutex_timedlock(&plain, &past));
    printf(" %d", pthread_mutex_timedlock(&recursive, &past));
    printf(" %d\n", pthread_mutex_timedlock(&checking, &past));
    pthread_create(&t, NULL, other, NULL);
    pthread_join(t, NULL);
    for (int i = 0; i < 5; i++)
        printf("unlock: %d\n", pthread_mutex_unlock(&recursive));
    printf("unlock: %d", pthread_mutex_unlock(&plain));
    printf(" %d", pthread_mutex_unlock(&checking));
    printf(" %d\n", pthread_mutex_unlock(&checking));
    printf("no time, but free: %d", pthread_mutex_timedlock(&plain, &odd));
    printf(" unlock %d\n", pthread_mutex_unlock(&plain));
    printf("destroy: %d", pthread_mutex_destroy(&plain));
    printf(" %d", pthread_mutex_destroy(&recursive));
    printf(" %d\n", pthread_mutex_destroy(&checking));
    return 0;
}
