// expect: race data_race
// The index is published before the item is in its place.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#define SIZE 2

static int ring[SIZE];
static atomic_uint head, tail;

static void *producer(void *arg)
{
    for (int i = 1; i <= 3; i++) {
        unsigned t = atomic_load_explicit(&tail, memory_order_relaxed);
        while (t - atomic_load_explicit(&head, memory_order_acquire) == SIZE)
            ;
        atomic_store_explicit(&tail, t + 1, memory_order_release);
        ring[t % SIZE] = i;
    }
    return arg;
}

static void *consumer(void *arg)
{
    for (int i = 1; i <= 3; i++) {
        unsigned h = atomic_load_explicit(&head, memory_order_relaxed);
        while (atomic_load_explicit(&tail, memory_order_acquire) == h)
            ;
        assert(ring[h % SIZE] == i);
        atomic_store_explicit(&head, h + 1, memory_order_release);
    }
    return arg;
}

int main(void)
{
    pthread_t p, c;
    pthread_create(&p, NULL, producer, NULL);
    pthread_create(&c, NULL, consumer, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}
