/* mutex: normal, recursive, error-checking and robust mutexes; misuse is a verdict.
 *
 * A robust mutex whose owner ended is orphaned: the next owner gets it with EOWNERDEAD, and if that one gives it
 * back without pthread_mutex_consistent, it is lost for ever (ENOTRECOVERABLE).
 *
 * Which operations of one mutex commute: an unlock with a lock (they are never both enabled). Nothing else does;
 * an unlock and a trylock or timed lock least of all, so unlocks are decisions where there are such.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>

/* What pthread_mutex_init leaves in the learner's mutex: where it was initialised. Found anywhere else it is the
 * sign of a copy. No initialiser looks like that. */
struct birthplace {
    uint64_t mark;
    const void *addr;
};
#define BIRTH_MARK UINT64_C(0x6d75746578206174)

static bool is_copy(const pthread_mutex_t *addr)
{
    struct birthplace born;
    memcpy(&born, addr, sizeof born);
    return born.mark == BIRTH_MARK && born.addr != addr;
}

static void mark_birthplace(pthread_mutex_t *addr)
{
    const struct birthplace born = {BIRTH_MARK, addr};
    memset(addr, 0, sizeof *addr);
    memcpy(addr, &born, sizeof born);
}

/* The type of the static initialiser that stands there, -1: none does. */
static int initialiser_type(const pthread_mutex_t *addr)
{
    static const pthread_mutex_t normal = PTHREAD_MUTEX_INITIALIZER;
    static const pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
    static const pthread_mutex_t checking = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
    return memcmp(addr, &normal, sizeof normal) == 0         ? PTHREAD_MUTEX_NORMAL
           : memcmp(addr, &recursive, sizeof recursive) == 0 ? PTHREAD_MUTEX_RECURSIVE
           : memcmp(addr, &checking, sizeof checking) == 0   ? PTHREAD_MUTEX_ERRORCHECK
                                                             : -1;
}

/* A mutex that pthread_mutex_init never saw must hold one of the static initialisers. */
static void adopt(struct object *m, pthread_mutex_t *addr, uint64_t pc)
{
    m->type = initialiser_type(addr);
    if (m->type < 0) {
        m->run = 0;
        fail(.reason = is_copy(addr) ? REASON_COPIED : REASON_NOT_INITIALISED, .object = addr, .pc = pc);
    }
}

struct object *mutex_object(pthread_mutex_t *addr, uint64_t pc)
{
    struct object *m = object_peek(addr);
    if (!m || m->kind != OBJECT_MUTEX) {
        access_check(addr, sizeof *addr, true, pc);
        m = object_get(addr, OBJECT_MUTEX);
        adopt(m, addr, pc);
    }
    object_check_shared(m, pc);
    if (m->destroyed && initialiser_type(addr) >= 0) { /* *m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER: made anew */
        m = object_renew(addr, OBJECT_MUTEX);
        adopt(m, addr, pc);
    }
    if (m->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return m;
}

void mutex_take(struct object *m, uint64_t pc)
{
    m->owner = me()->tid;
    m->owner_pc = pc;
    m->count = 1;
    hb_acquire(m->vc);
    held_add(m->addr, pc);
}

void mutex_give(struct object *m)
{
    m->lost |= m->orphaned; /* given back without having been made consistent */
    held_remove(m->addr);
    m->owner = TRACE_NO_THREAD;
    m->count = 0;
    hb_release(m->vc);
    me()->left.mutex = m->addr;
    me()->left.at = engine.run.steps;
}

void mutex_forget_owner(struct thread *t)
{
    for (int i = 0; i < t->held_count && i < MAX_HELD; i++) {
        struct object *m = object_peek(t->held[i].mutex);
        if (m)
            m->owner_ended = true;
    }
}

void mutex_orphan(void)
{
    struct thread *t = me();
    for (int i = (t->held_count < MAX_HELD ? t->held_count : MAX_HELD) - 1; i >= 0; i--) {
        struct object *m = object_peek(t->held[i].mutex);
        if (!m || m->kind != OBJECT_MUTEX || !m->robust)
            continue;
        mutex_give(m);
        m->orphaned = true;
    }
}

int mutex_state(const struct object *m) { return m->lost ? ENOTRECOVERABLE : m->orphaned ? EOWNERDEAD : 0; }

/* Takes it, unless it can never be used again. */
static int take(struct object *m, uint64_t pc)
{
    int state = mutex_state(m);
    if (state != ENOTRECOVERABLE)
        mutex_take(m, pc);
    return state;
}

bool mutex_free_for(const struct thread *t)
{
    const struct object *m = object_peek(t->op.object);
    return !m || m->destroyed || m->owner == TRACE_NO_THREAD;
}

int mutex_init(pthread_mutex_t *addr, int attributes, uint64_t pc)
{
    access_range(addr, sizeof *addr, true, pc);
    const struct object *m = object_peek(addr);
    if (m && m->kind == OBJECT_MUTEX && m->owner != TRACE_NO_THREAD)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .pc = pc);
    struct object *fresh = object_renew(addr, OBJECT_MUTEX);
    fresh->type = attributes & MUTEX_TYPE;
    fresh->shared = attributes & MUTEX_SHARED;
    fresh->robust = (attributes & MUTEX_ROBUST) != 0;
    if ((attributes & MUTEX_PROTOCOL) == MUTEX_PROTECT) {
        int ceiling = (attributes & MUTEX_CEILING) >> 16;
        fresh->ceiling = ceiling ? ceiling : 1;
    }
    mark_birthplace(addr);
    record(EVENT_MUTEX_INIT, addr, 0, pc);
    return 0;
}

