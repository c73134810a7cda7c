/* signals: the part of <signal.h> that programs with threads are built on: a mask a thread, signals sent to
 * a thread, and waiting for them. Those sent to a process are in kernel/kill.c, handlers in kernel/handler.c.
 *
 * What commutes: nothing that concerns one thread's signals. A thread's mask, what is pending for it and
 * its waiting stand for one object, at an address of its own.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static void *signals_of(const struct thread *t) { return (char *)library_place(LIBRARY_SIGNALS) + 8 * t->tid; }
static bool is_signal(int sig) { return sig >= 1 && sig <= 64; }

uint64_t signals_in(const sigset_t *set)
{
    uint64_t bits = 0;
    for (int sig = 1; sig <= 64; sig++)
        if (sigismember(set, sig) == 1)
            bits |= signal_bit(sig);
    return bits;
}

void signals_fill(sigset_t *set, uint64_t bits)
{
    sigemptyset(set);
    for (int sig = 1; sig <= 64; sig++)
        if (bits & signal_bit(sig))
            sigaddset(set, sig);
}

void signal_publish(const struct thread *t) { hb_release(object_get(signals_of(t), OBJECT_ATOMIC)->vc); }

/* ---- masks ---------------------------------------------------------------------------- */

static uint64_t new_mask(uint64_t old, int how, uint64_t bits)
{
    uint64_t mask = how == SIG_BLOCK ? old | bits : how == SIG_UNBLOCK ? old & ~bits : bits;
    return mask & ~(signal_bit(SIGKILL) | signal_bit(SIGSTOP));
}

/* One that arrives, is not blocked and has no handler. pc: where that came about. */
static void act(struct thread *t, int sig, enum reason reason, uint64_t pc)
{
    enum effect effect = signal_effect(t->process, sig);
    if (sig == SIGCONT)
        process_signalled(t->process, sig, origin_here(SI_TKILL), pc);
    else if (effect == EFFECT_STOP)
        process_stop(t->process, sig);
    else if (effect == EFFECT_END && t->process)
        process_killed(t->process, sig, pc);
    else if (effect == EFFECT_END)
        fail(.reason = reason, .other = reason == REASON_SIGNAL_ENDS ? t->tid + 1 : 0, .value = (uint64_t)sig, .pc = pc);
}

/* Pending signals that are no longer blocked arrive now. */
static void let_in(struct thread *t, uint64_t pc)
{
    for (int sig = 1; sig <= 64; sig++)
        if ((t->sig_pending | process_pending(t->process)) & ~t->sig_blocked & signal_bit(sig) &&
            signal_effect(t->process, sig) != EFFECT_HANDLER) {
            t->sig_pending &= ~signal_bit(sig);
            process_take(t->process, sig);
            act(t, sig, REASON_SIGNAL_UNBLOCKED, pc);
        }
}

/* lent: for a wait, which takes the signals that get in. */
static int change_mask(int how, const sigset_t *set, sigset_t *old, bool lent, uint64_t pc)
{
    struct thread *t = me();
    engine.run.undigested = true;
    if (set && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
        return EINVAL;
    if (set)
        access_range(set, sizeof *set, false, pc);
    step(EVENT_SIGMASK, signals_of(t), always);
    record(EVENT_SIGMASK, signals_of(t), 0, pc);
    if (old) {
        access_range(old, sizeof *old, true, pc);
        signals_fill(old, t->sig_blocked);
    }
    if (!set)
        return 0;
    t->sig_blocked = new_mask(t->sig_blocked, how, signals_in(set));
    let_in(t, pc);
    if (!lent)
        handlers_run(pc);
    return 0;
}

int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    ENTER(CALLER);
    return change_mask(how, set, old, false, CALLER);
}

int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
    ENTER(CALLER);
    int error = change_mask(how, set, old, false, CALLER);
    return error ? learner_errno(error) : 0;
}

void signals_block(const sigset_t *set) { me()->sig_blocked = new_mask(0, SIG_SETMASK, signals_in(set)); }

/* ---- sending --------------------------------------------------------------------------- */

/* Of a real-time signal the system keeps as many as were sent. */
void signal_keep(uint64_t *pending, int sig, uint64_t pc)
{
    if (*pending & signal_bit(sig) && sig >= SIGRTMIN)
        fail(.reason = REASON_LIMIT, .detail = "the lab keeps one real-time signal of a number at a time, and has no queue for more", .pc = pc);
    *pending |= signal_bit(sig);
}

