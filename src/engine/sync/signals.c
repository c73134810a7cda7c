/* signals: the part of <signal.h> that programs with threads are built on: a mask a thread, signals sent to
 * a thread, and waiting for them with sigwait. A signal that its thread does not block ends the program,
 * as the system does where there is no handler; handlers are not followed (calls.def refuses them).
 *
 * What commutes: nothing that concerns one thread's signals. A thread's mask, what is pending for it and
 * its waiting stand for one object, at an address of its own.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static void *signals_of(const struct thread *t) { return (char *)library_memory(LIBRARY_SIGNALS) + 8 * t->tid; }
static uint64_t bit(int sig) { return UINT64_C(1) << (sig - 1); }
static bool is_signal(int sig) { return sig >= 1 && sig <= 64; }

static uint64_t bits_of(const sigset_t *set)
{
    uint64_t bits = 0;
    for (int sig = 1; sig <= 64; sig++)
        if (sigismember(set, sig) == 1)
            bits |= bit(sig);
    return bits;
}

static void fill(sigset_t *set, uint64_t bits)
{
    sigemptyset(set);
    for (int sig = 1; sig <= 64; sig++)
        if (bits & bit(sig))
            sigaddset(set, sig);
}

static bool ignored_unless_handled(int sig) { return sig == SIGCHLD || sig == SIGCONT || sig == SIGURG || sig == SIGWINCH; }

/* ---- masks ---------------------------------------------------------------------------- */

static uint64_t new_mask(uint64_t old, int how, uint64_t bits)
{
    uint64_t mask = how == SIG_BLOCK ? old | bits : how == SIG_UNBLOCK ? old & ~bits : bits;
    return mask & ~(bit(SIGKILL) | bit(SIGSTOP));
}

/* A pending signal that is no longer blocked arrives now. */
static void let_in(struct thread *t, uint64_t pc)
{
    for (int sig = 1; sig <= 64; sig++)
        if (t->sig_pending & ~t->sig_blocked & bit(sig)) {
            t->sig_pending &= ~bit(sig);
            if (ignored_unless_handled(sig) || process_ignores(t->process, sig))
                continue;
            if (t->process)
                process_killed(t->process, sig, pc);
            else
                fail(.reason = REASON_SIGNAL_UNBLOCKED, .value = (uint64_t)sig, .pc = pc);
        }
}

static int change_mask(int how, const sigset_t *set, sigset_t *old, uint64_t pc)
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
        fill(old, t->sig_blocked);
    }
    if (!set)
        return 0;
    t->sig_blocked = new_mask(t->sig_blocked, how, bits_of(set));
    let_in(t, pc);
    return 0;
}

int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    ENTER(CALLER);
    return change_mask(how, set, old, CALLER);
}

int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
    ENTER(CALLER);
    int error = change_mask(how, set, old, CALLER);
    return error ? learner_errno(error) : 0;
}

void signals_block(const sigset_t *set) { me()->sig_blocked = new_mask(0, SIG_SETMASK, bits_of(set)); }
void signals_default(const sigset_t *set) { process_listen(bits_of(set)); }

/* ---- sending --------------------------------------------------------------------------- */

static void arrive(struct thread *t, int sig, uint64_t pc)
{
    if (t->sig_blocked & bit(sig) || (t->op.kind == EVENT_SIGWAIT && t->op.value & bit(sig)))
        t->sig_pending |= bit(sig);
    else if (ignored_unless_handled(sig) || process_ignores(t->process, sig))
        return;
    else if (t->process)
        process_killed(t->process, sig, pc);
    else
        fail(.reason = REASON_SIGNAL_ENDS, .other = t->tid + 1, .value = (uint64_t)sig, .pc = pc);
}

void signal_arrive(struct thread *t, int sig, uint64_t pc)
{
    hb_release(object_get(signals_of(t), OBJECT_ATOMIC)->vc);
    arrive(t, sig, pc);
}

