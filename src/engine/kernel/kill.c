/* kill: signals sent to a process, for whichever of its threads does not block them; what they do where there is no
 * handler; stopping and going on. The threads' own are in sync/signals.c, handlers in handler.c.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <sys/wait.h>

#include "engine/kernel/kernel.h"

uint64_t process_pending(int process) { return processes[process].pending; }
struct signal_origin process_take(int process, int sig)
{
    processes[process].pending &= ~signal_bit(sig);
    return processes[process].origins[sig - 1];
}

struct signal_origin origin_here(int code) { return (struct signal_origin){code, process_pid(), 0}; }

static bool does_nothing(int sig) { return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH; }
static bool stops(int sig) { return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU; }

enum effect signal_effect(int process, int sig)
{
    const struct process *p = &processes[process];
    if (sig == SIGKILL)
        return EFFECT_END;
    if (sig != SIGSTOP && p->handled & signal_bit(sig))
        return EFFECT_HANDLER;
    if (sig != SIGSTOP && p->ignored & signal_bit(sig))
        return EFFECT_NONE;
    return stops(sig) ? EFFECT_STOP : sig == SIGCONT ? EFFECT_CONTINUE : does_nothing(sig) ? EFFECT_NONE : EFFECT_END;
}

/* ---- stopping and going on ---------------------------------------------------------------------- */

static void tell_parent(struct process *p, int news, int status)
{
    p->news = news;
    p->news_status = status;
    if (p->parent < 0)
        return;
    processes[p->parent].family_changes++;
    if (!(processes[p->parent].actions[SIGCHLD - 1].flags & SA_NOCLDSTOP))
        process_signalled(p->parent, SIGCHLD, origin_child(p, news, status), me()->op.pc);
}

void process_stop(int process, int sig)
{
    struct process *p = &processes[process];
    if (!p->stopped)
        tell_parent(p, WUNTRACED, sig << 8 | 0x7f);
    p->stopped = engine.run.stops = true;
}

static void process_continue(int process)
{
    struct process *p = &processes[process];
    if (p->stopped)
        tell_parent(p, WCONTINUED, 0xffff);
    p->stopped = false;
}

/* ---- arriving ---------------------------------------------------------------------------------------- */

/* A thread that does not block it, and does not wait for it in sigwait either. */
static const struct thread *listener(int process, int sig)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        bool waits = t->op.kind == EVENT_SIGWAIT && t->op.value & signal_bit(sig);
        if (t->process == process && t->alive && !t->ended && !waits && !(t->sig_blocked & signal_bit(sig)))
            return t;
    }
    return NULL;
}

static void end_of(int process, int sig, bool sent, uint64_t pc)
{
    if (process || sig == SIGKILL)
        process_killed(process, sig, pc);
    else if (sig == SIGALRM && !sent)
        fail(.reason = REASON_ALARM_ENDS, .pc = pc);
    else
        fail(.reason = REASON_SIGNAL_ENDS, .other = processes[process].leader + 1, .value = (uint64_t)sig, .pc = pc);
}

/* sent: by the running thread. What is pending already keeps its origin. */
static void arrive(int process, int sig, bool sent, struct signal_origin from, uint64_t pc)
{
    struct process *p = &processes[process];
    enum effect effect = signal_effect(process, sig);
    if (p->state != PROCESS_RUNS)
        return;
    engine.run.undigested = true;
    if (sent)
        signal_publish(&engine.threads[p->leader]);
    if (sig == SIGCONT)
        process_continue(process);
    bool held = sig != SIGKILL && sig != SIGSTOP && !listener(process, sig);
    if (held || effect == EFFECT_HANDLER) {
        if (!(p->pending & signal_bit(sig)))
            p->origins[sig - 1] = from;
        signal_keep(&p->pending, sig, pc);
        handler_sent(process, sig, sent);
    } else if (effect == EFFECT_STOP)
        process_stop(process, sig);
    else if (effect == EFFECT_END)
        end_of(process, sig, sent, pc);
}

void process_signalled(int process, int sig, struct signal_origin from, uint64_t pc) { arrive(process, sig, true, from, pc); }
void process_rung(int process, uint64_t pc) { arrive(process, SIGALRM, false, (struct signal_origin){.code = SI_KERNEL}, pc); }

/* Whoever sends itself a signal that nobody else may take has had it when the call returns. */
static void take_own(int process, uint64_t pc)
{
    if (process != me()->process)
        return;
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (t != me() && t->process == process && t->alive && !t->ended && processes[process].pending & ~t->sig_blocked)
            return;
    }
    handlers_run(pc);
}

int process_signal(int target, int sig, uint64_t pc)
{
    engine.run.undigested = true;
    engine.run.used_trylock |= target != me()->process; /* it matters what the other one holds, as for a try */
    spin_effect(me());
    step2(EVENT_KILL, NULL, NULL, (uint64_t)target, always);
    record(EVENT_KILL, NULL, (uint64_t)processes[target].leader, pc);
    if (processes[target].state == PROCESS_GONE)
        return learner_errno(ESRCH);
    if (sig) {
        process_signalled(target, sig, origin_here(SI_USER), pc);
        take_own(target, pc);
    }
    return 0;
}

int __wrap_kill(pid_t pid, int sig);
int __wrap_kill(pid_t pid, int sig)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (pid <= 0)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "the lab has no process groups to send signals to");
    int target = process_with(pid);
    if (sig < 0 || sig > 64 || target < 0)
        return learner_errno(target < 0 ? ESRCH : EINVAL);
    return process_signal(target, sig, pc);
}

/* To the thread that wrote, as if it had sent it itself. */
void signal_broken_pipe(uint64_t pc)
{
    enum effect effect = signal_effect(me()->process, SIGPIPE);
    if (effect == EFFECT_HANDLER || me()->sig_blocked & signal_bit(SIGPIPE)) {
        engine.run.undigested = true;
        signal_publish(me());
        signal_keep(&me()->sig_pending, SIGPIPE, pc);
        handler_sent(me()->process, SIGPIPE, true);
        handlers_run(pc);
    } else if (effect != EFFECT_NONE) {
        if (me()->process == 0)
            fail(.reason = REASON_BROKEN_PIPE, .pc = pc);
        process_killed(me()->process, SIGPIPE, pc);
    }
}
