/* rwlock: one writer, or any number of readers.
 *
 * Which waiting thread goes next is the schedule's choice, so both readers-first and writers-first
 * locks are explored. A thread that asks for a lock it holds already, other than reading again, waits
 * for itself. Where writers are asked to come first (PREFER_WRITER_NONRECURSIVE; the other two kinds are one, as in
 * glibc), that a writer begins to wait is a step of its own, a try in vain, and no reader enters until it has been in.
 *
 * Which operations of one lock commute: rdlock and tryrdlock with each other; unlock with
 * rdlock and wrlock (they are never both enabled, or nothing tells their order), but not with try calls:
 * settings.unlock_points says whether there are any. Nothing else does. Readers learn only from writers
 * (vc), writers from both (vc and readers_vc), so two readers stay unordered.
 */
#include "engine/engine.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

static struct object *get(pthread_rwlock_t *addr, uint64_t pc)
{
    static const pthread_rwlock_t fresh = PTHREAD_RWLOCK_INITIALIZER;
    static const pthread_rwlock_t writers = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
    struct object *l = object_peek(addr);
    if (!l || l->kind != OBJECT_RWLOCK) {
        access_check(addr, sizeof *addr, true, pc);
        if (memcmp(addr, &fresh, sizeof fresh) != 0 && memcmp(addr, &writers, sizeof writers) != 0)
            fail(.reason = REASON_NOT_INITIALISED, .object = addr, .pc = pc);
        l = object_get(addr, OBJECT_RWLOCK);
        l->type = memcmp(addr, &fresh, sizeof fresh) ? PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP : PTHREAD_RWLOCK_PREFER_READER_NP;
    }
    if (l->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return l;
}

/* ---- who is in ------------------------------------------------------------------- */

static int reading(const struct object *l, int tid)
{
    for (int i = 0; i < l->waiter_count; i++)
        if (l->waiters[i] == tid)
            return i;
    return -1;
}

static bool writers_first(const struct object *l) { return l->type == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP; }

/* l->count: writers that wait, where that matters. */
bool rwlock_lets_read(const struct object *l) { return l->owner == TRACE_NO_THREAD && !(writers_first(l) && l->count); }

static bool may_read(const struct thread *t)
{
    const struct object *l = object_peek(t->op.object);
    return !l || l->destroyed || rwlock_lets_read(l);
}

static bool may_write(const struct thread *t)
{
    const struct object *l = object_peek(t->op.object);
    return !l || l->destroyed || object_holder(l, NULL) == TRACE_NO_THREAD;
}

static void enter_reader(struct object *l, uint64_t pc)
{
    l->waiters[l->waiter_count++] = me()->tid;
    hb_acquire(l->vc);
    held_add(l->addr, pc);
}

static void enter_writer(struct object *l, uint64_t pc)
{
    l->owner = me()->tid;
    l->owner_pc = pc;
    hb_acquire(l->vc);
    hb_acquire(l->readers_vc);
    held_add(l->addr, pc);
}

/* Where writers come first: in at once (true), or waiting from now on. Elsewhere it waits without a step. */
static bool enter_or_queue(pthread_rwlock_t *addr, uint64_t pc)
{
    if (!writers_first(get(addr, pc)))
        return false;
    engine.run.used_trylock = true;
    step2(EVENT_TRYWRLOCK, addr, NULL, RWLOCK_QUEUES, always);
    struct object *l = get(addr, pc);
    bool in = object_holder(l, NULL) == TRACE_NO_THREAD;
    if (in)
        enter_writer(l, pc);
    l->count += !in;
    spin_effect(me());
    record(in ? EVENT_WRLOCK : EVENT_TRYWRLOCK, addr, in ? 0 : EBUSY, pc);
    return in;
}

static void leave(struct object *l)
{
    held_remove(l->addr);
    if (l->owner == me()->tid) {
        l->owner = TRACE_NO_THREAD;
        hb_release(l->vc);
        return;
    }
    l->waiters[reading(l, me()->tid)] = l->waiters[l->waiter_count - 1];
    l->waiter_count--;
    hb_release(l->readers_vc);
}

/* ---- the calls ------------------------------------------------------------------------ */

int __wrap_pthread_rwlock_init(pthread_rwlock_t *addr, const pthread_rwlockattr_t *attr);
int __wrap_pthread_rwlock_init(pthread_rwlock_t *addr, const pthread_rwlockattr_t *attr)
{
    ENTER(CALLER);
    access_range(addr, sizeof *addr, true, CALLER);
    if (attr)
        access_range(attr, sizeof *attr, false, CALLER);
    const struct object *l = object_peek(addr);
    if (l && l->kind == OBJECT_RWLOCK && object_holder(l, NULL) != TRACE_NO_THREAD)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .pc = CALLER);
    int kind = PTHREAD_RWLOCK_PREFER_READER_NP;
    if (attr)
        memcpy(&kind, attr, sizeof kind); /* see attr_set */
    object_renew(addr, OBJECT_RWLOCK)->type = kind;
    memset(addr, 0, sizeof *addr);
    record(EVENT_RWLOCK_INIT, addr, 0, CALLER);
    return 0;
}

