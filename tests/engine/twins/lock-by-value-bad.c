// expect: race data_race; preemptions <= 1
// A copy of a lock is another lock.
#include <pthread.h>

struct counter {
    pthread_mutex_t lock;
    int *n;
};
static int n;
static struct counter shared = {PTHREAD_MUTEX_INITIALIZER, &n};

static void *add(void *arg)
{
    struct counter mine = shared, *c = &mine;
    pthread_mutex_lock(&c->lock);
    ++*c->n;
    pthread_mutex_unlock(&c->lock);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, add, NULL);
    pthread_create(&u, NULL, add, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return n == 2 ? 0 : 1;
}
