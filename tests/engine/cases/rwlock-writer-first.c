// expect: pass; complete
// A lock that lets writers go first: as long as a writer waits nobody else comes in to read, also not by trying. A
// writer that gives up lets them in again.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_rwlock_t lock;
static int written;

static void *writer(void *arg)
{
    pthread_rwlock_wrlock(&lock);
    written++;
    pthread_rwlock_unlock(&lock);
    return arg;
}

static void *impatient(void *arg)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec++;
    int error = pthread_rwlock_timedwrlock(&lock, &t);
    assert(error == 0 || error == ETIMEDOUT);
    if (!error)
        pthread_rwlock_unlock(&lock);
    return arg;
}

static void *reader(void *arg)
{
    pthread_rwlock_rdlock(&lock);
    assert(written == 0 || written == 1);
    if (pthread_rwlock_tryrdlock(&lock) == 0)
        pthread_rwlock_unlock(&lock);
    pthread_rwlock_unlock(&lock);
    return arg;
}

int main(void)
{
    void *(*roles[])(void *) = {writer, impatient, reader};
    pthread_t t[3];
    pthread_rwlockattr_t a;
    pthread_rwlockattr_init(&a);
    pthread_rwlockattr_setkind_np(&a, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&lock, &a);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, roles[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    assert(written == 1);
    pthread_rwlock_destroy(&lock);
    return 0;
}
