/* atomics: C11 and GCC atomics, sequentially consistent whatever order is asked for.
 *
 * Each is one visible operation. Reading acquires and writing releases the location's clock,
 * so atomics order the plain accesses around them and never race with each other.
 */
#include "engine/engine.h"

#include <stdint.h>
#include <string.h>

static struct object *atomic_step(enum event_kind kind, volatile void *addr, unsigned size, bool write, uint64_t pc)
{
    void *a = (void *)(uintptr_t)addr;
    access_check(a, size, write, pc);
    step2(kind, a, NULL, size, always);
    access_check(a, size, write, pc);
    return object_get(a, OBJECT_ATOMIC);
}

static void atomic_note(enum event_kind kind, volatile void *addr, uint64_t value, uint64_t before, unsigned size,
                        uint64_t pc)
{
    struct trace_event *ev = record(kind, (void *)(uintptr_t)addr, value, pc);
    if (!ev)
        return;
    ev->before = before;
    ev->has_value = true;
    ev->object.size = size;
}

/* A failed exchange tells what it found. On the own stack, which is compared as a whole, that is no effect. */
static void told(const void *expected, const void *want, const void *was, size_t size)
{
    if ((uintptr_t)expected - (uintptr_t)me()->stack >= STACK_SIZE && memcmp(want, was, size) != 0)
        spin_effect(me());
}

/* An argument that is used when the operation is chosen. */
static void uses(const void *value, size_t size)
{
    uint64_t words[2] = {0, 0};
    memcpy(words, value, size);
    op_with(words[0]);
    if (size > sizeof *words)
        op_with(words[1]);
}

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

