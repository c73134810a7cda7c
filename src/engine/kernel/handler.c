/* handler: signal handlers. A handler runs in a thread of the program, on its stack, in the middle of whatever it does; what it
 * accesses, locks and calls is that thread's.
 *
 * When. A signal that is pending and not blocked makes two choices possible where its thread stands: that its handler
 * runs before the announced operation (CHOICE_HANDLER), and, where the thread waits in a call, that it runs while it waits
 * (CHOICE_BREAK): then the call gives up with EINTR, unless signal(7) says that it is made again, which is the same as before it. How long a
 * signal is on its way is nobody's promise, so not choosing them is possible, too, as long as the thread can go on. But it comes
 * before a thread that was blocked is woken otherwise, and before what the sender did next can be known: to wait for
 * longer, as POSIX would allow, is nothing Linux does. A signal that a thread sends itself, or lets in, has been handled when the call returns.
 *
 * Where handlers are installed every operation is a decision. Between two of them only what the program shares with a
 * handler without saying so could tell when it ran: that is handler_access's part.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/kernel/kernel.h"

/* ---- what there is to run -------------------------------------------------------------------------- */

static uint64_t arrived(const struct thread *t)
{
    const struct process *p = &processes[t->process];
    uint64_t waited = t->op.kind == EVENT_SIGWAIT ? t->op.value : 0;
    return (t->sig_pending | p->pending) & p->handled & ~t->sig_blocked & ~waited;
}

static int first_of(const struct thread *t) { return signal_first(t, arrived(t)); }

bool handler_breaks(const struct thread *t)
{
    bool restarts = processes[t->process].actions[first_of(t) - 1].flags & SA_RESTART;
    return t->breaks && !(t->breaks == BREAKS_UNLESS_RESTARTED && restarts) && !t->op.enabled(t);
}

bool handler_due(const struct thread *t)
{
    if (!processes[t->process].handled || !arrived(t) || !t->started || t->quiet)
        return false;
    return !t->mask_lent || handler_breaks(t);
}

/* ---- how late ---------------------------------------------------------------------------------------- */

static struct sent { /* the last of that kind, to that process or one of its threads */
    int tid;
    uint32_t clock;
} sent[MAX_THREADS][64];

/* A thread that waits in a call is woken for it. */
void handler_look(struct thread *t)
{
    if (handler_due(t) && !t->op.enabled(t))
        t->overdue = true;
}

void handler_sent(int process, int sig, bool by_me)
{
    sent[process][sig - 1] = by_me ? (struct sent){me()->tid, me()->vc[me()->tid]} : (struct sent){0, UINT32_MAX};
    signalfds_changed();
    for (int i = 0; i < engine.run.thread_count; i++)
        if (engine.threads[i].process == process && !engine.threads[i].ended && (!by_me || &engine.threads[i] != me()))
            handler_look(&engine.threads[i]);
}

/* Something that came after the sending has come to t. */
static bool knows(const struct thread *t)
{
    for (uint64_t all = arrived(t); all; all &= all - 1) {
        const struct sent *s = &sent[t->process][__builtin_ctzll(all)];
        if (s->tid != t->tid && t->vc[s->tid] >= s->clock)
            return true;
    }
    return false;
}

bool handler_overdue(const struct thread *t) { return handler_due(t) && (t->overdue || knows(t)); }
void handler_learn(void) { engine.run.catching_up |= handler_due(me()) && knows(me()); }

void handler_catch_up(uint64_t pc)
{
    engine.run.catching_up = false;
    if (handler_due(me()) && knows(me()))
        handlers_run(pc);
}

/* ---- running it ---------------------------------------------------------------------------------------- */

static void call(const struct signal_action *a, int sig, const struct signal_origin *from)
{
    if (!(a->flags & SA_SIGINFO)) {
        ((void (*)(int))a->handler)(sig);
        return;
    }
    siginfo_t info;
    signal_fill(&info, sig, from);
    ((void (*)(int, siginfo_t *, void *))a->handler)(sig, &info, NULL);
}

