/* process: fork, and how processes end (wait.c: waiting for that).
 *
 * A child is a thread with memory of its own (image.c), at the same addresses; of its parent's threads only the one that
 * forked comes along, and locks that the others hold stay locked for ever in the child, as POSIX has it. It runs
 * at once up to its first visible step, like every new thread. The run is over when no process is left.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define FIRST_PID 4242

struct process processes[MAX_THREADS];
int process_count;

static void process_begin(int index, int parent, int leader)
{
    struct process *p = &processes[index];
    struct descriptor *fds = p->fds;
    char *pending = p->out.pending;
    int cap = p->fd_cap;
    size_t room = p->out.cap;
    memset(p, 0, offsetof(struct process, exit_fns)); /* behind it is only what the counts say */
    p->fds = fds;
    p->fd_cap = cap;
    p->parent = parent;
    p->leader = leader;
    p->state = PROCESS_RUNS;
    p->out.pending = pending;
    p->out.cap = room;
    p->table_number = kernel_number();
    p->family_number = kernel_number();
}

void process_reset(void)
{
    process_count = 1;
    process_begin(0, -1, 0);
    descriptors_standard();
}

const unsigned *process_family(int process) { return &processes[process].family_changes; }
bool processes_related(int a, int b) { return processes[a].parent == b || processes[b].parent == a; }
int process_leader(int process) { return processes[process].leader; }
bool process_handles(int process) { return processes[process].handled != 0; }
bool process_runs(int process) { return processes[process].state == PROCESS_RUNS; }
bool process_stopped(int process) { return processes[process].stopped; }
bool process_replaced(void) { return mine()->tool; }
bool process_only(void) { return process_count == 1; }

bool process_others_alive(void)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (i != me()->tid && engine.threads[i].process == me()->process && engine.threads[i].alive && !engine.threads[i].ended)
            return true;
    return false;
}

pid_t process_pid_of(int index) { return FIRST_PID + index; }
pid_t process_pid(void) { return process_pid_of(me()->process); }

int process_with(pid_t pid)
{
    int i = pid - FIRST_PID;
    return i >= 0 && i < process_count && processes[i].state != PROCESS_GONE ? i : -1;
}

/* ---- fork ------------------------------------------------------------------------------------- */

static void share_files(struct process *child, const struct process *parent)
{
    while (child->fd_count < parent->fd_count) {
        ARRAY_GROW(child->fds, child->fd_count, child->fd_cap);
        const struct descriptor *d = &parent->fds[child->fd_count];
        child->fds[child->fd_count] = *d;
        child->fds[child->fd_count++].closed_before = d->used && !d->file;
        if (d->file)
            d->file->refs++;
    }
    child->fd_free = parent->fd_free;
}

/* What stdio has not written yet is copied like all memory: both may write it. */
static void copy_stream(struct output_stream *to, const struct output_stream *from)
{
    to->mode = from->mode;
    stream_append(to, from->pending, from->len);
}

static void copy_thread(struct thread *t, const struct thread *from)
{
    t->stack = from->stack;
    t->tls = from->tls;
    t->learner_sp = from->learner_sp;
    t->lowest_sp = from->lowest_sp;
    t->depth = from->depth;
    memcpy(t->frames, from->frames, (size_t)(from->depth < MAX_FRAMES ? from->depth : MAX_FRAMES) * sizeof *t->frames);
    memcpy(t->held, from->held, sizeof t->held);
    t->held_count = from->held_count;
    t->op = from->op;
    t->sig_blocked = from->sig_blocked;
    t->handlers = from->handlers;
    t->stopped_in = from->stopped_in;
    t->stopped_sp = from->stopped_sp;
    t->uncancellable = from->uncancellable;
    t->quiet = from->quiet;
    t->started = true;
    t->start = from->start;
}

/* "P3"; by hand, for this is done a hundred thousand times a second */
static void name_leader(struct thread *t)
{
    char *at = t->name;
    *at++ = 'P';
    if (t->tid >= 10)
        *at++ = (char)('0' + t->tid / 10);
    *at++ = (char)('0' + t->tid % 10);
    *at = '\0';
}

