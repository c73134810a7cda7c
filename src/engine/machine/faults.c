/* faults: signals raised by learner code, and code that never comes back.
 *
 * A fault in learner code ends the run with a verdict: the handler leaves for the explorer's own
 * context and never returns to the faulting code. The handlers run on a stack of their own, so a
 * stack overflow is an ordinary verdict. A timer that counts this process's CPU time looks
 * whether learner code still reaches the engine; CPU time, not wall clock, so load does not
 * matter.
 */
#include "engine/engine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#define TICK_US 100000
#define PATIENCE 10 /* ticks of CPU time without reaching the engine */
#define PATIENCE_AGAIN 1 /* ... where a run of this test was found to be endless */
#define PATIENCE_LOOP 2  /* ... in a loop in which a run of another test was */
#define SAME_LOOP 32     /* bytes of code */
#define PATIENCE_ACCESSES (UINT64_C(64) << 20) /* for those who bound their work: what so much time is worth */

static volatile sig_atomic_t armed;
static uint32_t last_run;
static int last_steps, ticks;
static uint64_t last_accesses;
static struct { /* where a run was endless */
    const void *test;
    int steps;
    uint64_t accesses, pc;
} endless = {.steps = -1};

static uint64_t pc_of(const ucontext_t *uc)
{
#if defined(__x86_64__)
    return (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
#else
    return uc->uc_mcontext.pc;
#endif
}

static uint64_t sp_of(const ucontext_t *uc)
{
#if defined(__x86_64__)
    return (uint64_t)uc->uc_mcontext.gregs[REG_RSP];
#else
    return uc->uc_mcontext.sp;
#endif
}

/* The pc in learner code: the faulting one, or where learner code last called out from. */
static uint64_t learner_pc(uint64_t pc)
{
    struct thread *t = me();
    return plugin_offset(pc) ? pc : t->op.pc;
}

/* Below its stack, in its own slot. */
static bool below_stack(const char *a)
{
    const struct thread *t = me();
    return a < t->stack && a >= t->stack + STACK_SIZE - STACK_SLOT;
}

static bool off_stack(uint64_t sp)
{
    const struct thread *t = me();
    return sp < (uintptr_t)t->stack || sp > (uintptr_t)t->stack + STACK_SIZE;
}

static enum reason reason_of(int sig, const siginfo_t *info, uint64_t sp)
{
    const char *a = info->si_addr;
    switch (sig) {
    case SIGFPE:
        return REASON_DIVISION;
    case SIGILL:
        return REASON_ILLEGAL;
    case SIGSEGV:
    case SIGBUS:
        if (below_stack(a) || off_stack(sp))
            return REASON_STACK_OVERFLOW;
        return (uintptr_t)a < 4096 ? REASON_NULL_POINTER : REASON_WILD_POINTER;
    default:
        return REASON_FAULT;
    }
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
    const ucontext_t *uc = context;
    if (!armed || !me()) {
        signal(sig, SIG_DFL);
        raise(sig);
        return;
    }
    enum reason why = reason_of(sig, info, sp_of(uc));
    bool guard = why == REASON_STACK_OVERFLOW;
    if (guard)
        me()->lowest_sp = (uintptr_t)me()->stack;
    fail(.reason = why, .object = guard || why == REASON_DIVISION ? NULL : info->si_addr,
         .pc = learner_pc(pc_of(uc)), .value = (uint64_t)sig);
}

static int patience(uint64_t pc)
{
    if (endless.test == engine.scenario && endless.steps == last_steps && endless.accesses == last_accesses)
        return PATIENCE_AGAIN;
    return pc - endless.pc + SAME_LOOP <= 2 * SAME_LOOP ? PATIENCE_LOOP : PATIENCE;
}

static void on_tick(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)info;
    struct thread *t = me();
    if (!armed || !t)
        return;
    if (engine.run.id != last_run || engine.run.steps != last_steps || t->accesses != last_accesses) {
        last_run = engine.run.id;
        last_steps = engine.run.steps;
        last_accesses = t->accesses;
        ticks = 0;
        return;
    }
    uint64_t pc = pc_of(context);
    if (++ticks < patience(pc) || !plugin_offset(pc))
        return;
    ticks = 0;
    endless.test = engine.scenario;
    endless.steps = last_steps;
    endless.accesses = last_accesses;
    endless.pc = pc;
    engine.run.accesses += PATIENCE_ACCESSES;
    fail(.reason = REASON_ENDLESS, .pc = pc);
}

void faults_init(void)
{
    static char stack[64 * 1024];
    stack_t alt = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alt, NULL);
    struct sigaction sa = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sa.sa_sigaction = on_fault;
    const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigaction(faults[i], &sa, NULL);
    sa.sa_sigaction = on_tick;
    sa.sa_flags |= SA_RESTART;
    sigaction(SIGPROF, &sa, NULL);
    struct itimerval every = {{0, TICK_US}, {0, TICK_US}};
    setitimer(ITIMER_PROF, &every, NULL);
}

void faults_arm(bool on) { armed = on; }
