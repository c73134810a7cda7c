// expect: pass none; complete
// A time-out on the clock that the condition variable was made for.
#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c;
static int ready;

static void *prepare(void *arg)
{
    sleep(1);
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_condattr_t attr;
    struct timespec until;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&c, &attr);
    pthread_create(&t, NULL, prepare, NULL);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 3;
    pthread_mutex_lock(&m);
    int error = 0;
    while (!ready && error == 0)
        error = pthread_cond_timedwait(&c, &m, &until);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int early = !ready && now.tv_sec < until.tv_sec;
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return early;
}
