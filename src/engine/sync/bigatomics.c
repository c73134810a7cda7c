/* bigatomics: atomics of any size, which compilers call by size: structs, 16 bytes on some machines.
 *
 * Like those of atomics.c each is one visible operation, sequentially consistent.
 */
#include "engine/sync/sync.h"

#include <fenv.h>
#include <string.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static struct object *begin(enum event_kind kind, void *a, size_t size, bool write, uint64_t pc)
{
    access_check(a, size, write, pc);
    step2(kind, a, NULL, size, always);
    access_check(a, size, write, pc);
    struct object *o = object_get(a, OBJECT_ATOMIC);
    hb_acquire(o->vc);
    race_note(a, size, write ? ACCESS_ATOMIC_WRITE : ACCESS_ATOMIC_READ, pc);
    struct trace_event *ev = record(kind, a, 0, pc);
    if (ev)
        ev->object.size = size;
    return o;
}

DECLARE(void, __wrap___atomic_load, size_t size, void *from, void *to, int order)
{
    (void)order;
    ENTER(CALLER);
    begin(EVENT_ATOMIC_LOAD, from, size, false, CALLER);
    spin_looked(me());
    memcpy(to, from, size);
}

DECLARE(void, __wrap___atomic_store, size_t size, void *to, void *from, int order)
{
    (void)order;
    ENTER(CALLER);
    struct object *o = begin(EVENT_ATOMIC_STORE, to, size, true, CALLER);
    memcpy(to, from, size);
    hb_release(o->vc);
}

static void swap_in(void *a, const void *from, void *old, size_t size)
{
    memcpy(old, a, size);
    memcpy(a, from, size);
}

DECLARE(void, __wrap___atomic_exchange, size_t size, void *a, void *from, void *old, int order)
{
    (void)order;
    ENTER(CALLER);
    struct object *o = begin(EVENT_ATOMIC_RMW, a, size, true, CALLER);
    swap_in(a, from, old, size);
    spin_effect(me());
    hb_release(o->vc);
}

DECLARE(bool, __wrap___atomic_compare_exchange, size_t size, void *a, void *expected, void *desired, int order, int failure)
{
    (void)order, (void)failure;
    ENTER(CALLER);
    struct object *o = begin(EVENT_ATOMIC_RMW, a, size, true, CALLER);
    if (memcmp(a, expected, size) != 0) {
        if (stack_owner(expected) != me()->tid)
            spin_effect(me());
        memcpy(expected, a, size);
        spin_looked(me());
        return false;
    }
    memcpy(a, desired, size);
    spin_effect(me());
    hb_release(o->vc);
    return true;
}

DECLARE(bool, __wrap___atomic_is_lock_free, size_t size, void *a) { (void)a; return size && size <= 8 && !(size & (size - 1)); }
/* An atomic operation on a floating number tells what the arithmetic met. */
DECLARE(void, __wrap___atomic_feraiseexcept, int what) { feraiseexcept(what); }
