// expect: misuse join_twice; preemptions == 0
// Both join the same thread.
#include <pthread.h>
#include <stdatomic.h>

static pthread_t worker;
static atomic_int finished;

static void *work(void *arg)
{
    atomic_store(&finished, 1);
    return arg;
}

static void *watch(void *arg)
{
    pthread_join(worker, NULL);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&worker, NULL, work, NULL);
    pthread_create(&t, NULL, watch, NULL);
    pthread_join(t, NULL);
    pthread_join(worker, NULL);
    return 0;
}
