/* scheduling: names, priorities, processors: what a program may ask and set about how its threads run.
 *
 * Setting is accepted, checked as the system checks it, and told back. It changes nothing here: which thread
 * runs is the schedule's choice, whatever its priority and wherever it may run. These settings are
 * a thread's own and no program's result should hang on them, so none is a step.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static struct thread *living(pthread_t id, uint64_t pc)
{
    struct thread *t = thread_of(id);
    if (!t || t->joined || (t->ended && t->detached))
        fail(.reason = REASON_RULE, .detail = "this thread id belongs to no thread, or no longer", .pc = pc);
    return t;
}

/* ---- names ------------------------------------------------------------------------- */

DECLARE(int, __wrap_pthread_setname_np, pthread_t id, const char *name)
{
    ENTER(CALLER);
    struct thread *t = living(id, CALLER);
    size_t n = access_string(name, 16, CALLER);
    if (n > 15)
        return ERANGE;
    memcpy(t->name, name, n + 1);
    return 0;
}

DECLARE(int, __wrap_pthread_getname_np, pthread_t id, char *name, size_t room)
{
    ENTER(CALLER);
    const struct thread *t = living(id, CALLER);
    const char *is = *t->name ? t->name : "program";
    if (room < 16 && room < strlen(is) + 1)
        return ERANGE;
    access_range(name, strlen(is) + 1, true, CALLER);
    strcpy(name, is);
    return 0;
}

/* ---- priorities --------------------------------------------------------------------- */

static bool is_policy(int policy)
{
    return policy == SCHED_OTHER || policy == SCHED_FIFO || policy == SCHED_RR || policy == SCHED_BATCH ||
           policy == SCHED_IDLE;
}

/* 0, or why the system would not do it for somebody without privileges. */
static int set_priority(struct thread *t, int policy, int priority)
{
    bool real_time = policy == SCHED_FIFO || policy == SCHED_RR;
    if (!is_policy(policy) || priority < (real_time ? 1 : 0) || priority > (real_time ? 99 : 0))
        return EINVAL;
    if (real_time)
        return EPERM;
    engine.run.undigested = true;
    t->policy = policy;
    return 0;
}

DECLARE(int, __wrap_pthread_setschedparam, pthread_t id, int policy, const struct sched_param *param)
{
    ENTER(CALLER);
    access_range(param, sizeof *param, false, CALLER);
    return set_priority(living(id, CALLER), policy, param->sched_priority);
}

DECLARE(int, __wrap_pthread_getschedparam, pthread_t id, int *policy, struct sched_param *param)
{
    ENTER(CALLER);
    const struct thread *t = living(id, CALLER);
    access_range(policy, sizeof *policy, true, CALLER);
    access_range(param, sizeof *param, true, CALLER);
    *policy = t->policy;
    memset(param, 0, sizeof *param);
    return 0;
}

DECLARE(int, __wrap_pthread_setschedprio, pthread_t id, int priority)
{
    ENTER(CALLER);
    struct thread *t = living(id, CALLER);
    return set_priority(t, t->policy, priority);
}

DECLARE(int, __wrap_sched_setscheduler, int pid, int policy, const struct sched_param *param)
{
    ENTER(CALLER);
    (void)pid;
    access_range(param, sizeof *param, false, CALLER);
    int error = set_priority(me(), policy, param->sched_priority);
    return error ? learner_errno(error) : 0;
}

DECLARE(int, __wrap_sched_setparam, int pid, const struct sched_param *param)
{
    ENTER(CALLER);
    (void)pid;
    access_range(param, sizeof *param, false, CALLER);
    int error = set_priority(me(), me()->policy, param->sched_priority);
    return error ? learner_errno(error) : 0;
}

DECLARE(int, __wrap_sched_getscheduler, int pid) { (void)pid; return me()->policy; }

DECLARE(int, __wrap_sched_getparam, int pid, struct sched_param *param)
{
    ENTER(CALLER);
    (void)pid;
    access_range(param, sizeof *param, true, CALLER);
    memset(param, 0, sizeof *param);
    return 0;
}

