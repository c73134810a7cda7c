// expect: pass none; complete
// A flag raised with a fence and polled with fences.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static int message;
static atomic_int ready;

static void *sender(void *arg)
{
    message = 7;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ready, 1, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, sender, NULL);
    while (!atomic_load_explicit(&ready, memory_order_relaxed))
        atomic_thread_fence(memory_order_seq_cst);
    atomic_thread_fence(memory_order_acquire);
    assert(message == 7);
    pthread_join(t, NULL);
    return 0;
}
