// expect: pass none; complete
// What the calls answer.
#include <assert.h>
#include <errno.h>
#include <pthread.h>

static pthread_rwlock_t l;

static void *other(void *arg)
{
    int both = pthread_rwlock_tryrdlock(&l);
    if (both == 0)
        pthread_rwlock_unlock(&l);
    return (void *)(long)(both * 1000 + pthread_rwlock_trywrlock(&l));
}

static long ask(void)
{
    pthread_t t;
    void *r;
    pthread_create(&t, NULL, other, NULL);
    pthread_join(t, &r);
    return (long)r;
}

int main(void)
{
    pthread_rwlockattr_t attr;
    int kind;
    assert(pthread_rwlockattr_init(&attr) == 0);
    assert(pthread_rwlockattr_setkind_np(&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) == 0);
    assert(pthread_rwlockattr_getkind_np(&attr, &kind) == 0 && kind == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    assert(pthread_rwlockattr_setpshared(&attr, 7) == EINVAL);
    assert(pthread_rwlock_init(&l, &attr) == 0 && pthread_rwlockattr_destroy(&attr) == 0);
    assert(pthread_rwlock_rdlock(&l) == 0 && pthread_rwlock_rdlock(&l) == 0);
    assert(ask() == EBUSY);
    assert(pthread_rwlock_unlock(&l) == 0);
    assert(ask() == EBUSY);
    assert(pthread_rwlock_unlock(&l) == 0);
    assert(pthread_rwlock_wrlock(&l) == 0);
    assert(ask() == EBUSY * 1001);
    assert(pthread_rwlock_unlock(&l) == 0 && pthread_rwlock_destroy(&l) == 0);
    return 0;
}
