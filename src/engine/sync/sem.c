/* sem: unnamed POSIX semaphores. A count, and threads that wait until it is above 0.
 *
 * Which operations of one semaphore commute: two posts; two waits, or a wait and a post, that are both
 * enabled while the count is at least 2; getvalue with getvalue. Nothing else does. A post is a decision like
 * the rest: unlike an unlock it is no answer to a wait of its own thread.
 *
 * A thread that posts what it took itself uses the semaphore as a lock: taken() and posted() keep
 * such pairs apart from handing over, which has an effect on others (machine/spin.c).
 */
#include "engine/engine.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <string.h>

static struct object *get(sem_t *addr, uint64_t pc)
{
    struct object *s = object_peek(addr);
    if (!s || s->kind != OBJECT_SEM) {
        access_check(addr, sizeof *addr, true, pc);
        fail(.reason = REASON_NOT_INITIALISED, .object = addr, .pc = pc);
    }
    object_check_shared(s, pc);
    if (s->destroyed || sem_is_closed(addr))
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return s;
}

int __wrap_sem_init(sem_t *addr, int shared, unsigned value);
int __wrap_sem_init(sem_t *addr, int shared, unsigned value)
{
    ENTER(CALLER);
    if (value > SEM_VALUE_MAX)
        return learner_errno(EINVAL);
    access_range(addr, sizeof *addr, true, CALLER);
    int waiter = object_waiter(addr);
    if (waiter != TRACE_NO_THREAD)
        fail(.reason = REASON_INIT_TWICE, .object = addr, .other = waiter + 1, .pc = CALLER);
    object_renew(addr, OBJECT_SEM)->value = value;
    object_peek(addr)->shared = shared != 0;
    memset(addr, 0, sizeof *addr);
    record(EVENT_SEM_INIT, addr, value, CALLER);
    return 0;
}

int __wrap_sem_destroy(sem_t *addr);
int __wrap_sem_destroy(sem_t *addr)
{
    ENTER(CALLER);
    get(addr, CALLER);
    if (sem_is_named(addr))
        fail(.reason = REASON_RULE, .object = addr, .pc = CALLER,
             .detail = "sem_destroy is for what sem_init made; a semaphore from sem_open is closed with sem_close");
    step(EVENT_SEM_DESTROY, addr, always);
    struct object *s = get(addr, CALLER);
    record(EVENT_SEM_DESTROY, addr, 0, CALLER);
    int waiter = object_waiter(addr);
    if (waiter != TRACE_NO_THREAD)
        fail(.reason = REASON_DESTROY_WAITED, .object = addr, .other = waiter + 1, .pc = CALLER);
    s->destroyed = true;
    return 0;
}

static bool available(const struct thread *t)
{
    const struct object *s = object_peek(t->op.object);
    return !s || s->destroyed || s->value > 0;
}

static void taken(struct object *s)
{
    s->value--;
    hb_acquire(s->vc);
    if (me()->sem_taken)
        spin_effect(me());
    me()->sem_taken = s->addr;
}

static void posted(struct object *s)
{
    s->value++;
    hb_release(s->vc);
    if (me()->sem_taken != s->addr)
        spin_effect(me());
    me()->sem_taken = NULL;
}

/* Waits, and may be interrupted (lab_interrupts). False: errno is set. deadline NEVER: none. */
static bool await_post(sem_t *addr, int64_t deadline, bool (*enabled)(const struct thread *))
{
    struct thread *t = me();
    t->interruptible = true;
    t->breaks = BREAKS_UNLESS_RESTARTED;
    if (deadline == NEVER)
        step(EVENT_SEM_WAIT, addr, enabled);
    else
        step_until(EVENT_SEM_WAIT, addr, deadline, enabled);
    t->interruptible = false;
    t->breaks = BREAKS_NOT;
    cancel_point();
    return !call_interrupted(addr);
}

int __wrap_sem_wait(sem_t *addr);
int __wrap_sem_wait(sem_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    if (!await_post(addr, NEVER, available))
        return -1;
    struct object *s = get(addr, pc);
    taken(s);
    record(EVENT_SEM_WAIT, addr, s->value, pc);
    return 0;
}

static bool available_or_late(const struct thread *t) { return available(t) || deadline_passed(t); }

static int timed_wait(sem_t *addr, clockid_t clock, const struct timespec *when, uint64_t pc)
{
    int64_t deadline;
    get(addr, pc);
    int error = time_deadline(clock, when, pc, &deadline);
    if (error)
        return learner_errno(error);
    if (!await_post(addr, deadline, available_or_late))
        return -1;
    struct object *s = get(addr, pc);
    bool got = s->value > 0;
    if (got)
        taken(s);
    record(got ? EVENT_SEM_WAIT : EVENT_TIMEOUT, addr, s->value, pc);
    return got ? 0 : learner_errno(ETIMEDOUT);
}

int __wrap_sem_timedwait(sem_t *addr, const struct timespec *when);
int __wrap_sem_timedwait(sem_t *addr, const struct timespec *when)
{
    ENTER(CALLER);
    return timed_wait(addr, CLOCK_REALTIME, when, CALLER);
}

int __wrap_sem_clockwait(sem_t *addr, clockid_t clock, const struct timespec *when);
int __wrap_sem_clockwait(sem_t *addr, clockid_t clock, const struct timespec *when)
{
    ENTER(CALLER);
    return timed_wait(addr, clock, when, CALLER);
}

int __wrap_sem_trywait(sem_t *addr);
int __wrap_sem_trywait(sem_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    step(EVENT_SEM_TRYWAIT, addr, always);
    struct object *s = get(addr, pc);
    bool got = s->value > 0;
    if (got)
        taken(s);
    record(EVENT_SEM_TRYWAIT, addr, got ? 0 : EAGAIN, pc);
    return got ? 0 : learner_errno(EAGAIN);
}

int __wrap_sem_post(sem_t *addr);
int __wrap_sem_post(sem_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    step(EVENT_SEM_POST, addr, always);
    struct object *s = get(addr, pc);
    bool full = s->value == SEM_VALUE_MAX;
    if (!full)
        posted(s);
    record(EVENT_SEM_POST, addr, s->value, pc);
    return full ? learner_errno(EOVERFLOW) : 0;
}

int __wrap_sem_getvalue(sem_t *addr, int *value);
int __wrap_sem_getvalue(sem_t *addr, int *value)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    op_with((uintptr_t)value);
    step(EVENT_SEM_VALUE, addr, always);
    struct object *s = get(addr, pc);
    record(EVENT_SEM_VALUE, addr, s->value, pc);
    access_range(value, sizeof *value, true, pc);
    *value = (int)s->value;
    return 0;
}
