// expect: pass none; complete
// A deadline long passed makes a poll of the wait: it gives the mutex away each time, and that is enough.
#include <pthread.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int ready;

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct timespec length = {1, 0};
    pthread_create(&t, NULL, work, NULL);
    pthread_mutex_lock(&m);
    while (!ready)
        pthread_cond_timedwait(&c, &m, &length);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return 0;
}
