// expect: pass none; complete
// Beats every second until it is told to stop; the time-out is how it beats.
#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c;
static int stop, beats;

static void *beat(void *arg)
{
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    pthread_mutex_lock(&m);
    while (!stop && beats < 2) {
        next.tv_sec++;
        int error = 0;
        while (!stop && error != ETIMEDOUT)
            error = pthread_cond_timedwait(&c, &m, &next);
        if (!stop)
            beats++;
    }
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&c, &attr);
    pthread_create(&t, NULL, beat, NULL);
    struct timespec span = {2, 500000000};
    nanosleep(&span, NULL);
    pthread_mutex_lock(&m);
    stop = 1;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    pthread_cond_destroy(&c);
    return beats > 2;
}