static struct thread *process_new(uint64_t pc)
{
    struct thread *parent = me(), *t = thread_new_bare(pc);
    if (!t)
        fail(.reason = REASON_TOO_MANY_THREADS, .value = MAX_THREADS, .pc = pc);
    int index = process_count++;
    process_begin(index, parent->process, t->tid);
    struct process *p = &processes[index], *from = &processes[parent->process];
    from->family_changes++;
    copy_thread(t, parent);
    t->process = index;
    t->detached = true; /* nobody joins it */
    name_leader(t);
    p->mappings = from->mappings;
    p->ignored = from->ignored;
    p->handled = from->handled;
    memcpy(p->actions, from->actions, sizeof p->actions);
    memcpy(p->exit_fns, from->exit_fns, (size_t)from->exit_count * sizeof *p->exit_fns);
    p->exit_count = from->exit_count;
    memcpy(p->quick_fns, from->quick_fns, (size_t)from->quick_count * sizeof *p->quick_fns);
    p->quick_count = from->quick_count;
    p->of_threads = from->of_threads || process_others_alive();
    share_files(p, from);
    copy_stream(&p->out, &from->out);
    keys_fork(parent, t);
    cleanups_fork(parent, t);
    random_fork(parent, t);
    jumps_fork(parent, t);
    sems_fork(parent, t);
    objects_fork(parent, t);
    heap_fork(parent->process, index);
    access_fork(parent->process, index);
    atfork_fork(parent->process, index);
    return t;
}

void process_check_safe(const char *what, uint64_t pc)
{
    struct thread *t = me();
    if (t->handlers && t->stopped_in)
        fail(.reason = REASON_UNSAFE_IN_HANDLER, .pc = pc, .detail = what);
    if (!t->handlers)
        t->unsafe = what;
    if (engine.run.strict_fork && mine()->of_threads)
        fail(.reason = REASON_UNSAFE_IN_CHILD, .pc = pc, .detail = what);
}

void __wrap_lab_strict_fork(void);
void __wrap_lab_strict_fork(void)
{
    ENTER(CALLER);
    engine.run.strict_fork = true;
}

/* Comes back twice: in the parent, and, when the child's turn has come, in the child. */
static bool am_child(struct thread *child)
{
    struct thread *parent = me();
    engine.forking = child;
    fiber_switch(&parent->fiber, &engine.main_fiber);
    return me() == child;
}

static void run_child(struct thread *child)
{
    struct thread *parent = me();
    bool decision = engine.run.decision, preemption = engine.run.preemption;
    engine.run.decision = engine.run.preemption = false;
    child->eager_return = parent;
    hand_over(parent, child);
    look_at(me());
    engine.run.decision = decision;
    engine.run.preemption = preemption;
}

static bool fork_fails(void) { return engine.run.fail_fork_in >= 0 && engine.run.fail_fork_in-- == 0; }

pid_t process_fork(uint64_t pc)
{
    engine.run.used_kernel = engine.run.undigested = true;
    spin_effect(me());
    engine.run.used_trylock |= process_others_alive(); /* it sees who holds what, as a try does */
    step(EVENT_FORK, NULL, always);
    if (fork_fails()) {
        record(EVENT_FORK, NULL, UINT64_MAX, pc);
        return learner_errno(EAGAIN);
    }
    struct thread *child = process_new(pc);
    record(EVENT_FORK, NULL, (uint64_t)child->tid, pc);
    if (am_child(child)) {
        look_at(me());
        record(EVENT_START, NULL, 0, pc);
        return 0;
    }
    run_child(child);
    return process_pid_of(child->process);
}

pid_t __wrap_getpid(void);
pid_t __wrap_getpid(void) { return process_pid(); }

pid_t __wrap_getppid(void);
pid_t __wrap_getppid(void)
{
    ENTER(CALLER);
    if (!process_only()) {
        step(EVENT_GETPPID, NULL, always);
        record(EVENT_GETPPID, NULL, 0, CALLER);
    }
    int parent = mine()->parent;
    return parent >= 0 ? process_pid_of(parent) : me()->process ? 1 : FIRST_PID - 1;
}

/* ---- ending ------------------------------------------------------------------------------------------ */

static void end_thread(struct thread *t, bool killed)
{
    struct thread *was = me();
    engine.run.me = t;
    if (killed)
        record(EVENT_KILLED, NULL, 0, t->op.pc);
    mutex_orphan();
    mutex_forget_owner(t);
    t->ended = true;
    engine.run.me = was;
}

/* All threads of the process but the one that is spared; NULL: all. */
static void end_threads(int process, const struct thread *spared)
{
    for (int i = 0; engine.run.ordered && i < engine.run.thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t->process == process && !t->ended && t != me())
            order_ended(t);
    }
    for (int i = 0; i < engine.run.thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t->process == process && !t->ended && t != spared)
            end_thread(t, t != me());
    }
}

void process_end_others(void) { end_threads(me()->process, me()); }

