// A wait without anything to look at: a signal that comes first is lost.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told = PTHREAD_COND_INITIALIZER;
static int ready;

static void *wait_for_it(void *arg)
{
    pthread_mutex_lock(&m);
#ifdef FIXED
    while (!ready)
#endif
        pthread_cond_wait(&told, &m);
    pthread_mutex_unlock(&m);
    return arg;
}

static void *tell(void *arg)
{
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_signal(&told);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, wait_for_it, NULL);
    pthread_create(&b, NULL, tell, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return !ready;
}
