/* cond: condition variables.
 *
 * pthread_cond_wait is three events: release the mutex and queue up (one atomic step), be
 * woken, lock the mutex again. A signal may wake any waiter: that is a choice. A waiter may also
 * wake without a signal (CHOICE_SPURIOUS). A signal that met nobody is remembered, so that
 * a lost wakeup can be told from a forgotten signal: it is lost on a thread that has not left the
 * mutex since (one that has could see what the signal told of, and waits for another).
 *
 * A wait with a deadline announces TIMEOUT in between: giving up waiting, which needs no mutex yet. If it
 * is woken before, cond_woken turns the announcement into RELOCK.
 *
 * Which operations of one condition variable commute: signal and broadcast while nobody waits (with the like);
 * relocking is the mutex's affair. Nothing else: waiting, being woken and giving up change who can be woken.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>

static struct object *get(pthread_cond_t *addr, uint64_t pc)
{
    static const pthread_cond_t fresh = PTHREAD_COND_INITIALIZER;
    struct object *c = object_peek(addr);
    if (!c || c->kind != OBJECT_COND) {
        access_check(addr, sizeof *addr, true, pc);
        c = object_get(addr, OBJECT_COND);
        if (memcmp(addr, &fresh, sizeof fresh) != 0) {
            c->run = 0;
            fail(.reason = REASON_NOT_INITIALISED, .object = addr, .pc = pc);
        }
    }
    object_check_shared(c, pc);
    if (c->destroyed && memcmp(addr, &fresh, sizeof fresh) == 0) /* made anew by assignment */
        c = object_renew(addr, OBJECT_COND);
    if (c->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return c;
}

int cond_init(pthread_cond_t *addr, clockid_t clock, uint64_t pc)
{
    access_range(addr, sizeof *addr, true, pc);
    const struct object *c = object_peek(addr);
    if (c && c->kind == OBJECT_COND && c->waiter_count)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .pc = pc);
    object_renew(addr, OBJECT_COND)->clock = clock;
    memset(addr, 0, sizeof *addr);
    record(EVENT_COND_INIT, addr, 0, pc);
    return 0;
}

int __wrap_pthread_cond_init(pthread_cond_t *addr, const pthread_condattr_t *attr);
int __wrap_pthread_cond_init(pthread_cond_t *addr, const pthread_condattr_t *attr)
{
    ENTER(CALLER);
    int how = CLOCK_REALTIME;
    if (attr) {
        access_range(attr, sizeof *attr, false, CALLER);
        memcpy(&how, attr, sizeof how);
    }
    int error = cond_init(addr, how & COND_CLOCK, CALLER);
    object_peek(addr)->shared = how & COND_SHARED;
    return error;
}

int cond_destroy(pthread_cond_t *addr, uint64_t pc)
{
    get(addr, pc);
    step(EVENT_COND_DESTROY, addr, always);
    struct object *c = get(addr, pc);
    if (c->waiter_count)
        fail(.reason = REASON_DESTROY_WAITED, .object = addr, .other = c->waiters[0] + 1, .pc = pc);
    record(EVENT_COND_DESTROY, addr, 0, pc);
    c->destroyed = true;
    memset(addr, DESTROYED_BYTE, sizeof *addr);
    return 0;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *addr);
int __wrap_pthread_cond_destroy(pthread_cond_t *addr)
{
    ENTER(CALLER);
    return cond_destroy(addr, CALLER);
}

static bool woken(const struct thread *t)
{
    const struct object *m = object_peek(t->op.object);
    return t->signalled && (!m || m->owner == TRACE_NO_THREAD);
}

static struct object *held_mutex(pthread_mutex_t *addr, uint64_t pc)
{
    struct object *m = object_peek(addr);
    if (!m || m->kind != OBJECT_MUTEX || m->owner != me()->tid)
        fail(.reason = REASON_WAIT_WITHOUT_MUTEX, .object = addr, .pc = pc);
    return m;
}

static void queue_up(struct object *c, struct object *m, uint64_t pc)
{
    if (c->waiter_count && c->mutex != m->addr)
        fail(.reason = REASON_WAIT_TWO_MUTEXES, .object = c->addr, .other = c->waiters[0] + 1, .pc = pc);
    c->mutex = m->addr;
    c->waiters[c->waiter_count++] = me()->tid;
    me()->signalled = false;
    me()->missed = c->lost_at && !(me()->left.mutex == m->addr && me()->left.at >= c->lost_at);
    me()->left.mutex = m->addr;
    me()->left.at = engine.run.steps;
    engine.run.used_cond = true;
}

void cond_forget(struct object *c, const struct thread *t)
{
    int k = 0;
    for (int i = 0; c && i < c->waiter_count; i++)
        if (c->waiters[i] != t->tid)
            c->waiters[k++] = c->waiters[i];
    if (c)
        c->waiter_count = k;
}

void cond_woken(struct thread *t)
{
    t->signalled = true;
    if (t->op.kind != EVENT_TIMEOUT)
        return;
    const struct object *c = object_peek(t->op.object);
    t->op = (struct op){EVENT_RELOCK, c->mutex, c->addr, 0, t->op.pc, woken, t->op.with};
    t->deadline = NEVER;
    t->await = false;
}

void cond_wake_for_nothing(struct thread *t)
{
    void *cond = cond_of(t);
    cond_forget(object_peek(cond), t);
    cond_woken(t);
    struct thread *was = engine.run.me;
    engine.run.me = t;
    record(EVENT_COND_WAKE, cond, 0, t->op.pc);
    engine.run.me = was;
}

