// expect: race data_race; preemptions <= 1
// Two flags in one byte: writing one bit rewrites its neighbour.
#include <assert.h>
#include <pthread.h>

static struct {
    unsigned char ready : 1, failed : 1;
} state;

static void *set_ready(void *arg)
{
    state.ready = 1;
    return arg;
}

static void *set_failed(void *arg)
{
    state.failed = 1;
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, set_ready, NULL);
    pthread_create(&b, NULL, set_failed, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(state.ready && state.failed);
    return 0;
}