#define ATOMIC_LOAD_STORE(bits, T)                                                                 \
    DECLARE(T, __tsan_atomic##bits##_load, const volatile T *a, int mo)                            \
    {                                                                                              \
        (void)mo;                                                                                  \
        ENTER(CALLER);                                                                             \
        struct object *o = atomic_step(EVENT_ATOMIC_LOAD, (volatile void *)(uintptr_t)a, sizeof(T), false, CALLER); \
        hb_acquire(o->vc);                                                                         \
        race_note((void *)(uintptr_t)a, sizeof(T), ACCESS_ATOMIC_READ, CALLER);                    \
        spin_looked(me());                                                                         \
        T v = *a;                                                                                  \
        atomic_note(EVENT_ATOMIC_LOAD, (volatile void *)(uintptr_t)a, (uint64_t)v, 0, sizeof(T), CALLER); \
        return v;                                                                                  \
    }                                                                                              \
    DECLARE(void, __tsan_atomic##bits##_store, volatile T *a, T v, int mo)                         \
    {                                                                                              \
        (void)mo;                                                                                  \
        ENTER(CALLER);                                                                             \
        uses(&v, sizeof v);                                                                        \
        struct object *o = atomic_step(EVENT_ATOMIC_STORE, a, sizeof(T), true, CALLER);            \
        T before = *a;                                                                             \
        hb_acquire(o->vc);                                                                         \
        race_note((void *)(uintptr_t)a, sizeof(T), ACCESS_ATOMIC_WRITE, CALLER);                   \
        *a = v;                                                                                    \
        hb_release(o->vc);                                                                         \
        atomic_note(EVENT_ATOMIC_STORE, a, (uint64_t)v, (uint64_t)before, sizeof(T), CALLER);      \
    }

#define ATOMIC_RMW(bits, T, name, expr)                                                            \
    DECLARE(T, __tsan_atomic##bits##_##name, volatile T *a, T v, int mo)                           \
    {                                                                                              \
        (void)mo;                                                                                  \
        ENTER(CALLER);                                                                             \
        uses(&v, sizeof v);                                                                        \
        struct object *o = atomic_step(EVENT_ATOMIC_RMW, a, sizeof(T), true, CALLER);              \
        T before = *a;                                                                             \
        hb_acquire(o->vc);                                                                         \
        race_note((void *)(uintptr_t)a, sizeof(T), ACCESS_ATOMIC_WRITE, CALLER);                   \
        *a = (T)(expr);                                                                            \
        *a == before ? spin_looked(me()) : spin_effect(me());                                      \
        hb_release(o->vc);                                                                         \
        atomic_note(EVENT_ATOMIC_RMW, a, (uint64_t)*a, (uint64_t)before, sizeof(T), CALLER);       \
        return before;                                                                             \
    }

#define ATOMIC_CAS(bits, T)                                                                        \
    static T cas##bits(volatile T *a, T expected, T desired, uint64_t pc)                          \
    {                                                                                              \
        uses(&expected, sizeof expected);                                                          \
        uses(&desired, sizeof desired);                                                            \
        me()->expects = &expected;                                                                 \
        struct object *o = atomic_step(EVENT_ATOMIC_RMW, a, sizeof(T), true, pc);                  \
        me()->expects = NULL;                                                                      \
        T before = *a;                                                                             \
        hb_acquire(o->vc);                                                                         \
        race_note((void *)(uintptr_t)a, sizeof(T), before == expected ? ACCESS_ATOMIC_WRITE : ACCESS_ATOMIC_READ, pc); \
        before == expected ? spin_effect(me()) : spin_looked(me());                                \
        if (before == expected) {                                                                  \
            *a = desired;                                                                          \
            hb_release(o->vc);                                                                     \
        }                                                                                          \
        atomic_note(EVENT_ATOMIC_RMW, a, (uint64_t)*a, (uint64_t)before, sizeof(T), pc);           \
        return before;                                                                             \
    }                                                                                              \
    DECLARE(T, __tsan_atomic##bits##_compare_exchange_val, volatile T *a, T expected, T desired,   \
            int mo, int fail_mo)                                                                   \
    {                                                                                              \
        (void)mo;                                                                                  \
        (void)fail_mo;                                                                             \
        ENTER(CALLER);                                                                             \
        return cas##bits(a, expected, desired, CALLER);                                            \
    }                                                                                              \
    DECLARE(int, __tsan_atomic##bits##_compare_exchange_strong, volatile T *a, T *expected,        \
            T desired, int mo, int fail_mo)                                                        \
    {                                                                                              \
        (void)mo;                                                                                  \
        (void)fail_mo;                                                                             \
        ENTER(CALLER);                                                                             \
        op_with((uintptr_t)expected);                                                              \
        T want = *expected, was = cas##bits(a, want, desired, CALLER);                             \
        told(expected, &want, &was, sizeof(T));                                                    \
        *expected = was;                                                                           \
        return was == want;                                                                        \
    }                                                                                              \
    DECLARE(int, __tsan_atomic##bits##_compare_exchange_weak, volatile T *a, T *expected,          \
            T desired, int mo, int fail_mo)                                                        \
    {                                                                                              \
        (void)mo;                                                                                  \
        (void)fail_mo;                                                                             \
        ENTER(CALLER);                                                                             \
        op_with((uintptr_t)expected);                                                              \
        T want = *expected, was = cas##bits(a, want, desired, CALLER);                             \
        told(expected, &want, &was, sizeof(T));                                                    \
        *expected = was;                                                                           \
        return was == want;                                                                        \
    }

#define ATOMICS(bits, T)                                                                           \
    ATOMIC_LOAD_STORE(bits, T)                                                                     \
    ATOMIC_RMW(bits, T, exchange, v)                                                               \
    ATOMIC_RMW(bits, T, fetch_add, before + v)                                                     \
    ATOMIC_RMW(bits, T, fetch_sub, before - v)                                                     \
    ATOMIC_RMW(bits, T, fetch_and, before & v)                                                     \
    ATOMIC_RMW(bits, T, fetch_or, before | v)                                                      \
    ATOMIC_RMW(bits, T, fetch_xor, before ^ v)                                                     \
    ATOMIC_RMW(bits, T, fetch_nand, ~(before & v))                                                 \
    ATOMIC_CAS(bits, T)

ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)
__extension__ typedef unsigned __int128 u128;
ATOMICS(128, u128)

DECLARE(void, __tsan_atomic_thread_fence, int mo)
{
    (void)mo;
    ENTER(CALLER);
    step(EVENT_FENCE, NULL, always);
    record(EVENT_FENCE, NULL, 0, CALLER);
}
DECLARE(void, __tsan_atomic_signal_fence, int mo) { (void)mo; }