int __wrap_pthread_rwlock_destroy(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_destroy(pthread_rwlock_t *addr)
{
    ENTER(CALLER);
    uint64_t since = 0;
    get(addr, CALLER);
    step(EVENT_RWLOCK_DESTROY, addr, always);
    struct object *l = get(addr, CALLER);
    record(EVENT_RWLOCK_DESTROY, addr, 0, CALLER);
    int holder = object_holder(l, &since);
    if (holder != TRACE_NO_THREAD)
        fail(.reason = REASON_DESTROY_HELD, .object = addr, .other = holder + 1, .pc = CALLER, .pc2 = since);
    l->destroyed = true;
    return 0;
}

static void refuse_own(const struct object *l, bool also_reading, uint64_t pc)
{
    if (l->owner == me()->tid || (also_reading && reading(l, me()->tid) >= 0))
        fail(.reason = REASON_DEADLOCK_SELF, .object = l->addr, .pc = pc, .pc2 = held_since(me(), l->addr));
}

int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    refuse_own(get(addr, pc), false, pc);
    step(EVENT_RDLOCK, addr, may_read);
    struct object *l = get(addr, pc);
    bool full = l->waiter_count == MAX_THREADS;
    if (!full)
        enter_reader(l, pc);
    record(EVENT_RDLOCK, addr, full ? EAGAIN : 0, pc);
    return full ? EAGAIN : 0;
}

int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    refuse_own(get(addr, pc), true, pc);
    if (enter_or_queue(addr, pc))
        return 0;
    step(EVENT_WRLOCK, addr, may_write);
    struct object *l = get(addr, pc);
    l->count -= writers_first(l);
    enter_writer(l, pc);
    record(EVENT_WRLOCK, addr, 0, pc);
    return 0;
}

static bool may_read_or_late(const struct thread *t) { return may_read(t) || deadline_passed(t); }
static bool may_write_or_late(const struct thread *t) { return may_write(t) || deadline_passed(t); }

static int timed(pthread_rwlock_t *addr, bool write, clockid_t clock, const struct timespec *when, uint64_t pc)
{
    int64_t deadline = NEVER;
    const struct object *free = get(addr, pc);
    if (free->owner == me()->tid)
        return EDEADLK;
    int error = time_deadline(clock, when, pc, &deadline);
    if (error && (free->owner != TRACE_NO_THREAD || (write && free->waiter_count)))
        return error;
    engine.run.used_trylock = true;
    if (write && enter_or_queue(addr, pc))
        return 0;
    step_until(write ? EVENT_WRLOCK : EVENT_RDLOCK, addr, deadline, write ? may_write_or_late : may_read_or_late);
    struct object *l = get(addr, pc);
    bool got = write ? object_holder(l, NULL) == TRACE_NO_THREAD : rwlock_lets_read(l) && l->waiter_count < MAX_THREADS;
    l->count -= write && writers_first(l);
    if (got && write)
        enter_writer(l, pc);
    else if (got)
        enter_reader(l, pc);
    if (got)
        spin_effect(me());
    record(!got ? EVENT_TIMEOUT : write ? EVENT_WRLOCK : EVENT_RDLOCK, addr, 0, pc);
    return got ? 0 : ETIMEDOUT;
}

#define TIMED(name, write, clock, ...)                                                             \
    int __wrap_pthread_rwlock_##name(pthread_rwlock_t *addr, __VA_ARGS__);                         \
    int __wrap_pthread_rwlock_##name(pthread_rwlock_t *addr, __VA_ARGS__)                          \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        return timed(addr, write, clock, when, CALLER);                                            \
    }
