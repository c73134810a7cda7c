/* wait: waiting for what becomes of a child: that it ended, or, where that is asked for, that it was stopped or goes on.
 *
 * A child that ended is a zombie until its parent waits for it. Which of several the wait for any child takes is
 * a choice. Waiting for the end of one child commutes with all that others do, as a join does.
 *
 * op.value: which child, + 1 (0: any), and above WANTED what is wanted of it, where that is not only its end.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define WANTED 16
#define WHICH ((UINT64_C(1) << WANTED) - 1)
#define STRANGER (MAX_THREADS + 1) /* nobody's number + 1: never a child of the one who waits */

struct answer { /* about a child */
    int child, news, status;
};

static int news_wanted(const struct thread *t) { return t->op.value >> WANTED ? (int)(t->op.value >> WANTED) : WEXITED; }

/* Of one that has ended there will be no other news. */
static bool is_target(const struct thread *t, int child)
{
    const struct process *c = &processes[child];
    bool may = c->state == PROCESS_RUNS || (c->state == PROCESS_ENDED && news_wanted(t) & WEXITED);
    return c->parent == t->process && may && (wait_child(t) < 0 || wait_child(t) == child);
}

static int news_of(const struct process *c) { return c->state == PROCESS_ENDED ? WEXITED : c->news; }

static int count_targets(const struct thread *t, bool with_news)
{
    int n = 0;
    for (int i = 0; i < process_count; i++)
        n += is_target(t, i) && (!with_news || news_of(&processes[i]) & news_wanted(t));
    return n;
}

static bool can_wait(const struct thread *t) { return count_targets(t, true) > 0 || !count_targets(t, false); }

int wait_choices(const struct thread *t)
{
    int n = count_targets(t, true);
    return n ? n : 1;
}

int wait_child(const struct thread *t) { return (int)(t->op.value & WHICH) - 1; }

bool wait_is_for(const struct thread *t, int child)
{
    return t->op.kind == EVENT_WAIT && t->op.value == (uint64_t)child + 1 && t->op.enabled == can_wait;
}

/* The k-th child there is news of; -1: none. */
static int choose_child(const struct thread *t, int k)
{
    for (int i = 0; i < process_count; i++)
        if (is_target(t, i) && news_of(&processes[i]) & news_wanted(t) && k-- == 0)
            return i;
    return -1;
}

static struct answer take(int child, bool leave, uint64_t pc)
{
    struct process *c = &processes[child];
    struct answer a = {child, news_of(c), c->state == PROCESS_ENDED ? c->status : c->news_status};
    hb_acquire(c->ending);
    if (!leave) {
        if (c->state == PROCESS_ENDED)
            c->state = PROCESS_GONE;
        c->news = 0;
        mine()->family_changes++;
        spin_effect(me());
    }
    record(EVENT_WAIT, NULL, (uint64_t)c->leader, pc);
    return a;
}

/* options as of waitid. False: errno is set. True with child -1: nothing yet, and the caller does not wait. */
static bool wait_for(pid_t pid, int options, struct answer *ret, uint64_t pc)
{
    int child = pid > 0 ? process_with(pid) : -1, wanted = options & (WEXITED | WUNTRACED | WCONTINUED);
    bool stranger = pid > 0 && (child < 0 || processes[child].parent != me()->process), waits = !(options & WNOHANG);
    uint64_t target = stranger ? STRANGER : pid > 0 ? (uint64_t)child + 1 : 0;
    if (wanted != WEXITED || options & WNOWAIT)
        target |= (uint64_t)wanted << WANTED;
    ret->child = -1;
    op_with((uint64_t)options);
    me()->yielded |= !waits; /* it looks only at what others do */
    if (!kernel_step(EVENT_WAIT, NULL, target, NEVER, stranger || !waits ? always : can_wait))
        return false;
    int found = choose_child(me(), kernel_variant());
    if (found >= 0) {
        *ret = take(found, options & WNOWAIT, pc);
        return true;
    }
    record(EVENT_WAIT, NULL, UINT64_MAX, pc);
    if (count_targets(me(), false))
        return true;
    learner_errno(ECHILD);
    return false;
}