/* All that have arrived (told: of the first an event tells already): each is begun before the one that was begun before it gets on, as the system does it. */
static void run_all(bool told, uint64_t pc)
{
    struct thread *t = me();
    struct process *p = mine();
    if (!arrived(t))
        return;
    int sig = signal_take(t, arrived(t));
    struct signal_origin from = t->taken;
    struct signal_action a = p->actions[sig - 1];
    uint64_t mask = t->sig_blocked;
    if (a.flags & (int)SA_RESETHAND)
        p->handled &= ~signal_bit(sig);
    t->sig_blocked |= a.mask | (a.flags & SA_NODEFER ? 0 : signal_bit(sig));
    run_all(false, pc);
    if (!told)
        record(EVENT_HANDLER, NULL, (uint64_t)sig, pc);
    t->handlers++;
    call(&a, sig, &from);
    if (me() != t) /* the frames above are copies of the parent's, and speak of its thread */
        fail(.reason = REASON_CALL_REFUSED, .pc = pc,
             .detail = "a child that a signal handler forks and that returns from the handler is not part of the lab; let it end there, "
                       "with _exit or as another program");
    t->handlers--;
    t->sig_blocked = mask;
    run_all(false, pc); /* what came meanwhile and was blocked */
}

/* What the announced operation of the thread is made of, besides memory: a handler announces its own. */
struct announced {
    struct op op;
    const void *expects;
    const char *unsafe, *stopped_in;
    int64_t deadline;
    uintptr_t learner_sp;
    uint64_t within;
    enum breaks breaks;
    bool interruptible, entered, mask_lent;
    struct poll_set polled;
};

static struct announced put_aside(struct thread *t)
{
    struct announced a = {t->op, t->expects, t->unsafe, t->stopped_in, t->deadline, t->learner_sp, t->within,
                          t->breaks, t->interruptible, t->entered, t->mask_lent, {0}};
    if (t->op.kind == EVENT_POLL)
        a.polled = poll_set_swap((struct poll_set){0});
    t->expects = NULL;
    t->deadline = NEVER;
    t->breaks = BREAKS_NOT;
    t->interruptible = t->mask_lent = false;
    t->stopped_in = t->unsafe;
    if (!t->handlers)
        t->stopped_sp = t->learner_sp;
    return a;
}

static void put_back(struct thread *t, const struct announced *a)
{
    t->op = a->op;
    t->expects = a->expects;
    t->unsafe = a->unsafe;
    t->stopped_in = a->stopped_in;
    t->deadline = a->deadline;
    t->learner_sp = a->learner_sp;
    t->within = a->within;
    t->breaks = a->breaks;
    t->interruptible = a->interruptible;
    t->entered = a->entered;
    t->mask_lent = a->mask_lent;
    if (t->op.kind == EVENT_POLL)
        free(poll_set_swap(a->polled).at);
}

bool handler_interrupt(void)
{
    struct thread *t = me();
    t->overdue = false;
    bool breaks = engine.run.variant == CHOICE_BREAK;
    count_op();
    record(EVENT_HANDLE, NULL, (uint64_t)first_of(t), t->op.pc);
    engine.run.variant = CHOICE_PLAIN;
    if (cond_of(t))
        fail(.reason = REASON_CALL_REFUSED, .pc = t->op.pc,
             .detail = "a signal handler that runs in a thread while it waits on a condition variable is not part of the lab; block the "
                       "signal there, and let another thread wait for it with sigwait");
    struct announced a = put_aside(t);
    run_all(true, t->op.pc);
    put_back(t, &a);
    spin_effect(t);
    t->broken = breaks;
    t->too_early |= !breaks && t->op.kind == EVENT_SIGWAIT;
    engine.run.variant = CHOICE_PLAIN;
    return breaks;
}

void handlers_run(uint64_t pc)
{
    struct thread *t = me();
    struct announced a = put_aside(t);
    t->stopped_in = NULL; /* it is where the program itself has put it */
    run_all(false, pc);
    put_back(t, &a);
    spin_effect(t);
    engine.run.variant = CHOICE_PLAIN;
}

/* ---- what it shares with the code it stops --------------------------------------------------------------- */

#define GRANULES 65536 /* a power of two */

static struct granule { /* 8 bytes, as one thread used them: its own code, the handlers that run in it */
    uint32_t run;
    int tid;
    uintptr_t at;
    uint8_t read[2], written[2]; /* a bit for each byte */
} *granules;

