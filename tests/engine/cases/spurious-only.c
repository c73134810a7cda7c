// expect: wrong assert
// `if` is enough for every signal here, and still wrong: a wait may return without one.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int done;

static void *waiter(void *arg)
{
    pthread_mutex_lock(&m);
    if (!done)
        pthread_cond_wait(&ready, &m);
    assert(done);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, waiter, NULL);
    pthread_mutex_lock(&m);
    done = 1;
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return 0;
}
