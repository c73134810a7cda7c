// expect: wrong assert
// Two waiters with different wishes on one condition variable, and a signal that may wake the
// wrong one first.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int waiting, order, first;

static void *waiter(void *arg)
{
    int me = (int)(long)arg;
    pthread_mutex_lock(&m);
    int before = waiting++;
    while (order == 0)
        pthread_cond_wait(&c, &m);
    if (!first)
        first = me;
    if (before == 0 && waiting == 2)
        assert(first == me);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, waiter, (void *)1L);
    pthread_create(&b, NULL, waiter, (void *)2L);
    pthread_mutex_lock(&m);
    order = 1;
    pthread_cond_signal(&c);
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
