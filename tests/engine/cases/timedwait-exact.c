// expect: pass none; complete
// Time-outs come never before the deadline, on either clock; a wait may also end without one.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static struct timespec after(clockid_t clock, int seconds)
{
    struct timespec t;
    clock_gettime(clock, &t);
    t.tv_sec += seconds;
    return t;
}

static int late(clockid_t clock, const struct timespec *t)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec > t->tv_sec || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

static int in_time(int error, clockid_t clock, const struct timespec *t)
{
    return error == 0 || (error == ETIMEDOUT && late(clock, t));
}

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t real = PTHREAD_COND_INITIALIZER, mono;
static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

static void *holder(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_rwlock_rdlock(&l);
    sem_post(arg);
    struct timespec span = {3, 0};
    nanosleep(&span, NULL);
    pthread_rwlock_unlock(&l);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_t s;
    pthread_condattr_t attr;
    struct timespec until;
    sem_init(&s, 0, 0);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&mono, &attr);
    until = after(CLOCK_REALTIME, 2);
    assert(sem_timedwait(&s, &until) == -1 && errno == ETIMEDOUT && late(CLOCK_REALTIME, &until));
    until = after(CLOCK_MONOTONIC, 2);
    assert(sem_clockwait(&s, CLOCK_MONOTONIC, &until) == -1 && errno == ETIMEDOUT && late(CLOCK_MONOTONIC, &until));
    pthread_mutex_lock(&m);
    until = after(CLOCK_REALTIME, 1);
    assert(in_time(pthread_cond_timedwait(&real, &m, &until), CLOCK_REALTIME, &until));
    until = after(CLOCK_MONOTONIC, 1);
    assert(in_time(pthread_cond_timedwait(&mono, &m, &until), CLOCK_MONOTONIC, &until));
    until = after(CLOCK_MONOTONIC, 1);
    assert(in_time(pthread_cond_clockwait(&real, &m, CLOCK_MONOTONIC, &until), CLOCK_MONOTONIC, &until));
    pthread_mutex_unlock(&m);
    pthread_create(&t, NULL, holder, &s);
    sem_wait(&s);
    until = after(CLOCK_REALTIME, 1);
    int got = pthread_mutex_timedlock(&m, &until);
    assert(in_time(got, CLOCK_REALTIME, &until));
    if (got == 0)
        pthread_mutex_unlock(&m);
    until = after(CLOCK_MONOTONIC, 1);
    got = pthread_rwlock_clockwrlock(&l, CLOCK_MONOTONIC, &until);
    assert(in_time(got, CLOCK_MONOTONIC, &until));
    if (got == 0)
        pthread_rwlock_unlock(&l);
    pthread_join(t, NULL);
    return 0;
}