int signal_send(struct thread *t, int sig, uint64_t pc)
{
    engine.run.undigested = true;
    step(EVENT_SENDSIG, signals_of(t), always);
    record(EVENT_SENDSIG, signals_of(t), (uint64_t)t->tid, pc);
    hb_release(object_get(signals_of(t), OBJECT_ATOMIC)->vc);
    if (!t->ended)
        arrive(t, sig, pc);
    return 0;
}

int __wrap_pthread_kill(pthread_t id, int sig);
int __wrap_pthread_kill(pthread_t id, int sig)
{
    ENTER(CALLER);
    struct thread *t = thread_of(id);
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
    if (sig == SIGABRT && !me()->process)
        fail(.reason = REASON_ABORT, .pc = CALLER);
    return sig == 0 ? 0 : is_signal(sig) ? signal_send(me(), sig, CALLER) : learner_errno(EINVAL);
}

/* ---- waiting -------------------------------------------------------------------------------- */

static bool has_come(const struct thread *t) { return (t->sig_pending & t->op.value) != 0; }
static bool has_come_or_late(const struct thread *t) { return has_come(t) || deadline_passed(t); }

/* The signal that came; 0: the deadline did. */
static int wait_for(const sigset_t *set, int64_t deadline, uint64_t pc)
{
    struct thread *t = me();
    engine.run.undigested = true;
    access_range(set, sizeof *set, false, pc);
    uint64_t bits = bits_of(set);
    engine.run.used_time |= deadline != NEVER;
    t->deadline = deadline;
    step2(EVENT_SIGWAIT, signals_of(t), NULL, bits, deadline == NEVER ? has_come : has_come_or_late);
    t->deadline = NEVER;
    cancel_point();
    record(EVENT_SIGWAIT, signals_of(t), 0, pc);
    uint64_t come = t->sig_pending & bits;
    if (!come)
        return 0;
    int sig = __builtin_ctzll(come) + 1;
    t->sig_pending &= ~bit(sig);
    hb_acquire(object_get(signals_of(t), OBJECT_ATOMIC)->vc);
    return sig;
}

int __wrap_sigwait(const sigset_t *set, int *sig);
int __wrap_sigwait(const sigset_t *set, int *sig)
{
    ENTER(CALLER);
    int come = wait_for(set, NEVER, CALLER);
    access_range(sig, sizeof *sig, true, CALLER);
    *sig = come;
    return 0;
}

static void tell(siginfo_t *info, int sig, uint64_t pc)
{
    if (!info)
        return;
    access_range(info, sizeof *info, true, pc);
    memset(info, 0, sizeof *info);
    info->si_signo = sig;
    info->si_code = SI_TKILL;
}

int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    ENTER(CALLER);
    int sig = wait_for(set, NEVER, CALLER);
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
    int sig = wait_for(set, engine.run.now + time_ns(span), CALLER);
    if (!sig)
        return learner_errno(EAGAIN);
    tell(info, sig, CALLER);
    return sig;
}

/* Without handlers nothing can end this but the end of the process. */
static int wait_for_end(uint64_t pc)
{
    struct thread *t = me();
    engine.run.undigested = true;
    step2(EVENT_SIGWAIT, signals_of(t), NULL, 0, has_come);
    cancel_point();
    fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "a wait for signal handlers came back, and there are none");
}

int __wrap_pause(void);
int __wrap_pause(void)
{
    ENTER(CALLER);
    return wait_for_end(CALLER);
}

int __wrap_sigsuspend(const sigset_t *set);
int __wrap_sigsuspend(const sigset_t *set)
{
    ENTER(CALLER);
    change_mask(SIG_SETMASK, set, NULL, CALLER);
    return wait_for_end(CALLER);
}

int __wrap_sigpending(sigset_t *set);
int __wrap_sigpending(sigset_t *set)
{
    ENTER(CALLER);
    step(EVENT_SIGMASK, signals_of(me()), always);
    record(EVENT_SIGMASK, signals_of(me()), 0, CALLER);
    access_range(set, sizeof *set, true, CALLER);
    fill(set, me()->sig_pending & me()->sig_blocked);
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