static struct granule *granule_of(uintptr_t at, int tid)
{
    size_t i = (size_t)((at ^ (uint64_t)tid << 48) * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (GRANULES - 1);
    if (!granules)
        granules = xcalloc(GRANULES, sizeof *granules);
    for (size_t n = 0; n < GRANULES; n++, i = (i + 1) & (GRANULES - 1)) {
        struct granule *g = &granules[i];
        if (g->run != engine.run.id)
            *g = (struct granule){.run = engine.run.id, .tid = tid, .at = at};
        if (g->at == at && g->tid == tid)
            return g;
    }
    fail(.reason = REASON_LIMIT, .detail = "a program with signal handlers that touches more than half a megabyte of its variables");
}

static void note_granule(uintptr_t at, uint8_t bytes, int inside, bool write)
{
    struct granule *g = granule_of(at, me()->tid);
    uint8_t *mine_now = write ? g->written : g->read;
    mine_now[inside] |= bytes;
    uint8_t both = (g->written[0] & (g->written[1] | g->read[1])) | (g->written[1] & g->read[0]);
    size_t before = engine.handled.n;
    if (both & bytes)
        ranges_add(&engine.handled, (const void *)(at + (uintptr_t)__builtin_ctz(both & bytes)),
                   (unsigned)(8 - (__builtin_clz((unsigned)(both & bytes)) - 24) - __builtin_ctz(both & bytes)));
    engine.run.handled_more |= engine.handled.n != before;
}

/* A handler's own frames lie where other calls of the thread may have theirs. */
static bool is_own_frame(const struct thread *t, uintptr_t at)
{
    return t->handlers && at - (uintptr_t)t->stack < STACK_SIZE && at < t->stopped_sp;
}

void handler_access(const void *addr, unsigned size, bool write)
{
    const struct thread *t = me();
    if (is_own_frame(t, (uintptr_t)addr) || !process_handles(t->process))
        return;
    for (uintptr_t p = (uintptr_t)addr, end = p + size; p < end;) {
        unsigned at = p & 7, n = end - p < 8 - at ? (unsigned)(end - p) : 8 - at;
        note_granule(p - at, (uint8_t)(((1u << n) - 1) << at), t->handlers > 0, write);
        p += n;
    }
}

bool call_broken(void)
{
    if (!me()->broken)
        return false;
    me()->broken = false;
    learner_errno(EINTR);
    return true;
}

/* ---- with what it has to do, see explore/option.c ---------------------------------------------------------- */

static bool listens_for_children(int process)
{
    bool listens = processes[process].handled & signal_bit(SIGCHLD);
    for (int i = 0; i < engine.run.thread_count && !listens; i++)
        listens = engine.threads[i].process == process && !engine.threads[i].ended && engine.threads[i].sig_blocked & signal_bit(SIGCHLD);
    return listens;
}

static uint64_t with_parent(int process)
{
    int parent = processes[process].parent;
    return UINT64_C(1) << process | (parent >= 0 && listens_for_children(parent) ? UINT64_C(1) << parent : 0);
}

/* A signal may end a child, and with it much else. */
static uint64_t arrives(int process, int sig)
{
    enum effect effect = signal_effect(process, sig);
    return process && effect != EFFECT_NONE && effect != EFFECT_HANDLER ? UINT64_MAX : UINT64_C(1) << process;
}

/* SIGPIPE is the writer's own: it may end a child, and who watches a signalfd sees it. */
static uint64_t writes(const struct thread *t)
{
    const struct file *f = t->op.object;
    if (!f->out || f->out->reader)
        return 0;
    if (t->sig_blocked & signal_bit(SIGPIPE))
        return UINT64_C(1) << t->process;
    return signal_effect(t->process, SIGPIPE) == EFFECT_NONE ? 0 : arrives(t->process, SIGPIPE);
}

/* One that is pending: others may have taken it, or see it. */
static uint64_t takes(const struct thread *t)
{
    const struct process *p = &processes[t->process];
    bool seen = p->leader == t->tid && t->sig_pending && signalfds_open();
    return p->pending || seen ? UINT64_C(1) << t->process : 0;
}

uint64_t signal_steers(const struct thread *t, int variant)
{
    const struct process *p = &processes[t->process];
    if (variant == CHOICE_HANDLER || variant == CHOICE_BREAK)
        return takes(t);
    switch (t->op.kind) {
    case EVENT_EXIT:
        return with_parent(t->process);
    case EVENT_KILL:
        return with_parent((int)t->op.value);
    case EVENT_FD_WRITE:
        return writes(t);
    case EVENT_SENDSIG:
        return arrives(t->process, (int)t->op.value);
    case EVENT_SIGMASK:
        return !(t->sig_pending | p->pending) ? 0 : t->process ? UINT64_MAX : 1;
    case EVENT_SIGACTION:
        return UINT64_C(1) << t->process;
    case EVENT_SIGWAIT:
        return takes(t);
    case EVENT_FD_READ:
        return signalfd_is(t->op.object) ? UINT64_C(1) << t->process : 0;
    default:
        return 0;
    }
}

/* ---- sigaction, signal ------------------------------------------------------------------------------------------ */

static bool may_change(int sig) { return sig >= 1 && sig <= 64 && sig != SIGKILL && sig != SIGSTOP; }

static struct signal_action action_of(int sig)
{
    const struct process *p = mine();
    if (p->handled & signal_bit(sig))
        return p->actions[sig - 1];
    return (struct signal_action){p->ignored & signal_bit(sig) ? (void *)SIG_IGN : (void *)SIG_DFL, 0, p->actions[sig - 1].flags};
}

/* A signal that is ignored from now on is pending no longer. */
static void forget_pending(int sig)
{
    if (signal_effect(me()->process, sig) != EFFECT_NONE)
        return;
    process_take(me()->process, sig);
    for (int i = 0; i < engine.run.thread_count; i++)
        if (engine.threads[i].process == me()->process)
            engine.threads[i].sig_pending &= ~signal_bit(sig);
}

/* Its turn has come: to be set, or only asked about. */
static struct signal_action action_step(int sig, bool asks, uint64_t pc)
{
    step2(EVENT_SIGACTION, NULL, NULL, (uint64_t)sig, always);
    struct trace_event *ev = record(EVENT_SIGACTION, NULL, (uint64_t)sig, pc);
    if (ev)
        ev->before = asks;
    return action_of(sig);
}

/* What it was. */
static struct signal_action set_action(int sig, struct signal_action a, uint64_t pc)
{
    struct process *p = mine();
    engine.run.undigested |= a.handler != (void *)SIG_IGN && a.handler != (void *)SIG_DFL;
    spin_effect(me());
    struct signal_action was = action_step(sig, false, pc);
    p->ignored &= ~signal_bit(sig);
    p->handled &= ~signal_bit(sig);
    p->actions[sig - 1] = a;
    if (a.handler == (void *)SIG_IGN)
        p->ignored |= signal_bit(sig);
    else if (a.handler != (void *)SIG_DFL)
        p->handled |= signal_bit(sig);
    engine.run.handling |= p->handled != 0;
    forget_pending(sig);
    return was;
}

typedef void (*handler)(int);

handler __wrap_signal(int sig, handler h);
handler __wrap_signal(int sig, handler h)
{
    ENTER(CALLER);
    if (!may_change(sig) || h == SIG_ERR) {
        learner_errno(EINVAL);
        return SIG_ERR;
    }
    return (handler)set_action(sig, (struct signal_action){(void *)h, 0, SA_RESTART}, CALLER).handler;
}

static struct signal_action set_as(int sig, const struct sigaction *to, uint64_t pc)
{
    access_range(to, sizeof *to, false, pc);
    if (to->sa_flags & SA_NOCLDWAIT)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "the lab knows SIG_IGN for SIGCHLD, and not SA_NOCLDWAIT");
    return set_action(sig, (struct signal_action){(void *)to->sa_handler, signals_in(&to->sa_mask), to->sa_flags}, pc);
}

int __wrap_sigaction(int sig, const struct sigaction *to, struct sigaction *old);
int __wrap_sigaction(int sig, const struct sigaction *to, struct sigaction *old)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (!may_change(sig) && (to || sig < 1 || sig > 64))
        return learner_errno(EINVAL);
    struct signal_action was = to ? set_as(sig, to, pc) : action_step(sig, true, pc);
    if (old) {
        access_range(old, sizeof *old, true, pc);
        memset(old, 0, sizeof *old);
        old->sa_handler = (handler)was.handler;
        old->sa_flags = was.flags;
        signals_fill(&old->sa_mask, was.mask);
    }
    return 0;
}
