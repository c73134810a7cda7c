/* loop: what tests ask about event loops and descriptors (lab/check.h), and why a thread waits in vain.
 *
 * A loop thread may spend its time only in poll, select and epoll_wait. Whatever else makes virtual time pass between
 * two of these keeps the loop from serving anybody: a freeze. And a loop that asks again and again while no time passes
 * at all is busy with nothing.
 */
#include "engine/kernel/kernel.h"

#include <string.h>

#define BUSY_TURNS 2000 /* at one moment: more than any test has to do in it */

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

DECLARE(void, __wrap_lab_loop, long limit_ms, long beat_ms)
{
    ENTER(CALLER);
    me()->loop.limit = limit_ms > 0 ? limit_ms * INT64_C(1000000) : limit_ms == 0 ? 1 : 0;
    me()->loop.beat = beat_ms * INT64_C(1000000);
    me()->loop.since = engine.run.now;
    me()->loop.turns = 0;
}

static void one_more_turn(struct thread *t)
{
    t->loop.turns = engine.run.now == t->loop.since ? t->loop.turns + 1 : 0;
    if (t->loop.turns > BUSY_TURNS)
        fail(.reason = REASON_BUSY_LOOP, .value = BUSY_TURNS, .pc = t->op.pc);
}

/* Called when t goes on: whatever it waited in, time may have passed. */
void kernel_loop_check(struct thread *t)
{
    int64_t frozen = engine.run.now - t->loop.since;
    if (t->op.kind == EVENT_POLL)
        one_more_turn(t);
    if (t->op.kind == EVENT_POLL || engine.set.hostile) {
        t->loop.since = engine.run.now;
        return;
    }
    if (frozen < t->loop.limit || frozen == 0)
        return;
    uint64_t missed = t->loop.beat > 0 ? (uint64_t)(frozen / t->loop.beat) : 0;
    fail(.reason = missed ? REASON_BLOCKED_BEATS : REASON_BLOCKED, .value = (uint64_t)frozen / 1000000, .value2 = missed,
         .pc = t->op.pc);
}

DECLARE(void, __wrap_lab_short_io, int times)
{
    ENTER(CALLER);
    engine.run.short_io = times;
}
DECLARE(void, __wrap_lab_interrupts, int times)
{
    ENTER(CALLER);
    engine.run.interrupts = times;
}
DECLARE(void, __wrap_lab_pipe_room, int bytes)
{
    ENTER(CALLER);
    engine.run.pipe_room = bytes > 0 ? (size_t)bytes : 0;
}
DECLARE(int, __wrap_lab_descriptors_open, void)
{
    ENTER(CALLER);
    return descriptors_open();
}
DECLARE(void, __wrap_lab_no_descriptors_left, void)
{
    uint64_t pc = 0;
    ENTER(CALLER);
    int fd = descriptor_first_open(&pc);
    if (fd >= 0)
        fail(.reason = REASON_FD_LEFT, .value = (uint64_t)fd, .pc = pc);
}

/* ---- waiting in vain ------------------------------------------------------------------------------ */

/* A living thread whose process has a descriptor of f; TRACE_NO_THREAD. */
static int keeper(const struct file *f)
{
    for (int i = 0; f && i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        const struct process *p = &processes[t->process];
        for (int fd = 0; t->alive && !t->ended && fd < p->fd_count; fd++)
            if (p->fds[fd].file == f)
                return i;
    }
    return TRACE_NO_THREAD;
}

enum reason kernel_stuck(const struct thread *t, int *ret_other)
{
    const struct file *f = t->op.object;
    switch (t->op.kind) {
    case EVENT_FD_READ:
        if (f->kind == &kind_timer)
            return REASON_DEADLOCK_TIMER;
        *ret_other = keeper(f->in ? f->in->writer : NULL);
        if (f->kind == &kind_socket && *ret_other == t->tid)
            *ret_other = TRACE_NO_THREAD; /* it talks to itself: what it waits for is an answer, not the end */
        return *ret_other == TRACE_NO_THREAD ? REASON_DEADLOCK_READ : REASON_DEADLOCK_EOF;
    case EVENT_FD_WRITE:
        return REASON_DEADLOCK_WRITE;
    case EVENT_POLL:
        return REASON_DEADLOCK_POLL;
    case EVENT_WAIT:
        if (wait_child(t) < 0)
            return REASON_DEADLOCK_CHILDREN;
        *ret_other = processes[wait_child(t)].leader;
        return REASON_DEADLOCK_WAIT;
    default:
        return REASON_NONE;
    }
}