int signal_send(struct thread *t, int sig, uint64_t pc)
{
    engine.run.undigested = true;
    step2(EVENT_SENDSIG, signals_of(t), NULL, (uint64_t)sig, always);
    record(EVENT_SENDSIG, signals_of(t), (uint64_t)t->tid, pc);
    signal_publish(t);
    if (t->ended)
        return 0;
    bool held = t->sig_blocked & signal_bit(sig) || (t->op.kind == EVENT_SIGWAIT && t->op.value & signal_bit(sig));
    if (held || signal_effect(t->process, sig) == EFFECT_HANDLER) {
        signal_keep(&t->sig_pending, sig, pc);
        handler_sent(t->process, sig, true);
    } else {
        act(t, sig, REASON_SIGNAL_ENDS, pc);
    }
    if (t == me())
        handlers_run(pc);
    return 0;
}

int __wrap_pthread_kill(pthread_t id, int sig);
int __wrap_pthread_kill(pthread_t id, int sig)
{
    ENTER(CALLER);
    struct thread *t = thread_of(id);
    engine.run.observed |= t && t->ended; /* it depends on who was joined by now */
    engine.run.used_cancel |= t && t->ended;
    if (!t || t->joined || (t->ended && t->detached))
        fail(.reason = REASON_SIGNAL_UNKNOWN, .pc = CALLER);
    if (sig == 0)
        return 0;
    return is_signal(sig) ? signal_send(t, sig, CALLER) : EINVAL;
}

int __wrap_raise(int sig);
int __wrap_raise(int sig)
{
    ENTER(CALLER);
    if (sig == SIGABRT && !me()->process && signal_effect(0, sig) == EFFECT_END)
        fail(.reason = REASON_ABORT, .pc = CALLER);
    return sig == 0 ? 0 : is_signal(sig) ? signal_send(me(), sig, CALLER) : learner_errno(EINVAL);
}

/* ---- taking, and waiting ---------------------------------------------------------------------- */

/* Those for its process are published where its first thread's are. */
static void observe(const struct thread *t)
{
    hb_acquire(object_get(signals_of(t), OBJECT_ATOMIC)->vc);
    hb_acquire(object_get(signals_of(&engine.threads[process_leader(t->process)]), OBJECT_ATOMIC)->vc);
}

int signal_first(const struct thread *t, uint64_t among)
{
    uint64_t own = t->sig_pending & among;
    return __builtin_ctzll(own ? own : process_pending(t->process) & among) + 1;
}

int signal_take(struct thread *t, uint64_t among)
{
    int sig = signal_first(t, among);
    if (t->sig_pending & signal_bit(sig)) {
        t->sig_pending &= ~signal_bit(sig);
        t->taken = origin_here(SI_TKILL);
    } else
        t->taken = process_take(t->process, sig);
    observe(t);
    return sig;
}

static bool has_come(const struct thread *t) { return (t->sig_pending | process_pending(t->process)) & t->op.value; }
static bool has_come_or_late(const struct thread *t) { return has_come(t) || deadline_passed(t); }

/* Waits; what is for the whole process may be taken by another thread of it. False: a handler broke it off. */
static bool wait_step(uint64_t bits, int64_t deadline, enum breaks breaks)
{
    struct thread *t = me();
    engine.run.undigested = true;
    engine.run.used_time |= deadline != NEVER;
    if (bits & ~t->sig_blocked) { /* until it waits, what comes finds nobody who blocks it or waits for it */
        step(EVENT_SIGMASK, signals_of(t), always);
        record(EVENT_SIGMASK, signals_of(t), 0, t->op.pc);
    }
    t->deadline = deadline;
    t->breaks = breaks;
    step2(EVENT_SIGWAIT, signals_of(t), NULL, bits, deadline == NEVER ? has_come : has_come_or_late);
    t->deadline = NEVER;
    t->breaks = BREAKS_NOT;
    cancel_point();
    return !call_broken();
}

/* The signal that came; 0: the deadline did; -1: EINTR. */
static int wait_for(const sigset_t *set, int64_t deadline, enum breaks breaks, uint64_t pc)
{
    struct thread *t = me();
    access_range(set, sizeof *set, false, pc);
    if (!wait_step(signals_in(set), deadline, breaks))
        return -1;
    record(EVENT_SIGWAIT, signals_of(t), 0, pc);
    return has_come(t) ? signal_take(t, t->op.value) : 0;
}

