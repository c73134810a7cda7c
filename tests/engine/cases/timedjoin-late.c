// expect: pass none; complete
// It joins in time or, after a time-out, for certain.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

static void *work(void *arg)
{
    sleep(2);
    return arg;
}

int main(void)
{
    pthread_t t;
    void *result = NULL;
    struct timespec when;
    int x;
    pthread_create(&t, NULL, work, &x);
    clock_gettime(CLOCK_REALTIME, &when);
    when.tv_sec += 1;
    if (pthread_timedjoin_np(t, &result, &when) == ETIMEDOUT)
        pthread_join(t, &result);
    return result == &x ? 0 : 1;
}
