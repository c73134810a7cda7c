// expect: pass none; complete
// A waiter that is cancelled has the mutex in its handler, wherever it was cancelled.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int cleaned, ready;

static void clean(void *arg)
{
    cleaned++;
    pthread_mutex_unlock(arg);
}

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_cleanup_push(clean, &m);
    while (!ready)
        pthread_cond_wait(&c, &m);
    pthread_cleanup_pop(1);
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    pthread_create(&t, NULL, work, NULL);
    pthread_cancel(t);
    pthread_join(t, &r);
    return r != PTHREAD_CANCELED || cleaned != 1;
}
