/* spinlock: a mutex without types and without a static initialiser. Whoever waits for it is blocked:
 * going round in its loop would change nothing.
 *
 * It announces the operations of a mutex (LOCK, TRYLOCK, UNLOCK), and they commute as those do: only an
 * unlock with a lock, and only while nobody tries.
 */
#include "engine/engine.h"

#include <errno.h>
#include <pthread.h>

static struct object *get(void *addr, uint64_t pc)
{
    struct object *l = object_peek(addr);
    if (!l || l->kind != OBJECT_SPINLOCK) {
        access_check(addr, sizeof(pthread_spinlock_t), true, pc);
        fail(.reason = REASON_NOT_INITIALISED, .object = addr, .pc = pc);
    }
    if (l->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return l;
}

int __wrap_pthread_spin_init(pthread_spinlock_t *lock, int shared);
int __wrap_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    (void)shared;
    ENTER(CALLER);
    void *addr = (void *)(uintptr_t)lock;
    access_range(addr, sizeof *lock, true, CALLER);
    const struct object *l = object_peek(addr);
    if (l && l->kind == OBJECT_SPINLOCK && l->owner != TRACE_NO_THREAD)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .pc = CALLER);
    object_renew(addr, OBJECT_SPINLOCK);
    *lock = 0;
    record(EVENT_MUTEX_INIT, addr, 0, CALLER);
    return 0;
}

int __wrap_pthread_spin_destroy(pthread_spinlock_t *lock);
int __wrap_pthread_spin_destroy(pthread_spinlock_t *lock)
{
    ENTER(CALLER);
    void *addr = (void *)(uintptr_t)lock;
    get(addr, CALLER);
    step(EVENT_MUTEX_DESTROY, addr, always);
    struct object *l = get(addr, CALLER);
    record(EVENT_MUTEX_DESTROY, addr, 0, CALLER);
    if (l->owner != TRACE_NO_THREAD)
        fail(.reason = REASON_DESTROY_HELD, .object = addr, .other = l->owner + 1, .pc = CALLER, .pc2 = l->owner_pc);
    l->destroyed = true;
    return 0;
}

int __wrap_pthread_spin_lock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_lock(pthread_spinlock_t *lock)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    void *addr = (void *)(uintptr_t)lock;
    struct object *l = get(addr, pc);
    if (l->owner == me()->tid)
        fail(.reason = REASON_DEADLOCK_SELF, .object = addr, .pc = pc, .pc2 = l->owner_pc);
    step(EVENT_LOCK, addr, mutex_free_for);
    mutex_take(get(addr, pc), pc);
    record(EVENT_LOCK, addr, 0, pc);
    return 0;
}

int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    void *addr = (void *)(uintptr_t)lock;
    get(addr, pc);
    engine.run.used_trylock = true;
    step(EVENT_TRYLOCK, addr, always);
    struct object *l = get(addr, pc);
    bool got = l->owner == TRACE_NO_THREAD;
    if (got) {
        mutex_take(l, pc);
        spin_effect(me());
    }
    record(EVENT_TRYLOCK, addr, got ? 0 : EBUSY, pc);
    return got ? 0 : EBUSY;
}

int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    void *addr = (void *)(uintptr_t)lock;
    struct object *l = get(addr, pc);
    if (l->owner != me()->tid)
        fail(.reason = l->owner == TRACE_NO_THREAD ? REASON_UNLOCK_FREE : REASON_UNLOCK_NOT_OWNER, .object = addr,
             .other = l->owner + 1, .pc = pc, .pc2 = l->owner_pc);
    step(EVENT_UNLOCK, addr, always);
    mutex_give(get(addr, pc));
    record(EVENT_UNLOCK, addr, 0, pc);
    return 0;
}
