/* alarm: alarm and setitimer: SIGALRM for a process when virtual time has come that far.
 *
 * With the ideal clock it goes off when nobody can run before it, as every deadline passes; with the hostile one at any time
 * (CHOICE_ALARM): then whoever should have been done by it is late.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <sys/time.h>

#include "engine/kernel/kernel.h"

/* It is set, and would change something. */
static bool matters(const struct process *p)
{
    return p->state == PROCESS_RUNS && p->alarm.due && !(p->pending & signal_bit(SIGALRM)) &&
           signal_effect((int)(p - processes), SIGALRM) != EFFECT_NONE;
}

int64_t alarm_due(void)
{
    int64_t due = NEVER;
    for (int i = 0; engine.run.used_alarm && i < process_count; i++)
        if (matters(&processes[i]) && processes[i].alarm.due < due)
            due = processes[i].alarm.due;
    return due;
}

bool alarm_may_ring(const struct thread *t)
{
    const struct process *p = &processes[t->process];
    return engine.run.used_alarm && p->leader == t->tid && matters(p) && p->alarm.due > engine.run.now;
}

static void ring(struct process *p, enum event_kind kind)
{
    struct thread *was = engine.run.me;
    p->alarm.due = p->alarm.every ? time_after(p->alarm.due, p->alarm.every) : 0;
    engine.run.me = &engine.threads[p->leader];
    record(kind, NULL, 0, p->alarm.pc);
    process_rung((int)(p - processes), p->alarm.pc);
    engine.run.me = was;
}

void alarms_expire(void)
{
    for (int i = 0; engine.run.used_alarm && i < process_count; i++)
        while (processes[i].alarm.due && processes[i].alarm.due <= engine.run.now && matters(&processes[i]))
            ring(&processes[i], EVENT_RING);
}

void alarm_rings(struct thread *t)
{
    struct process *p = &processes[t->process];
    if (p->alarm.due > engine.run.now)
        engine.run.now = p->alarm.due;
    ring(p, EVENT_ALARM);
    kernel_time_passed();
}

/* ---- calls ------------------------------------------------------------------------------------------ */

static int64_t ns_of(const struct timeval *t) { return time_ns(&(struct timespec){t->tv_sec, t->tv_usec * 1000}); }
static struct timeval span_of(int64_t ns) { return (struct timeval){ns / 1000000000, ns / 1000 % 1000000}; }
static int64_t left(void) { return mine()->alarm.due > engine.run.now ? mine()->alarm.due - engine.run.now : 0; }

/* Its turn has come: to be set, or only asked about. */
static void alarm_step(bool asks, uint64_t pc)
{
    engine.run.used_time = engine.run.used_alarm = engine.run.undigested = engine.run.observed = true;
    spin_effect(me());
    step(EVENT_SETALARM, NULL, always);
    struct trace_event *ev = record(EVENT_SETALARM, NULL, 0, pc);
    if (ev)
        ev->before = asks;
}

static void set(int64_t ns, int64_t every, uint64_t pc)
{
    mine()->alarm.due = ns ? time_after(engine.run.now, ns) : 0;
    mine()->alarm.every = every;
    mine()->alarm.pc = pc;
}

/* To the nearest, as Linux has it, but never 0 where one is set. */
static unsigned rounded(int64_t ns) { return ns > 0 && ns < 1000000000 ? 1 : (unsigned)((ns + 500000000) / 1000000000); }

unsigned __wrap_alarm(unsigned seconds);
unsigned __wrap_alarm(unsigned seconds)
{
    ENTER(CALLER);
    alarm_step(false, CALLER);
    unsigned rest = rounded(left());
    set((int64_t)seconds * 1000000000, 0, CALLER);
    return rest;
}

static bool good(const struct timeval *t) { return t->tv_sec >= 0 && t->tv_usec >= 0 && t->tv_usec < 1000000; }

static void refuse_kind(int which, uint64_t pc)
{
    if (which != ITIMER_REAL)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "the lab's interval timers measure real time: ITIMER_REAL");
}

static void tell(struct itimerval *out, uint64_t pc)
{
    access_range(out, sizeof *out, true, pc);
    *out = (struct itimerval){span_of(mine()->alarm.every), span_of(left())};
}

int __wrap_getitimer(int which, struct itimerval *out);
int __wrap_getitimer(int which, struct itimerval *out)
{
    ENTER(CALLER);
    refuse_kind(which, CALLER);
    alarm_step(true, CALLER);
    tell(out, CALLER);
    return 0;
}

int __wrap_setitimer(int which, const struct itimerval *to, struct itimerval *old);
int __wrap_setitimer(int which, const struct itimerval *to, struct itimerval *old)
{
    ENTER(CALLER);
    refuse_kind(which, CALLER);
    access_range(to, sizeof *to, false, CALLER);
    if (!good(&to->it_value) || !good(&to->it_interval))
        return learner_errno(EINVAL);
    struct itimerval now = *to;
    alarm_step(false, CALLER);
    if (old)
        tell(old, CALLER);
    set(ns_of(&now.it_value), ns_of(&now.it_interval), CALLER);
    return 0;
}
