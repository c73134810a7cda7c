/* cond: condition variables.
 *
 * pthread_cond_wait is three events: release the mutex and queue up (one atomic step), be
 * woken, lock the mutex again. A signal may wake any waiter: that is a choice. A waiter may also
 * wake without a signal (CHOICE_SPURIOUS). Signals that met nobody are counted, so that a
 * lost wakeup can be told from a forgotten signal.
 */
#include "engine/engine.h"

#include <errno.h>
#include <pthread.h>
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
    if (c->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return c;
}

int __wrap_pthread_cond_init(pthread_cond_t *addr, const pthread_condattr_t *attr);
int __wrap_pthread_cond_init(pthread_cond_t *addr, const pthread_condattr_t *attr)
{
    ENTER(CALLER);
    access_range(addr, sizeof *addr, true, CALLER);
    if (attr)
        access_range(attr, sizeof *attr, false, CALLER);
    struct object *c = object_peek(addr);
    if (c && c->kind == OBJECT_COND && c->waiter_count)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .pc = CALLER);
    if (c)
        c->kind = OBJECT_NONE;
    object_get(addr, OBJECT_COND);
    memset(addr, 0, sizeof *addr);
    record(EVENT_COND_INIT, addr, 0, CALLER);
    return 0;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *addr);
int __wrap_pthread_cond_destroy(pthread_cond_t *addr)
{
    ENTER(CALLER);
    get(addr, CALLER);
    step(EVENT_COND_DESTROY, addr, always);
    struct object *c = get(addr, CALLER);
    if (c->waiter_count)
        fail(.reason = REASON_DESTROY_WAITED, .object = addr, .other = c->waiters[0] + 1, .pc = CALLER);
    record(EVENT_COND_DESTROY, addr, 0, CALLER);
    c->destroyed = true;
    return 0;
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
    engine.run.used_cond = true;
}

int __wrap_pthread_cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    held_mutex(mutex, pc);
    step2(EVENT_COND_WAIT, addr, mutex, 0, always);
    struct object *c = get(addr, pc), *m = held_mutex(mutex, pc);
    queue_up(c, m, pc);
    int depth = m->count;
    m->owner = TRACE_NO_THREAD;
    m->count = 0;
    hb_release(m->vc);
    for (int i = 0; i < me()->held_count && i < MAX_HELD; i++)
        if (me()->held[i].mutex == mutex) {
            memmove(&me()->held[i], &me()->held[i + 1], (size_t)(MAX_HELD - i - 1) * sizeof me()->held[0]);
            break;
        }
    me()->held_count--;
    struct trace_event *ev = record(EVENT_COND_WAIT, addr, 0, pc);
    if (ev)
        ev->object2 = ref_of(mutex, 0);
    me()->op.pc = pc;
    step2(EVENT_RELOCK, mutex, addr, 0, woken);
    m = object_peek(mutex);
    if (!m || m->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = mutex, .pc = pc);
    mutex_take(m, pc);
    m->count = depth;
    record(EVENT_RELOCK, mutex, 0, pc);
    return 0;
}

static void wake(struct object *c, int k)
{
    engine.threads[c->waiters[k]].signalled = true;
    order_join(c->waiters[k], me()->tid);
    memmove(&c->waiters[k], &c->waiters[k + 1], (size_t)(c->waiter_count - k - 1) * sizeof c->waiters[0]);
    c->waiter_count--;
}

int __wrap_pthread_cond_signal(pthread_cond_t *addr);
int __wrap_pthread_cond_signal(pthread_cond_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    step(EVENT_SIGNAL, addr, always);
    struct object *c = get(addr, pc);
    int k = engine.run.variant >= CHOICE_WAKES ? engine.run.variant - CHOICE_WAKES : 0;
    uint64_t who = UINT64_MAX;
    if (k < c->waiter_count) {
        who = (uint64_t)c->waiters[k];
        wake(c, k);
    } else
        c->lost_signals++;
    record(EVENT_SIGNAL, addr, who, pc);
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *addr);
int __wrap_pthread_cond_broadcast(pthread_cond_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    step(EVENT_BROADCAST, addr, always);
    struct object *c = get(addr, pc);
    uint64_t woke = (uint64_t)c->waiter_count;
    if (!woke)
        c->lost_signals++;
    while (c->waiter_count)
        wake(c, 0);
    record(EVENT_BROADCAST, addr, woke, pc);
    return 0;
}

/* ---- attributes: the clock, in the learner's own bytes -------------------------- */

int __wrap_pthread_condattr_init(pthread_condattr_t *attr);
int __wrap_pthread_condattr_init(pthread_condattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    memset(attr, 0, sizeof *attr);
    return 0;
}
int __wrap_pthread_condattr_destroy(pthread_condattr_t *attr);
int __wrap_pthread_condattr_destroy(pthread_condattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}
int __wrap_pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock);
int __wrap_pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock)
{
    ENTER(CALLER);
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    access_range(attr, sizeof *attr, true, CALLER);
    int value = (int)clock;
    memcpy(attr, &value, sizeof value);
    return 0;
}
int __wrap_pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock);
int __wrap_pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, false, CALLER);
    access_range(clock, sizeof *clock, true, CALLER);
    int value;
    memcpy(&value, attr, sizeof value);
    *clock = value;
    return 0;
}
