/* time: the virtual clock. It moves only when nobody can run, to the next deadline (ideal), or
 * also when the schedule says that a sleeper wakes now and the others are late (hostile). */
#include "engine/sync/sync.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>

#define REAL_EPOCH INT64_C(1767225600) /* 2026-01-01 00:00 UTC: what CLOCK_REALTIME starts from */
#define MONO_EPOCH INT64_C(1000)

bool deadline_passed(const struct thread *t) { return engine.run.now >= t->deadline; }

/* breaks: may a handler end it? What is left then, in ns; else 0. */
static int64_t sleep_until(int64_t deadline, enum breaks breaks, uint64_t pc)
{
    struct thread *t = me();
    engine.run.used_time = true;
    int64_t length = deadline > engine.run.now ? deadline - engine.run.now : 0;
    record(EVENT_SLEEP, NULL, (uint64_t)length, pc);
    t->deadline = deadline;
    t->op.pc = pc;
    t->op = (struct op){EVENT_WAKE, NULL, NULL, (uint64_t)length, pc, deadline_passed, t->op.with};
    engine.run.variant = 0;
    t->breaks = breaks;
    point();
    t->breaks = BREAKS_NOT;
    count_op();
    t->deadline = NEVER;
    cancel_point();
    if (call_broken())
        return deadline > engine.run.now ? deadline - engine.run.now : 0;
    record(EVENT_WAKE, NULL, 0, pc);
    return 0;
}

int64_t time_after(int64_t at, int64_t ns) { return ns > NEVER - 1 - at ? NEVER - 1 : at + (ns > 0 ? ns : 0); }
static int64_t after(int64_t ns) { return time_after(engine.run.now, ns); }
void sleep_for(int64_t ns, uint64_t pc) { sleep_until(after(ns), BREAKS_NOT, pc); }

static void compute_for(int64_t ns, uint64_t pc)
{
    me()->computes = true;
    sleep_for(ns, pc);
    me()->computes = false;
    me()->worked += ns;
}

unsigned __wrap_sleep(unsigned seconds);
unsigned __wrap_sleep(unsigned seconds)
{
    ENTER(CALLER);
    return (unsigned)(sleep_until(after((int64_t)seconds * 1000000000), BREAKS, CALLER) / 1000000000);
}

int __wrap_usleep(unsigned us);
int __wrap_usleep(unsigned us)
{
    ENTER(CALLER);
    return sleep_until(after((int64_t)us * 1000), BREAKS, CALLER) ? -1 : 0;
}

bool time_good(const struct timespec *ts) { return ts->tv_sec >= 0 && ts->tv_nsec >= 0 && ts->tv_nsec < 1000000000; }

int64_t time_ns(const struct timespec *ts)
{
    return ts->tv_sec > INT64_C(4000000000) ? INT64_C(4000000000000000000) : (int64_t)ts->tv_sec * 1000000000 + ts->tv_nsec;
}

static void tell_left(struct timespec *left, int64_t ns, uint64_t pc)
{
    if (!left || !ns)
        return;
    access_range(left, sizeof *left, true, pc);
    *left = (struct timespec){ns / 1000000000, ns % 1000000000};
}

int __wrap_nanosleep(const struct timespec *length, struct timespec *left);
int __wrap_nanosleep(const struct timespec *length, struct timespec *left)
{
    ENTER(CALLER);
    access_range(length, sizeof *length, false, CALLER);
    if (!time_good(length))
        return learner_errno(EINVAL);
    int64_t ns = sleep_until(after(time_ns(length)), BREAKS, CALLER);
    tell_left(left, ns, CALLER);
    return ns ? -1 : 0;
}

static bool epoch_of(clockid_t clock, int64_t *out)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        *out = REAL_EPOCH * 1000000000 + engine.run.wall_jump;
        return true;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
        *out = MONO_EPOCH * 1000000000;
        return true;
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
        *out = 0;
        return true;
    default:
        return false;
    }
}

int time_deadline(clockid_t clock, const struct timespec *when, uint64_t pc, int64_t *ret)
{
    int64_t epoch;
    access_range(when, sizeof *when, false, pc);
    if ((clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) || !epoch_of(clock, &epoch) || when->tv_nsec < 0 ||
        when->tv_nsec >= 1000000000)
        return EINVAL;
    *ret = when->tv_sec < 0 ? START_CLOCK_NS : time_ns(when) - epoch;
    return 0;
}

void step_until(enum event_kind kind, void *object, int64_t deadline, bool (*enabled)(const struct thread *))
{
    engine.run.used_time = true;
    me()->deadline = deadline;
    step(kind, object, enabled);
    me()->deadline = NEVER;
}

int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *when, struct timespec *left);
int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *when, struct timespec *left)
{
    ENTER(CALLER);
    int64_t epoch;
    access_range(when, sizeof *when, false, CALLER);
    if (!epoch_of(clock, &epoch) || !time_good(when))
        return EINVAL;
    op_with((uint64_t)flags);
    bool absolute = flags & TIMER_ABSTIME;
    int64_t ns = sleep_until(absolute ? time_ns(when) - epoch : after(time_ns(when)), BREAKS, CALLER);
    tell_left(absolute ? NULL : left, ns, CALLER);
    return ns ? EINTR : 0;
}

