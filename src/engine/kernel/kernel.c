/* kernel: what the rest of the engine knows of this room: when time alone changes something, in how many ways a step may
 * go, and which steps of different threads have to do with each other. */
#include "engine/kernel/kernel.h"

#include <errno.h>

static unsigned numbers;

unsigned kernel_number(void) { return numbers++; }
uint64_t kernel_bit(unsigned number) { return UINT64_C(1) << (number & 63); }

void kernel_reset(void)
{
    numbers = 0;
    files_reset();
    timers_reset();
    epoll_reset();
    shared_reset_all();
    queues_reset();
    sockets_reset();
    process_reset();
}

/* For the events of an epoll set, and not for those of a list of files. */
static bool waits_on_set(const struct thread *t)
{
    const struct file *f = t->op.object;
    return f && f->kind == &kind_epoll && !poll_set_of(t)->n;
}

/* ---- time ------------------------------------------------------------------------------------ */

int64_t kernel_due(const struct thread *t)
{
    if (t->op.kind == EVENT_FD_READ)
        return file_due(t->op.object);
    if (t->op.kind != EVENT_POLL || !t->op.object)
        return NEVER;
    if (waits_on_set(t))
        return epoll_due(t->op.object);
    int64_t due = NEVER;
    const struct poll_set *s = poll_set_of(t);
    for (int i = 0; i < s->n; i++)
        if (s->at[i].file && file_due(s->at[i].file) < due)
            due = file_due(s->at[i].file);
    return due;
}

void kernel_time_passed(void)
{
    timers_expire();
    alarms_expire();
}

/* ---- in how many ways a step may go ------------------------------------------------------------- */

int kernel_ready(const struct thread *t)
{
    return t->op.kind == EVENT_POLL && waits_on_set(t) ? epoll_ready(t->op.object) : 0;
}

int kernel_choices(const struct thread *t, int *ret_cost)
{
    *ret_cost = 0;
    switch (t->op.kind) {
    case EVENT_POLL:
        return epoll_orders(kernel_ready(t));
    case EVENT_WAIT:
        return wait_choices(t);
    case EVENT_FD_READ:
    case EVENT_FD_WRITE:
        *ret_cost = 1;
        return io_choices(t);
    default:
        return 1;
    }
}

bool kernel_may_interrupt(const struct thread *t) { return engine.run.interrupts > 0 && t->interruptible; }

int kernel_variant(void)
{
    int v = engine.run.variant;
    return v >= CHOICE_WAKES ? v - CHOICE_WAKES : 0;
}

/* ---- what a state is made of, of a program with one process --------------------------------------- */

static void table_digest(struct digest *out, const struct process *p)
{
    digest_word(out, (uint64_t)p->fd_count);
    for (int fd = 0; fd < p->fd_count; fd++) {
        const struct descriptor *d = &p->fds[fd];
        digest_word(out, (uint64_t)(uintptr_t)d->file);
        digest_word(out, (uint64_t)d->used | (uint64_t)d->cloexec << 1 | (uint64_t)d->nonblocking << 2);
    }
}

static void polls_digest(struct digest *out)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        const struct poll_set *s = poll_set_of(t);
        for (int k = 0; !t->ended && t->op.kind == EVENT_POLL && k < s->n; k++) {
            digest_word(out, (uint64_t)(uintptr_t)s->at[k].file);
            digest_word(out, (uint64_t)(uint16_t)s->at[k].events << 32 | (uint64_t)i);
        }
    }
}

bool kernel_digest(struct digest *out)
{
    const struct process *p = &processes[0];
    const struct file *printed = p->fd_count > 1 ? p->fds[1].file : NULL;
    if (!process_only() || (printed && printed->kind != &kind_standard))
        return false; /* where what is printed goes into a pipe, others may read what waits in stdio */
    digest_word(out, p->ignored);
    digest_word(out, (uint64_t)(uint32_t)engine.run.short_io << 32 | (uint64_t)engine.run.pipe_room);
    table_digest(out, p);
    polls_digest(out);
    return files_digest(out);
}

bool kernel_step(enum event_kind kind, struct file *f, uint64_t value, int64_t deadline,
                 bool (*enabled)(const struct thread *))
{
    struct thread *t = me();
    engine.run.used_kernel = true;
    engine.run.used_time |= deadline != NEVER;
    t->deadline = deadline;
    t->interruptible = enabled != always && !mine()->tool;
    t->breaks = !t->interruptible ? BREAKS_NOT : kind == EVENT_POLL ? BREAKS : BREAKS_UNLESS_RESTARTED;
    step2(kind, f, NULL, value, enabled);
    t->deadline = NEVER;
    t->interruptible = false;
    t->breaks = BREAKS_NOT;
    cancel_point();
    return !call_interrupted(f);
}

