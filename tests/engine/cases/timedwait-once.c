// expect: pass none; complete
// Waits in a loop, with a time-out, and looks again whatever the wait says.
#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int ready;

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct timespec until;
    int bad = 0, error = 0;
    pthread_create(&t, NULL, work, NULL);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_lock(&m);
    while (!ready && error != ETIMEDOUT)
        error = pthread_cond_timedwait(&c, &m, &until);
    if (!ready && error != ETIMEDOUT)
        bad = 1;
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return bad;
}
