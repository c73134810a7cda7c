// expect: pass none; complete
// Whoever does not get the lock in time does without.
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
    if (pthread_mutex_timedlock(&m, &until) == 0) {
        n++;
        pthread_mutex_unlock(&m);
    }
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