bool call_interrupted(const void *what)
{
    if (call_broken())
        return true;
    if (engine.run.variant != CHOICE_INTERRUPTED)
        return false;
    engine.run.interrupts--;
    spin_effect(me());
    record(EVENT_INTERRUPTED, (void *)(uintptr_t)what, 0, me()->op.pc);
    learner_errno(EINTR);
    return true;
}

/* ---- which steps have to do with each other --------------------------------------------------------- */

static uint64_t in_bits(const struct stream *s) { return s ? kernel_bit(s->number) | kernel_bit(s->number + 1) : 0; }
static uint64_t out_bits(const struct stream *s) { return s ? kernel_bit(s->number) | kernel_bit(s->number + 2) : 0; }

/* What is connected to by a number all processes know depends on whoever uses such names. */
static uint64_t own_bits(const struct file *f)
{
    bool named = f->noun == FILE_SOCKET && !f->in;
    return kernel_bit(f->number) | (named ? kernel_bit(0) : 0);
}

/* What its state depends on. */
uint64_t kernel_file_bits(const struct file *f)
{
    return own_bits(f) | in_bits(f->in) | out_bits(f->out);
}

bool kernel_only_looks(const struct thread *t)
{
    return t->op.kind == EVENT_POLL && !(waits_on_set(t) && epoll_takes(t->op.object));
}

static uint64_t poll_bits(const struct thread *t)
{
    if (waits_on_set(t))
        return epoll_bits(t->op.object);
    uint64_t bits = 0;
    const struct poll_set *s = poll_set_of(t);
    for (int i = 0; i < s->n; i++)
        if (s->at[i].file)
            bits |= s->at[i].file->kind == &kind_epoll ? epoll_bits(s->at[i].file) : kernel_file_bits(s->at[i].file);
    return bits;
}

/* Closing matters to the other end only. Closes commute: whichever comes last is the one that matters, and which of
 * them it is depends on their order, so all of them count as if they were the last. */
uint64_t kernel_close_bits(const struct file *f)
{
    uint64_t ends = (f->in ? kernel_bit(f->in->number + 2) : 0) | (f->out ? kernel_bit(f->out->number + 1) : 0);
    return ends ? ends : own_bits(f);
}

static bool has_others(const struct thread *t)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (i != t->tid && engine.threads[i].process == t->process && !engine.threads[i].ended)
            return true;
    return false;
}

/* Calls of other threads that are about to look the number up will find something else: what was announced with the
 * one file goes elsewhere, what was announced with the other finds it after all. */
static uint64_t closing_bits(const struct thread *t)
{
    const struct file *now = processes[t->process].fds[t->op.value].file, *f = now ? now : t->op.object;
    const struct file *instead = t->op.object2;
    uint64_t others = has_others(t) ? own_bits(f) | (instead ? own_bits(instead) : 0) : 0;
    return kernel_close_bits(f) | others;
}

static uint64_t exit_bits(const struct process *p)
{
    uint64_t bits = kernel_bit(p->family_number);
    if (p->parent >= 0)
        bits |= kernel_bit(processes[p->parent].family_number);
    for (int fd = 0; fd < p->fd_count; fd++)
        if (p->fds[fd].file)
            bits |= kernel_close_bits(p->fds[fd].file);
    return bits;
}

/* Of what it has open a new program keeps what is not to be closed. */
static uint64_t exec_bits(const struct process *p)
{
    uint64_t bits = kernel_bit(p->table_number);
    for (int fd = 0; fd < p->fd_count; fd++)
        if (p->fds[fd].file && p->fds[fd].cloexec)
            bits |= kernel_close_bits(p->fds[fd].file);
    return bits;
}

uint64_t kernel_touches(const struct thread *t)
{
    const struct file *f = t->op.object;
    const struct process *p = &processes[t->process];
    switch (t->op.kind) {
    case EVENT_OPEN: /* an object is something that all processes know by name */
        return kernel_bit(p->table_number) | (f ? kernel_bit(0) : 0);
    case EVENT_FORK:
        return kernel_bit(p->table_number) | kernel_bit(p->family_number);
    case EVENT_EXIT:
        return exit_bits(p);
    case EVENT_EXEC: /* of a program there is not: nothing happens */
        return t->op.value ? exec_bits(p) : 0;
    case EVENT_WAIT:
    case EVENT_GETPPID:
        return kernel_bit(p->family_number);
    case EVENT_KILL:
        return exit_bits(&processes[t->op.value]);
    case EVENT_CLOSE:
        return kernel_bit(p->table_number) | closing_bits(t);
    case EVENT_POLL:
        return poll_bits(t);
    case EVENT_FD_SET:
        return f->kind == &kind_epoll ? epoll_bits(f) : kernel_file_bits(f);
    case EVENT_FD_READ:
        return own_bits(f) | in_bits(f->in);
    case EVENT_FD_WRITE:
        return kernel_bit(f->number) | out_bits(f->out);
    default:
        return 0;
    }
}