/* ---- processors: as many as there are virtual cores ------------------------------------ */

static uint64_t all_cores(void) { return (UINT64_C(1) << engine.set.cores) - 1; }

static uint64_t cores_in(size_t size, const cpu_set_t *set)
{
    uint64_t bits = 0;
    for (int i = 0; i < engine.set.cores && i < 64; i++)
        if (CPU_ISSET_S((size_t)i, size, set))
            bits |= UINT64_C(1) << i;
    return bits;
}

static int set_cores(struct thread *t, size_t size, const cpu_set_t *set, uint64_t pc)
{
    access_range(set, size, false, pc);
    uint64_t cores = cores_in(size, set);
    if (!cores)
        return EINVAL;
    engine.run.undigested = true;
    t->cores = cores;
    return 0;
}

static int get_cores(const struct thread *t, size_t size, cpu_set_t *set, uint64_t pc)
{
    if (size < sizeof(unsigned long))
        return EINVAL;
    access_range(set, size, true, pc);
    CPU_ZERO_S(size, set);
    for (int i = 0; i < 64; i++)
        if ((t->cores ? t->cores : all_cores()) >> i & 1)
            CPU_SET_S((size_t)i, size, set);
    return 0;
}

DECLARE(int, __wrap_pthread_setaffinity_np, pthread_t id, size_t size, const cpu_set_t *set)
{
    ENTER(CALLER);
    return set_cores(living(id, CALLER), size, set, CALLER);
}
DECLARE(int, __wrap_pthread_getaffinity_np, pthread_t id, size_t size, cpu_set_t *set)
{
    ENTER(CALLER);
    return get_cores(living(id, CALLER), size, set, CALLER);
}
DECLARE(int, __wrap_sched_setaffinity, int pid, size_t size, const cpu_set_t *set)
{
    ENTER(CALLER);
    (void)pid;
    int error = set_cores(me(), size, set, CALLER);
    return error ? learner_errno(error) : 0;
}
DECLARE(int, __wrap_sched_getaffinity, int pid, size_t size, cpu_set_t *set)
{
    ENTER(CALLER);
    (void)pid;
    int error = get_cores(me(), size, set, CALLER);
    return error ? learner_errno(error) : 0;
}
DECLARE(int, __wrap___sched_cpucount, size_t size, const cpu_set_t *set)
{
    ENTER(CALLER);
    access_range(set, size, false, CALLER);
    return CPU_COUNT_S(size, set);
}

/* The first core the thread may use. */
DECLARE(int, __wrap_sched_getcpu, void) { return me()->cores ? __builtin_ctzll(me()->cores) : 0; }

static long ask_system(int name)
{
    bool cores = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
    return cores ? engine.set.cores : sysconf(name);
}
DECLARE(long, __wrap_sysconf, int name) { return ask_system(name); }
DECLARE(long, __wrap___sysconf, int name) { return ask_system(name); } /* what PTHREAD_STACK_MIN calls */
DECLARE(int, __wrap_get_nprocs, void) { return engine.set.cores; }
DECLARE(int, __wrap_get_nprocs_conf, void) { return engine.set.cores; }

/* ---- concurrency: a hint the system keeps and ignores ------------------------------------ */

DECLARE(int, __wrap_pthread_setconcurrency, int level)
{
    ENTER(CALLER);
    if (level < 0)
        return EINVAL;
    engine.run.concurrency = level;
    return 0;
}
DECLARE(int, __wrap_pthread_getconcurrency, void) { return engine.run.concurrency; }

DECLARE(int, __wrap_pthread_getcpuclockid, pthread_t id, clockid_t *clock)
{
    ENTER(CALLER);
    living(id, CALLER);
    access_range(clock, sizeof *clock, true, CALLER);
    *clock = CLOCK_THREAD_CPUTIME_ID;
    return 0;
}
