// Waiting until a time that has come, or that is none; attributes.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

int main(void)
{
    pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
    pthread_condattr_t a;
    pthread_cond_t plain = PTHREAD_COND_INITIALIZER, mono;
    clockid_t clock = -1;
    int shared = -1;
    struct timespec past = {1, 0}, odd = {0, 1000000000}, soon;
    printf("attr %d", pthread_condattr_init(&a));
    printf(" clock %d", pthread_condattr_getclock(&a, &clock));
    printf(" %d", clock == CLOCK_REALTIME);
    printf(" bad %d", pthread_condattr_setclock(&a, CLOCK_PROCESS_CPUTIME_ID));
    printf(" set %d", pthread_condattr_setclock(&a, CLOCK_MONOTONIC));
    printf(" shared %d", pthread_condattr_getpshared(&a, &shared));
    printf(" %d", shared);
    printf(" set %d", pthread_condattr_setpshared(&a, PTHREAD_PROCESS_SHARED));
    printf(" bad %d", pthread_condattr_setpshared(&a, 7));
    pthread_condattr_getclock(&a, &clock);
    pthread_condattr_getpshared(&a, &shared);
    printf(" told %d %d\n", clock == CLOCK_MONOTONIC, shared);
    pthread_condattr_setpshared(&a, PTHREAD_PROCESS_PRIVATE);
    printf("init %d", pthread_cond_init(&mono, &a));
    printf(" %d\n", pthread_condattr_destroy(&a));
    printf("nobody waits: %d", pthread_cond_signal(&plain));
    printf(" %d\n", pthread_cond_broadcast(&mono));
    pthread_mutex_lock(&m);
    printf("past %d", pthread_cond_timedwait(&plain, &m, &past));
    printf(" %d\n", pthread_cond_timedwait(&mono, &m, &past));
    printf("odd %d", pthread_cond_timedwait(&plain, &m, &odd));
    printf(" %d\n", pthread_cond_clockwait(&plain, &m, CLOCK_MONOTONIC, &odd));
    printf("no such clock %d\n", pthread_cond_clockwait(&plain, &m, CLOCK_THREAD_CPUTIME_ID, &past));
    clock_gettime(CLOCK_MONOTONIC, &soon);
    soon.tv_nsec = (soon.tv_nsec + 2000000) % 1000000000;
    soon.tv_sec += soon.tv_nsec < 2000000;
    printf("soon %d\n", pthread_cond_timedwait(&mono, &m, &soon));
    printf("still mine: %d\n", pthread_mutex_unlock(&m));
    printf("destroy %d", pthread_cond_destroy(&plain));
    printf(" %d\n", pthread_cond_destroy(&mono));
    return 0;
}