static void close_all(struct process *p)
{
    for (int fd = 0; fd < p->fd_count; fd++)
        if (p->fds[fd].file) {
            struct file *f = p->fds[fd].file;
            p->fds[fd].file = NULL;
            file_release(f);
        }
}

/* Orphans belong to nobody here: the system's first process waits for them. */
static void leave_children(int process)
{
    for (int i = 0; i < process_count; i++)
        if (processes[i].parent == process && processes[i].state != PROCESS_GONE) {
            processes[i].parent = -1;
            if (processes[i].state == PROCESS_ENDED)
                processes[i].state = PROCESS_GONE;
        }
}

/* Who ended first, was seen or was not: what the first process leaves behind. */
static void note_children(void)
{
    for (int i = 1; i < process_count; i++) {
        const struct process *c = &processes[i];
        if (c->parent != 0 || c->state == PROCESS_GONE)
            continue;
        fail_soft((struct failing){.reason = c->state == PROCESS_ENDED ? REASON_ZOMBIE : REASON_ORPHAN,
                                   .other = c->leader + 1, .pc = engine.threads[c->leader].create_pc});
    }
}

static void end_process(int index, int status)
{
    struct process *p = &processes[index];
    end_threads(index, NULL);
    close_all(p);
    if (index == 0)
        note_children();
    leave_children(index);
    p->status = status;
    p->state = p->parent < 0 || processes[p->parent].ignored & signal_bit(SIGCHLD) ? PROCESS_GONE : PROCESS_ENDED;
    if (p->parent >= 0) {
        processes[p->parent].family_changes++;
        process_signalled(p->parent, SIGCHLD, origin_child(p, 0, status), engine.threads[p->leader].create_pc);
    }
    hb_release(p->ending); /* whoever has waited for it has had the signal, too */
}

static bool all_over(void)
{
    for (int i = 0; i < process_count; i++)
        if (processes[i].state == PROCESS_RUNS)
            return false;
    return true;
}

/* The parent that waits for just this child goes on at once: waiting commutes with all that others do. */
static struct thread *waiting_parent(int index)
{
    for (int i = 0; engine.set.style == STYLE_EXPLORE && i < engine.run.thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t->alive && !t->ended && t->process == processes[index].parent && !engine.set.driven && wait_is_for(t, index) && !engine.run.handling)
            return t;
    }
    return NULL;
}

static void go_elsewhere(int index) __attribute__((noreturn));
static void go_elsewhere(int index)
{
    struct thread *t = me(), *creator = t->eager_return, *parent;
    if (all_over())
        run_end();
    if (creator) {
        t->eager_return = NULL;
        hand_over(t, creator);
    }
    if ((parent = waiting_parent(index))) {
        engine.run.free_switch = true;
        engine.run.last_tid = parent->tid;
        engine.run.variant = 0;
        hand_over(t, parent);
    }
    hand_over(t, choose());
    __builtin_unreachable();
}

void process_exit(int status, uint64_t pc)
{
    (void)pc;
    int index = me()->process;
    end_process(index, (status & 0xff) << 8);
    go_elsewhere(index);
}

/* What a parent is told: of these the system keeps a core if it may, and here it may. */
static int killed_by(int sig)
{
    bool core = sig == SIGABRT || sig == SIGSEGV || sig == SIGQUIT || sig == SIGBUS || sig == SIGFPE || sig == SIGILL ||
                sig == SIGTRAP || sig == SIGSYS;
    return core ? sig | WCOREFLAG : sig;
}

void process_killed(int index, int sig, uint64_t pc)
{
    if (index == 0)
        fail(.reason = REASON_FAULT, .value = (uint64_t)sig, .pc = pc);
    bool suicide = index == me()->process;
    end_process(index, killed_by(sig));
    if (suicide)
        go_elsewhere(index);
}

/* ---- what tests ask ------------------------------------------------------------------------------------------ */

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

DECLARE(void, __wrap_lab_fail_fork, int k)
{
    ENTER(CALLER);
    engine.run.fail_fork_in = k;
}

DECLARE(void, __wrap_lab_no_children_left, void)
{
    ENTER(CALLER);
    step(EVENT_GETPPID, NULL, always);
    record(EVENT_GETPPID, NULL, 0, CALLER);
    for (int i = 1; i < process_count; i++) {
        const struct process *c = &processes[i];
        if (c->parent == me()->process && c->state != PROCESS_GONE)
            fail(.reason = c->state == PROCESS_ENDED ? REASON_ZOMBIE : REASON_ORPHAN, .other = c->leader + 1,
                 .pc = engine.threads[c->leader].create_pc);
    }
}
