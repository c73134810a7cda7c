// expect: pass none; complete
// A waiting thread is cancelled; its handler gives the mutex back.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int free_again;

static void give_back(void *arg) { pthread_mutex_unlock(arg); }

static void *wait_for_it(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_cleanup_push(give_back, &m);
    for (;;)
        pthread_cond_wait(&never, &m);
    pthread_cleanup_pop(1);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, wait_for_it, NULL);
    pthread_cancel(t);
    pthread_join(t, NULL);
    pthread_mutex_lock(&m);
    free_again = 1;
    pthread_mutex_unlock(&m);
    return free_again - 1;
}
