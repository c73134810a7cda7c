// expect: pass none; complete
// What the calls answer when there is nothing to wait for, or no such time.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER, r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
    sem_t s;
    struct timespec past = {0, 0}, odd = {0, 1000000000};
    sem_init(&s, 0, 1);
    assert(sem_timedwait(&s, &past) == 0);
    assert(sem_timedwait(&s, &past) == -1 && errno == ETIMEDOUT);
    assert(sem_timedwait(&s, &odd) == -1 && errno == EINVAL);
    assert(pthread_mutex_timedlock(&m, &odd) == 0);
    assert(pthread_mutex_timedlock(&m, &odd) == EINVAL);
    assert(pthread_mutex_timedlock(&m, &past) == ETIMEDOUT);
    assert(pthread_cond_timedwait(&c, &m, &past) == ETIMEDOUT);
    assert(pthread_cond_timedwait(&c, &m, &odd) == EINVAL);
    assert(pthread_cond_clockwait(&c, &m, CLOCK_PROCESS_CPUTIME_ID, &past) == EINVAL);
    assert(pthread_mutex_unlock(&m) == 0);
    assert(pthread_mutex_timedlock(&r, &past) == 0 && pthread_mutex_timedlock(&r, &past) == 0);
    assert(pthread_mutex_unlock(&r) == 0 && pthread_mutex_unlock(&r) == 0);
    assert(pthread_rwlock_timedrdlock(&l, &past) == 0);
    assert(pthread_rwlock_timedrdlock(&l, &past) == 0);
    assert(pthread_rwlock_timedwrlock(&l, &past) == ETIMEDOUT);
    pthread_rwlock_unlock(&l);
    pthread_rwlock_unlock(&l);
    return 0;
}