int __wrap_sigwait(const sigset_t *set, int *sig);
int __wrap_sigwait(const sigset_t *set, int *sig)
{
    ENTER(CALLER);
    int got = wait_for(set, NEVER, BREAKS_NOT, CALLER);
    access_range(sig, sizeof *sig, true, CALLER);
    *sig = got;
    return 0;
}

void signal_fill(siginfo_t *info, int sig, const struct signal_origin *from)
{
    memset(info, 0, sizeof *info);
    info->si_signo = sig;
    info->si_code = from->code;
    if (sig == SIGCHLD)
        info->si_status = from->status;
    info->si_pid = from->pid;
    info->si_uid = from->pid ? LEARNER_UID : 0;
}

static void tell(siginfo_t *info, int sig, uint64_t pc)
{
    if (!info)
        return;
    access_range(info, sizeof *info, true, pc);
    signal_fill(info, sig, &me()->taken);
}

int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    ENTER(CALLER);
    int sig = wait_for(set, NEVER, BREAKS, CALLER);
    if (sig > 0)
        tell(info, sig, CALLER);
    return sig;
}

int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *span);
int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *span)
{
    ENTER(CALLER);
    access_range(span, sizeof *span, false, CALLER);
    if (!time_good(span))
        return learner_errno(EINVAL);
    int sig = wait_for(set, time_after(engine.run.now, time_ns(span)), BREAKS, CALLER);
    if (sig <= 0)
        return sig ? sig : learner_errno(EAGAIN);
    tell(info, sig, CALLER);
    return sig;
}

int __wrap_pause(void);
int __wrap_pause(void)
{
    ENTER(CALLER);
    me()->too_early = false;
    wait_step(0, NEVER, BREAKS);
    return -1;
}

void signals_lend(const sigset_t *set, uint64_t *ret_old, uint64_t pc)
{
    *ret_old = me()->sig_blocked;
    if (!set)
        return;
    change_mask(SIG_SETMASK, set, NULL, true, pc);
    me()->mask_lent = true;
}

void signals_return(uint64_t old, uint64_t pc)
{
    if (!me()->mask_lent)
        return;
    me()->mask_lent = false;
    me()->sig_blocked = old;
    let_in(me(), pc);
    int error = *learner_errno_at(); /* of the call, which returns after the handlers have run */
    handlers_run(pc);
    *learner_errno_at() = error;
}

int __wrap_sigsuspend(const sigset_t *set);
int __wrap_sigsuspend(const sigset_t *set)
{
    uint64_t old;
    ENTER(CALLER);
    signals_lend(set, &old, CALLER);
    wait_step(0, NEVER, BREAKS);
    signals_return(old, CALLER);
    return -1;
}

int __wrap_sigpending(sigset_t *set);
int __wrap_sigpending(sigset_t *set)
{
    ENTER(CALLER);
    step(EVENT_SIGMASK, signals_of(me()), always);
    record(EVENT_SIGMASK, signals_of(me()), 0, CALLER);
    access_range(set, sizeof *set, true, CALLER);
    signals_fill(set, (me()->sig_pending | process_pending(me()->process)) & me()->sig_blocked);
    return 0;
}

/* ---- sets: bits in the learner's memory ------------------------------------------------------ */

#define SET(name, write, ...)                                                                      \
    int __wrap_##name(__VA_ARGS__);                                                                \
    int __wrap_##name(__VA_ARGS__)                                                                 \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        access_range(set, sizeof *set, write, CALLER);                                             \
        int error = CALL_##name;                                                                   \
        return error < 0 ? learner_errno(EINVAL) : error;                                          \
    }
#define CALL_sigemptyset sigemptyset(set)
#define CALL_sigfillset sigfillset(set)
#define CALL_sigaddset sigaddset(set, sig)
#define CALL_sigdelset sigdelset(set, sig)
#define CALL_sigismember sigismember(set, sig)
SET(sigemptyset, true, sigset_t *set)
SET(sigfillset, true, sigset_t *set)
SET(sigaddset, true, sigset_t *set, int sig)
SET(sigdelset, true, sigset_t *set, int sig)
SET(sigismember, false, const sigset_t *set, int sig)
