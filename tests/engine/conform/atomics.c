// Atomics of each size, by each name.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#define EACH(type, name)                                                                                         \
    static void name(void)                                                                                       \
    {                                                                                                            \
        static _Atomic(type) a;                                                                                  \
        type e = 9, plain = 5;                                                                                   \
        atomic_init(&a, 200);                                                                                    \
        long long v[] = {atomic_fetch_add(&a, 100), atomic_fetch_sub_explicit(&a, 3, memory_order_relaxed), atomic_fetch_or(&a, 64), \
                         atomic_fetch_and_explicit(&a, 0x5f, memory_order_release), atomic_fetch_xor(&a, 0xf), atomic_load_explicit(&a, memory_order_acquire)}; \
        printf("%s:", #name);                                                                                    \
        for (int i = 0; i < 6; i++)                                                                              \
            printf(" %lld", v[i]);                                                                               \
        printf(" cas %d", atomic_compare_exchange_strong(&a, &e, 1));                                            \
        printf(" found %lld cas %d", (long long)e, atomic_compare_exchange_strong_explicit(&a, &e, 2, memory_order_acq_rel, memory_order_relaxed)); \
        atomic_store_explicit(&a, 7, memory_order_release);                                                      \
        printf(" %lld", (long long)atomic_exchange(&a, 8));                                                      \
        a++, --a, a += 3, a *= 2, a ^= 1;                                                                        \
        printf(" %lld", (long long)a);                                                                           \
        printf(" %lld %lld %lld", (long long)__atomic_add_fetch(&plain, 4, __ATOMIC_SEQ_CST), (long long)__atomic_fetch_nand(&plain, 3, __ATOMIC_RELAXED), \
               (long long)__sync_fetch_and_sub(&plain, 1));                                                      \
        printf(" %d %lld %lld", __sync_bool_compare_and_swap(&plain, plain, 40), (long long)__sync_val_compare_and_swap(&plain, 1, 2), \
               (long long)__sync_lock_test_and_set(&plain, 6));                                                  \
        __sync_lock_release(&plain);                                                                             \
        printf(" %lld\n", (long long)__atomic_load_n(&plain, __ATOMIC_CONSUME));                                 \
    }
EACH(uint8_t, u8)
EACH(int8_t, s8)
EACH(uint16_t, u16)
EACH(int16_t, s16)
EACH(uint32_t, u32)
EACH(int, s32)
EACH(uint64_t, u64)
EACH(long long, s64)

static _Atomic double d;
static _Atomic(char *) p;
static atomic_flag flag = ATOMIC_FLAG_INIT;
struct three { long a, b, c; };
static _Atomic struct three big;

int main(void)
{
    static char text[] = "pointer";
    u8(), s8(), u16(), s16(), u32(), s32(), u64(), s64();
    d += 1.5;
    d *= 2;
    p = text;
    printf("%g %s %s\n", (double)d, p + 3, atomic_fetch_add(&p, 1) + 1);
    printf("flag %d %d", atomic_flag_test_and_set(&flag), atomic_flag_test_and_set_explicit(&flag, memory_order_acquire));
    atomic_flag_clear_explicit(&flag, memory_order_release);
    printf(" %d\n", atomic_flag_test_and_set(&flag));
    atomic_thread_fence(memory_order_seq_cst);
    atomic_signal_fence(memory_order_acquire);
    __sync_synchronize();
    struct three v = {1, 2, 3}, w = {4, 5, 6};
    atomic_store(&big, v);
    v = atomic_exchange(&big, w);
    printf("%ld %ld cas %d", v.a, v.c, atomic_compare_exchange_strong(&big, &v, v));
    printf(" found %ld cas %d\n", v.b, atomic_compare_exchange_strong(&big, &v, w));
    printf("%ld\n", atomic_load(&big).c);
    return 0;
}
