// expect: deadlock deadlock_held; preemptions == 0
// The inner call returns without unlocking.
#define _GNU_SOURCE
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int n;

static void add(int times)
{
    pthread_mutex_lock(&m);
    n++;
    if (times > 1) {
        add(times - 1);
        return;
    }
    pthread_mutex_unlock(&m);
}

static void *work(void *arg)
{
    add(2);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, work, NULL);
    pthread_create(&u, NULL, work, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return n == 4 ? 0 : 1;
}
