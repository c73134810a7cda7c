// expect: wrong exit_status; preemptions == 0
// It repairs the data but does not say so: the lock is lost.
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t m;
static int half;

static void *dies(void *arg)
{
    pthread_mutex_lock(&m);
    half = 1;
    return arg;
}

static int use(void)
{
    int error = pthread_mutex_lock(&m);
    if (error == EOWNERDEAD) {
        half = 0;
    } else if (error) {
        return error;
    }
    int broken = half;
    pthread_mutex_unlock(&m);
    return broken;
}

int main(void)
{
    pthread_t t;
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&m, &attr);
    pthread_create(&t, NULL, dies, NULL);
    pthread_join(t, NULL);
    return use() || use();
}