#define BUSY_READS 200              /* so many reads of the clock in a row are a busy wait ... */
#define BUSY_NS INT64_C(10000000)   /* ... and each further one takes this long */

/* A thread that only looks at the clock would keep virtual time from moving. */
static void busy_wait(uint64_t pc)
{
    int reads = ++me()->clock_reads;
    if (reads <= BUSY_READS)
        return;
    op_with((uint64_t)reads);
    compute_for(BUSY_NS, pc);
    me()->clock_reads = reads;
}

/* With the hostile clock time passes whenever a sleeper wakes, so what a clock shows depends on the order. */
void clock_point(uint64_t pc)
{
    if (!engine.set.hostile || me()->quiet)
        return;
    int reads = me()->clock_reads;
    step(EVENT_CLOCK, &engine.run.now, always);
    me()->clock_reads = reads;
    record(EVENT_CLOCK, NULL, (uint64_t)engine.run.now, pc);
}

static int64_t read_clock(uint64_t pc)
{
    busy_wait(pc);
    engine.run.used_time = true;
    clock_point(pc);
    spin_effect(me());
    if (!engine.set.hostile)
        record(EVENT_CLOCK, NULL, (uint64_t)engine.run.now, pc);
    return engine.run.now;
}

/* Only lab_work needs a core for a while; everything else computes in no time. */
static int64_t cpu_time(clockid_t clock)
{
    int64_t sum = 0;
    for (int i = 0; clock != CLOCK_THREAD_CPUTIME_ID && i < engine.run.thread_count; i++)
        if (engine.threads[i].process == me()->process)
            sum += engine.threads[i].worked;
    return clock == CLOCK_THREAD_CPUTIME_ID ? me()->worked : sum;
}

/* In ns since the beginning of that clock's time. */
static int64_t time_of(clockid_t clock, uint64_t pc)
{
    int64_t epoch = 0, now = read_clock(pc);
    epoch_of(clock, &epoch);
    return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID ? cpu_time(clock) : now + epoch;
}

void __wrap_lab_jump_wall_clock(long ms);
void __wrap_lab_jump_wall_clock(long ms)
{
    ENTER(CALLER);
    engine.run.wall_jump += ms * INT64_C(1000000);
    engine.run.undigested = true;
}

bool time_has_clock(clockid_t clock)
{
    int64_t epoch;
    return epoch_of(clock, &epoch);
}

void time_now(clockid_t clock, struct timespec *out, uint64_t pc)
{
    int64_t ns = time_of(clock, pc);
    *out = (struct timespec){ns / 1000000000, ns % 1000000000};
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out)
{
    ENTER(CALLER);
    if (!time_has_clock(clock))
        return learner_errno(EINVAL);
    access_range(out, sizeof *out, true, CALLER);
    time_now(clock, out, CALLER);
    return 0;
}

int __wrap_gettimeofday(struct timeval *out, void *zone);
int __wrap_gettimeofday(struct timeval *out, void *zone)
{
    (void)zone;
    ENTER(CALLER);
    access_range(out, sizeof *out, true, CALLER);
    int64_t us = time_of(CLOCK_REALTIME, CALLER) / 1000;
    *out = (struct timeval){us / 1000000, us % 1000000};
    return 0;
}

time_t __wrap_time(time_t *out);
time_t __wrap_time(time_t *out)
{
    ENTER(CALLER);
    time_t now = time_of(CLOCK_REALTIME, CALLER) / 1000000000;
    if (out) {
        access_range(out, sizeof *out, true, CALLER);
        *out = now;
    }
    return now;
}

clock_t __wrap_clock(void);
clock_t __wrap_clock(void)
{
    ENTER(CALLER);
    return (clock_t)(time_of(CLOCK_PROCESS_CPUTIME_ID, CALLER) / (1000000000 / CLOCKS_PER_SEC));
}

/* ---- lab_brew, lab_work ------------------------------------------------------------ */

void __wrap_lab_brew(long ms);
void __wrap_lab_brew(long ms)
{
    ENTER(CALLER);
    sleep_for((int64_t)ms * 1000000, CALLER);
}

static bool core_free(const struct thread *t)
{
    (void)t;
    return engine.run.busy_cores < engine.set.cores;
}

/* Who gets a core depends on who asked before, but only if there can be more who ask than cores: as long as no more
 * threads than that compute in the whole run, none of them ever waits for one. */
static void asks_for_core(int tid)
{
    engine.run.computed |= UINT64_C(1) << tid;
    if (__builtin_popcountll(engine.run.computed) > engine.set.cores)
        engine.run.observed = true;
}

void __wrap_lab_work(long ms);
void __wrap_lab_work(long ms)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    asks_for_core(me()->tid);
    step2(EVENT_WORK, NULL, NULL, (uint64_t)ms * 1000000, core_free);
    engine.run.busy_cores++;
    record(EVENT_WORK, NULL, (uint64_t)ms * 1000000, pc);
    compute_for((int64_t)ms * 1000000, pc);
    engine.run.busy_cores--;
}

long lab_elapsed_ms(void) { return (long)((engine.run.now - START_CLOCK_NS) / 1000000); }