/* Part of the step before it. It concerns many objects, so nothing commutes with it. */
void __wrap_lab_noise(void);
void __wrap_lab_noise(void)
{
    engine.run.observed = true;
    for (int i = 0; i < engine.run.thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t->process == me()->process && t->alive && !t->ended && cond_of(t))
            cond_wake_for_nothing(t);
    }
}

/* Waits; false: it was woken, and the signal has made the announcement RELOCK. */
static bool gives_up(void *addr, int64_t deadline)
{
    struct thread *t = me();
    t->yielded = deadline <= engine.run.now; /* waiting gives the turn away, however short */
    step_until(EVENT_TIMEOUT, addr, deadline, deadline_passed);
    if (t->signalled) {
        spin_effect(t);
        return false;
    }
    cond_forget(object_peek(addr), t);
    t->signalled = true;
    record(EVENT_TIMEOUT, addr, 0, t->op.pc);
    return true;
}

/* Waits until it is woken or the deadline has come. */
static int wait_until(pthread_cond_t *addr, pthread_mutex_t *mutex, int64_t deadline, uint64_t pc)
{
    int result = 0;
    op_with((uint64_t)deadline);
    step2(EVENT_COND_WAIT, addr, mutex, deadline == NEVER ? 0 : COND_TIMED, always);
    cancel_point();
    struct object *c = get(addr, pc), *m = held_mutex(mutex, pc);
    queue_up(c, m, pc);
    int depth = m->count;
    op_with((uint64_t)depth);
    mutex_give(m);
    struct trace_event *ev = record(EVENT_COND_WAIT, addr, 0, pc);
    if (ev)
        ev->object2 = ref_of(mutex, 0);
    me()->op.pc = pc;
    if (deadline == NEVER)
        step2(EVENT_RELOCK, mutex, addr, 0, woken);
    else if (gives_up(addr, deadline)) {
        result = ETIMEDOUT;
        step2(EVENT_RELOCK, mutex, addr, COND_TIMED, woken);
    }
    m = object_peek(mutex);
    if (!m || m->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = mutex, .pc = pc);
    int state = mutex_state(m);
    if (state == ENOTRECOVERABLE) {
        record(EVENT_TRYLOCK, mutex, ENOTRECOVERABLE, pc);
        return state;
    }
    mutex_take(m, pc);
    m->count = depth;
    record(EVENT_RELOCK, mutex, 0, pc);
    if (me()->cancel_woken) {
        step(EVENT_TESTCANCEL, NULL, always); /* to have the lock again was a step of its own */
        cancel_point();
    }
    return state ? state : result;
}

int cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex, uint64_t pc)
{
    get(addr, pc);
    held_mutex(mutex, pc);
    return wait_until(addr, mutex, NEVER, pc);
}

int cond_timedwait(pthread_cond_t *addr, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *when,
                   uint64_t pc)
{
    int64_t deadline;
    get(addr, pc);
    int error = time_deadline(clock, when, pc, &deadline);
    held_mutex(mutex, pc);
    return error ? error : wait_until(addr, mutex, deadline, pc);
}

int __wrap_pthread_cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex)
{
    ENTER(CALLER);
    return cond_wait(addr, mutex, CALLER);
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *addr, pthread_mutex_t *mutex, const struct timespec *when);
int __wrap_pthread_cond_timedwait(pthread_cond_t *addr, pthread_mutex_t *mutex, const struct timespec *when)
{
    ENTER(CALLER);
    return cond_timedwait(addr, mutex, get(addr, CALLER)->clock, when, CALLER);
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *addr, pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *when);
int __wrap_pthread_cond_clockwait(pthread_cond_t *addr, pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *when)
{
    ENTER(CALLER);
    return cond_timedwait(addr, mutex, clock, when, CALLER);
}

static void wake(struct object *c, int k)
{
    struct thread *t = &engine.threads[c->waiters[k]];
    cond_forget(c, t);
    cond_woken(t);
    if (engine.run.ordered)
        order_join(t->tid, me()->tid);
    c->lost_at = 0;
    for (int i = 0; i < c->waiter_count; i++)
        engine.threads[c->waiters[i]].missed = false;
}

int cond_signal(pthread_cond_t *addr, uint64_t pc)
{
    get(addr, pc);
    step(EVENT_SIGNAL, addr, always);
    struct object *c = get(addr, pc);
    int k = engine.run.variant >= CHOICE_WAKES ? engine.run.variant - CHOICE_WAKES : 0;
    uint64_t who = UINT64_MAX;
    if (k < c->waiter_count) {
        who = (uint64_t)c->waiters[k];
        wake(c, k);
    } else
        c->lost_at = engine.run.steps;
    record(EVENT_SIGNAL, addr, who, pc);
    return 0;
}

int __wrap_pthread_cond_signal(pthread_cond_t *addr);
int __wrap_pthread_cond_signal(pthread_cond_t *addr)
{
    ENTER(CALLER);
    return cond_signal(addr, CALLER);
}

int cond_broadcast(pthread_cond_t *addr, uint64_t pc)
{
    get(addr, pc);
    step(EVENT_BROADCAST, addr, always);
    struct object *c = get(addr, pc);
    uint64_t woke = (uint64_t)c->waiter_count;
    if (!woke)
        c->lost_at = engine.run.steps;
    while (c->waiter_count)
        wake(c, 0);
    record(EVENT_BROADCAST, addr, woke, pc);
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *addr);
int __wrap_pthread_cond_broadcast(pthread_cond_t *addr)
{
    ENTER(CALLER);
    return cond_broadcast(addr, CALLER);
}
