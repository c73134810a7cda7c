// expect: race data_race
// The flag is a plain variable.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static int message;
static int ready;

static void *sender(void *arg)
{
    message = 7;
    atomic_thread_fence(memory_order_release);
    ready = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, sender, NULL);
    while (!ready)
        atomic_thread_fence(memory_order_seq_cst);
    atomic_thread_fence(memory_order_acquire);
    assert(message == 7);
    pthread_join(t, NULL);
    return 0;
}