int __wrap_pthread_mutex_init(pthread_mutex_t *addr, const pthread_mutexattr_t *attr);
int __wrap_pthread_mutex_init(pthread_mutex_t *addr, const pthread_mutexattr_t *attr)
{
    ENTER(CALLER);
    int attributes = PTHREAD_MUTEX_NORMAL;
    if (attr) {
        access_range(attr, sizeof *attr, false, CALLER);
        memcpy(&attributes, attr, sizeof attributes);
    }
    return mutex_init(addr, attributes, CALLER);
}

int mutex_destroy(pthread_mutex_t *addr, uint64_t pc)
{
    mutex_object(addr, pc);
    step(EVENT_MUTEX_DESTROY, addr, always);
    struct object *m = mutex_object(addr, pc);
    if (m->owner != TRACE_NO_THREAD)
        fail(.reason = REASON_DESTROY_HELD, .object = addr, .other = m->owner + 1, .pc = pc, .pc2 = m->owner_pc);
    record(EVENT_MUTEX_DESTROY, addr, 0, pc);
    m->destroyed = true;
    memset(addr, DESTROYED_BYTE, sizeof *addr);
    return 0;
}

int __wrap_pthread_mutex_destroy(pthread_mutex_t *addr);
int __wrap_pthread_mutex_destroy(pthread_mutex_t *addr)
{
    ENTER(CALLER);
    return mutex_destroy(addr, CALLER);
}

static int lock_again(struct object *m, uint64_t pc)
{
    step(EVENT_LOCK, m->addr, always);
    m->count++;
    record(EVENT_LOCK, m->addr, 0, pc);
    return 0;
}

int mutex_lock(pthread_mutex_t *addr, uint64_t pc)
{
    struct object *m = mutex_object(addr, pc);
    if (m->owner == me()->tid) {
        if (m->type == PTHREAD_MUTEX_ERRORCHECK)
            return EDEADLK;
        if (m->type != PTHREAD_MUTEX_RECURSIVE)
            fail(.reason = REASON_DEADLOCK_SELF, .object = addr, .pc = pc, .pc2 = m->owner_pc);
        return lock_again(m, pc);
    }
    step(EVENT_LOCK, addr, mutex_free_for);
    int state = take(mutex_object(addr, pc), pc);
    if (state == ENOTRECOVERABLE)
        record(EVENT_TRYLOCK, addr, ENOTRECOVERABLE, pc);
    else
        record(EVENT_LOCK, addr, 0, pc);
    return state;
}

