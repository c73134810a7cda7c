// expect: wrong assert; preemptions <= 1
// Two consumers, one item at a time, `if` around the wait: a woken consumer finds the shelf
// emptied by the other.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static int items;

static void *take(void *arg)
{
    pthread_mutex_lock(&m);
    if (items == 0)
        pthread_cond_wait(&some, &m);
    items--;
    assert(items >= 0);
    pthread_mutex_unlock(&m);
    return arg;
}

static void *put(void *arg)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&m);
        items++;
        pthread_cond_signal(&some);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t c, d, p;
    pthread_create(&p, NULL, put, NULL);
    pthread_create(&c, NULL, take, NULL);
    pthread_create(&d, NULL, take, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    pthread_join(d, NULL);
    return 0;
}