TIMED(timedrdlock, false, CLOCK_REALTIME, const struct timespec *when)
TIMED(timedwrlock, true, CLOCK_REALTIME, const struct timespec *when)
TIMED(clockrdlock, false, clock, clockid_t clock, const struct timespec *when)
TIMED(clockwrlock, true, clock, clockid_t clock, const struct timespec *when)

int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    engine.run.used_trylock = true;
    step(EVENT_TRYRDLOCK, addr, always);
    struct object *l = get(addr, pc);
    int error = !rwlock_lets_read(l) ? EBUSY : l->waiter_count == MAX_THREADS ? EAGAIN : 0;
    if (!error) {
        enter_reader(l, pc);
        spin_effect(me());
    }
    record(EVENT_TRYRDLOCK, addr, (uint64_t)error, pc);
    return error;
}

int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    engine.run.used_trylock = true;
    step(EVENT_TRYWRLOCK, addr, always);
    struct object *l = get(addr, pc);
    bool got = object_holder(l, NULL) == TRACE_NO_THREAD;
    if (got) {
        enter_writer(l, pc);
        spin_effect(me());
    }
    record(EVENT_TRYWRLOCK, addr, got ? 0 : EBUSY, pc);
    return got ? 0 : EBUSY;
}

int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *addr);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *addr)
{
    uint64_t pc = CALLER, since = 0;
    ENTER(pc);
    struct object *l = get(addr, pc);
    if (l->owner != me()->tid && reading(l, me()->tid) < 0) {
        int holder = object_holder(l, &since);
        fail(.reason = holder == TRACE_NO_THREAD ? REASON_UNLOCK_FREE : REASON_UNLOCK_NOT_OWNER, .object = addr,
             .other = holder + 1, .pc = pc, .pc2 = since);
    }
    step(EVENT_RWUNLOCK, addr, always);
    leave(get(addr, pc));
    record(EVENT_RWUNLOCK, addr, 0, pc);
    return 0;
}

/* ---- attributes: kept in the learner's bytes ------------------------------------------ */

static int attr_set(pthread_rwlockattr_t *attr, size_t at, int value, uint64_t pc)
{
    access_range(attr, sizeof *attr, true, pc);
    memcpy((char *)attr + at, &value, sizeof value);
    return 0;
}

static int attr_get(const pthread_rwlockattr_t *attr, size_t at, int *value, uint64_t pc)
{
    access_range(attr, sizeof *attr, false, pc);
    access_range(value, sizeof *value, true, pc);
    memcpy(value, (const char *)attr + at, sizeof *value);
    return 0;
}

int __wrap_pthread_rwlockattr_init(pthread_rwlockattr_t *attr);
int __wrap_pthread_rwlockattr_init(pthread_rwlockattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    memset(attr, 0, sizeof *attr);
    return 0;
}
int __wrap_pthread_rwlockattr_destroy(pthread_rwlockattr_t *attr);
int __wrap_pthread_rwlockattr_destroy(pthread_rwlockattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}
int __wrap_pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attr, int shared);
int __wrap_pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attr, int shared)
{
    ENTER(CALLER);
    if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
        return EINVAL;
    return attr_set(attr, 4, shared, CALLER);
}
int __wrap_pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *attr, int *shared);
int __wrap_pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *attr, int *shared)
{
    ENTER(CALLER);
    return attr_get(attr, 4, shared, CALLER);
}
int __wrap_pthread_rwlockattr_setkind_np(pthread_rwlockattr_t *attr, int kind);
int __wrap_pthread_rwlockattr_setkind_np(pthread_rwlockattr_t *attr, int kind)
{
    ENTER(CALLER);
    if (kind != PTHREAD_RWLOCK_PREFER_READER_NP && kind != PTHREAD_RWLOCK_PREFER_WRITER_NP &&
        kind != PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        return EINVAL;
    return attr_set(attr, 0, kind, CALLER);
}
int __wrap_pthread_rwlockattr_getkind_np(const pthread_rwlockattr_t *attr, int *kind);
int __wrap_pthread_rwlockattr_getkind_np(const pthread_rwlockattr_t *attr, int *kind)
{
    ENTER(CALLER);
    return attr_get(attr, 0, kind, CALLER);
}
