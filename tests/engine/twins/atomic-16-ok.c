// expect: pass none; complete
// Each thread sets its bit in 16 bits, in one operation.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static _Atomic(uint16_t) bits;

static void *set_low(void *arg)
{
    atomic_fetch_or_explicit(&bits, 1, memory_order_relaxed);
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
