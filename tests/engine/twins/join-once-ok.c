// expect: pass none; complete
// One joins, the other only looks at a flag.
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
    return atomic_load(&finished) ? arg : NULL;
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
