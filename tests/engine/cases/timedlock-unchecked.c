// expect: misuse unlock_not_owner
// The lock may not have been got in time; unlocking it all the same is wrong.
#include <pthread.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    sleep(2);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct timespec until;
    pthread_create(&t, NULL, work, NULL);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_timedlock(&m, &until);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return 0;
}
