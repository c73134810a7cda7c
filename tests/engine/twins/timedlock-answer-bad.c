// expect: misuse unlock_not_owner; preemptions == 0
// What timedlock answered is not looked at.
#include <pthread.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int n;

static void *slow(void *arg)
{
    pthread_mutex_lock(&m);
    sleep(2);
    n++;
    pthread_mutex_unlock(&m);
    return arg;
}

static void *hurried(void *arg)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_timedlock(&m, &until);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, slow, NULL);
    pthread_create(&u, NULL, hurried, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return n >= 1 ? 0 : 1;
}