static void refuse_groups(uint64_t pc)
{
    fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "the lab has no process groups to wait for");
}

/* ---- wait, waitpid, wait3, wait4 ------------------------------------------------------------------ */

/* What it had of a core; the rest costs nothing here. */
static void tell_usage(struct rusage *usage, int child, uint64_t pc)
{
    int64_t ns = 0;
    access_range(usage, sizeof *usage, true, pc);
    for (int i = 0; i < engine.run.thread_count; i++)
        ns += engine.threads[i].process == child ? engine.threads[i].worked : 0;
    memset(usage, 0, sizeof *usage);
    usage->ru_utime.tv_sec = ns / 1000000000;
    usage->ru_utime.tv_usec = ns / 1000 % 1000000;
}

static pid_t wait_old(pid_t pid, int *status, int options, struct rusage *usage, uint64_t pc)
{
    struct answer a;
    if (options & ~(WNOHANG | WUNTRACED | WCONTINUED))
        return learner_errno(EINVAL);
    if (pid < -1)
        refuse_groups(pc);
    if (!wait_for(pid, options | WEXITED, &a, pc))
        return -1;
    if (a.child < 0)
        return 0;
    if (status) {
        access_range(status, sizeof *status, true, pc);
        *status = a.status;
    }
    if (usage)
        tell_usage(usage, a.child, pc);
    return process_pid_of(a.child);
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options);
pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
    ENTER(CALLER);
    return wait_old(pid, status, options, NULL, CALLER);
}

pid_t __wrap_wait(int *status);
pid_t __wrap_wait(int *status)
{
    ENTER(CALLER);
    return wait_old(-1, status, 0, NULL, CALLER);
}

pid_t __wrap_wait3(int *status, int options, struct rusage *usage);
pid_t __wrap_wait3(int *status, int options, struct rusage *usage)
{
    ENTER(CALLER);
    return wait_old(-1, status, options, usage, CALLER);
}

pid_t __wrap_wait4(pid_t pid, int *status, int options, struct rusage *usage);
pid_t __wrap_wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    ENTER(CALLER);
    return wait_old(pid, status, options, usage, CALLER);
}

/* ---- waitid ---------------------------------------------------------------------------------------- */

static int code_of(int news, int status)
{
    return news == WCONTINUED ? CLD_CONTINUED : news == WUNTRACED ? CLD_STOPPED
           : WIFEXITED(status) ? CLD_EXITED : WCOREDUMP(status) ? CLD_DUMPED : CLD_KILLED;
}

static int status_of(int news, int status)
{
    return news == WCONTINUED ? SIGCONT : news == WUNTRACED ? WSTOPSIG(status) : WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

struct signal_origin origin_child(const struct process *p, int news, int status)
{
    return (struct signal_origin){code_of(news, status), process_pid_of((int)(p - processes)), status_of(news, status)};
}

static void tell(siginfo_t *info, const struct answer *a, uint64_t pc)
{
    access_range(info, sizeof *info, true, pc);
    memset(info, 0, sizeof *info);
    if (a->child < 0)
        return;
    info->si_signo = SIGCHLD;
    struct signal_origin o = origin_child(&processes[a->child], a->news, a->status);
    info->si_code = o.code;
    info->si_pid = o.pid;
    info->si_uid = LEARNER_UID;
    info->si_status = o.status;
}

int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct answer a;
    if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED) || !(options & (WEXITED | WSTOPPED | WCONTINUED)))
        return learner_errno(EINVAL);
    if (type == P_PGID && id)
        refuse_groups(pc);
    if (type != P_ALL && type != P_PGID && (type != P_PID || (int)id <= 0))
        return learner_errno(EINVAL);
    if (!wait_for(type == P_PID ? (pid_t)id : -1, options, &a, pc))
        return -1;
    if (info)
        tell(info, &a, pc);
    return 0;
}