int __wrap_pthread_mutex_lock(pthread_mutex_t *addr);
int __wrap_pthread_mutex_lock(pthread_mutex_t *addr)
{
    ENTER(CALLER);
    return mutex_lock(addr, CALLER);
}

int mutex_trylock(pthread_mutex_t *addr, uint64_t pc)
{
    mutex_object(addr, pc);
    engine.run.used_trylock = true;
    step(EVENT_TRYLOCK, addr, always);
    struct object *m = mutex_object(addr, pc);
    int state = 0;
    if (m->owner == me()->tid && m->type == PTHREAD_MUTEX_RECURSIVE)
        m->count++;
    else
        state = m->owner == TRACE_NO_THREAD ? take(m, pc) : EBUSY;
    bool got = state == 0 || state == EOWNERDEAD;
    record(EVENT_TRYLOCK, addr, got ? 0 : (uint64_t)state, pc);
    if (got)
        spin_effect(me());
    return state;
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t *addr);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *addr)
{
    ENTER(CALLER);
    return mutex_trylock(addr, CALLER);
}

static bool free_or_late(const struct thread *t) { return mutex_free_for(t) || deadline_passed(t); }

/* TIMEDLOCK is no LOCK: it does not commute with an unlock. */
int mutex_timedlock(pthread_mutex_t *addr, clockid_t clock, const struct timespec *when, uint64_t pc)
{
    int64_t deadline = NEVER;
    struct object *m = mutex_object(addr, pc);
    bool mine = m->owner == me()->tid, now = m->owner == TRACE_NO_THREAD;
    if (mine && m->type == PTHREAD_MUTEX_RECURSIVE)
        return lock_again(m, pc);
    if (mine && m->type == PTHREAD_MUTEX_ERRORCHECK)
        return EDEADLK;
    int error = time_deadline(clock, when, pc, &deadline);
    if (error && !now)
        return error;
    engine.run.used_trylock = true;
    step_until(EVENT_TIMEDLOCK, addr, deadline, free_or_late);
    struct object *l = mutex_object(addr, pc);
    int state = l->owner == TRACE_NO_THREAD ? take(l, pc) : ETIMEDOUT;
    bool got = state == 0 || state == EOWNERDEAD;
    if (got)
        spin_effect(me());
    record(got ? EVENT_TIMEDLOCK : state == ETIMEDOUT ? EVENT_TIMEOUT : EVENT_TRYLOCK, addr, got ? 0 : (uint64_t)state, pc);
    return state;
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *addr, const struct timespec *when);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *addr, const struct timespec *when)
{
    ENTER(CALLER);
    return mutex_timedlock(addr, CLOCK_REALTIME, when, CALLER);
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *addr, clockid_t clock, const struct timespec *when);
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *addr, clockid_t clock, const struct timespec *when)
{
    ENTER(CALLER);
    return mutex_timedlock(addr, clock, when, CALLER);
}

int mutex_unlock(pthread_mutex_t *addr, uint64_t pc)
{
    struct object *m = mutex_object(addr, pc);
    if (m->owner != me()->tid) {
        if (m->type != PTHREAD_MUTEX_NORMAL || m->robust)
            return EPERM;
        fail(.reason = m->owner == TRACE_NO_THREAD ? REASON_UNLOCK_FREE : REASON_UNLOCK_NOT_OWNER, .object = addr,
             .other = m->owner + 1, .pc = pc, .pc2 = m->owner_pc);
    }
    step(EVENT_UNLOCK, addr, always);
    m = mutex_object(addr, pc);
    if (m->count > 1)
        m->count--;
    else
        mutex_give(m);
    record(EVENT_UNLOCK, addr, 0, pc);
    return 0;
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *addr);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *addr)
{
    ENTER(CALLER);
    return mutex_unlock(addr, CALLER);
}

int __wrap_pthread_mutex_consistent(pthread_mutex_t *addr);
int __wrap_pthread_mutex_consistent(pthread_mutex_t *addr)
{
    ENTER(CALLER);
    struct object *m = mutex_object(addr, CALLER);
    if (!m->robust || !m->orphaned || m->owner != me()->tid)
        return EINVAL;
    spin_effect(me());
    m->orphaned = false;
    return 0;
}
