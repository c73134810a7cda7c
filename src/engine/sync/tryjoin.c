/* tryjoin: joining without waiting, or not for ever.
 *
 * What it answers depends on whether the other thread has ended, and that is no operation of its own. So in
 * a program that has such calls the end of a thread is one (engine.end_points), and every schedule is run:
 * this look commutes with nothing the other thread does.
 */
#include "engine/sync/sync.h"

#include <errno.h>

static bool has_ended(const struct thread *t) { return engine.threads[t->op.value].ended; }
static bool has_ended_or_late(const struct thread *t) { return has_ended(t) || deadline_passed(t); }

static int joined(struct thread *t, void **result, uint64_t pc)
{
    thread_joined(t, pc);
    if (result) {
        access_range(result, sizeof *result, true, pc);
        *result = t->result;
    }
    return 0;
}

int __wrap_pthread_tryjoin_np(pthread_t id, void **result);
int __wrap_pthread_tryjoin_np(pthread_t id, void **result)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct thread *t = thread_to_join(id, pc);
    engine.run.observed = true;
    me()->yielded = true; /* it looks only at what others do */
    step2(EVENT_TRYJOIN, NULL, NULL, (uint64_t)t->tid, always);
    if (t->ended)
        return joined(t, result, pc);
    record(EVENT_TRYJOIN, NULL, (uint64_t)t->tid, pc);
    return EBUSY;
}

static int timed_join(pthread_t id, void **result, clockid_t clock, const struct timespec *when, uint64_t pc)
{
    int64_t deadline;
    struct thread *t = thread_to_join(id, pc);
    int error = time_deadline(clock, when, pc, &deadline);
    if (error)
        return error;
    engine.run.observed = engine.run.used_time = true;
    t->joining = true;
    me()->deadline = deadline;
    step2(EVENT_TRYJOIN, NULL, NULL, (uint64_t)t->tid, has_ended_or_late);
    me()->deadline = NEVER;
    t->joining = false;
    cancel_point();
    if (t->ended)
        return joined(t, result, pc);
    record(EVENT_TRYJOIN, NULL, (uint64_t)t->tid, pc);
    return ETIMEDOUT;
}

int __wrap_pthread_timedjoin_np(pthread_t id, void **result, const struct timespec *when);
int __wrap_pthread_timedjoin_np(pthread_t id, void **result, const struct timespec *when)
{
    ENTER(CALLER);
    return timed_join(id, result, CLOCK_REALTIME, when, CALLER);
}

int __wrap_pthread_clockjoin_np(pthread_t id, void **result, clockid_t clock, const struct timespec *when);
int __wrap_pthread_clockjoin_np(pthread_t id, void **result, clockid_t clock, const struct timespec *when)
{
    ENTER(CALLER);
    return timed_join(id, result, clock, when, CALLER);
}
