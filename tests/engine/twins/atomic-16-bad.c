// expect: wrong exit_status; preemptions == 1
// Loading and storing are two operations: a bit is lost.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static _Atomic(uint16_t) bits;

static void *set_low(void *arg)
{
    uint16_t now = atomic_load(&bits);
    atomic_store(&bits, now | 1);
    return arg;
}

static void *set_high(void *arg)
{
    atomic_fetch_or_explicit(&bits, (uint16_t)1 << 15, memory_order_acq_rel);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, set_low, NULL);
    pthread_create(&u, NULL, set_high, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return bits == (((uint16_t)1 << 15) | 1) ? 0 : 1;
}
