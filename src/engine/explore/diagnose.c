/* diagnose: nothing can run any more. Why? The most telling cause first: a thread waiting for a lock
 * whose owner is gone, a circle of locks, a signal nobody sends, a join that never ends, a
 * loop that polls for ever. */
#include "engine/engine.h"

#include <string.h>

/* ... and what it waits for is looked up as its process has it. */
static bool living(const struct thread *t)
{
    look_at(t);
    return t->alive && !t->ended;
}

static bool wants_lock(const struct thread *t)
{
    if (!living(t))
        return false;
    switch (t->op.kind) {
    case EVENT_LOCK:
    case EVENT_RDLOCK:
    case EVENT_WRLOCK:
        return true;
    case EVENT_RELOCK:
        return t->signalled;
    default:
        return false;
    }
}

static struct object *wanted(const struct thread *t) { look_at(t); return wants_lock(t) ? object_peek(t->op.object) : NULL; }

static const struct thread *holder_of(const struct thread *t)
{
    const struct object *l = wanted(t);
    int tid = l ? object_holder(l, NULL) : TRACE_NO_THREAD;
    return tid == TRACE_NO_THREAD ? NULL : &engine.threads[tid];
}

static uint64_t taken_at(const struct thread *t)
{
    uint64_t pc = 0;
    object_holder(wanted(t), &pc);
    return pc;
}

static bool holds(const struct thread *h, const struct object *l)
{
    bool reads = false;
    for (int i = 0; l->kind == OBJECT_RWLOCK && i < l->waiter_count; i++)
        reads |= l->waiters[i] == h->tid;
    return reads || l->owner == h->tid;
}

static void blame(enum reason why, const struct thread *t, const struct thread *other, void *object, uint64_t pc2)
{
    engine.run.me = &engine.threads[t->tid];
    fail(.reason = why, .other = other ? other->tid + 1 : 0, .object = object, .pc = t->op.pc, .pc2 = pc2);
}

static void find_held_by_ended(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i], *h = holder_of(t);
        if (h && h->process != t->process && !memory_is_shared(t->op.object))
            blame(REASON_DEADLOCK_FORKED, t, h, t->op.object, taken_at(t));
        if (h && h->ended)
            blame(REASON_DEADLOCK_HELD, t, h, t->op.object, taken_at(t));
    }
}

/* A reader that asks again, where writers go first: see sync/rwlock.c. */
static void find_behind_writer(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        const struct object *l = wanted(t);
        for (int k = 0; l && t->op.kind == EVENT_RDLOCK && holds(t, l) && k < engine.run.thread_count; k++)
            if (wanted(&engine.threads[k]) == l && engine.threads[k].op.kind == EVENT_WRLOCK)
                blame(REASON_DEADLOCK_BEHIND_WRITER, t, &engine.threads[k], t->op.object, held_since(t, l->addr));
    }
}

/* Does `from` wait for a lock that `to` holds, perhaps through others? */
static bool leads_to(const struct thread *from, const struct thread *to, uint64_t *seen)
{
    const struct object *l = wanted(from);
    if (!l || *seen >> from->tid & 1)
        return false;
    *seen |= UINT64_C(1) << from->tid;
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *h = &engine.threads[i];
        if (holds(h, l) && (h == to || leads_to(h, to, seen)))
            return true;
    }
    return false;
}

static void find_circle(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        const struct object *l = wanted(t);
        for (int k = 0; l && k < engine.run.thread_count; k++) {
            const struct thread *h = &engine.threads[k];
            uint64_t seen = 0;
            if (h != t && holds(h, l) && leads_to(h, t, &seen))
                blame(REASON_DEADLOCK_CYCLE, t, h, t->op.object, held_since(h, l->addr));
        }
    }
}

static void find_unsignalled(void)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < engine.run.thread_count; i++) {
            const struct thread *t = &engine.threads[i];
            if (!living(t) || t->op.kind != EVENT_RELOCK || t->signalled)
                continue;
            if (t->missed || pass)
                blame(t->missed ? REASON_DEADLOCK_LOST_SIGNAL : REASON_DEADLOCK_NO_SIGNAL, t, NULL, t->op.object2, 0);
        }
}

static void find_unposted(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (living(t) && t->op.kind == EVENT_SEM_WAIT)
            blame(REASON_DEADLOCK_SEM, t, NULL, t->op.object, 0);
    }
}

static void find_unsent(void)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (living(&engine.threads[i]) && engine.threads[i].op.kind == EVENT_SIGWAIT)
            blame(engine.threads[i].too_early ? REASON_DEADLOCK_SIGNAL_EARLY : REASON_DEADLOCK_SIGWAIT, &engine.threads[i], NULL, NULL, 0);
}

static void find_uncome(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (!living(t) || t->op.kind != EVENT_BARRIER_LEAVE)
            continue;
        const struct object *b = object_peek(t->op.object);
        engine.run.me = &engine.threads[i];
        fail(.reason = REASON_DEADLOCK_BARRIER, .object = t->op.object, .pc = t->op.pc,
             .value = (uint64_t)b->waiter_count, .value2 = b->needed);
    }
}

/* ---- descriptors ------------------------------------------------------------------- */

static void find_stuck_io(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        int other = TRACE_NO_THREAD;
        enum reason why = living(t) && !t->await ? kernel_stuck(t, &other) : REASON_NONE;
        if (why != REASON_NONE)
            blame(why, t, other == TRACE_NO_THREAD ? NULL : &engine.threads[other], t->op.object, 0);
    }
}

/* A thread that waits for a lock whose owner is itself stuck elsewhere. */
static void find_held(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i], *h = holder_of(t);
        if (h)
            blame(REASON_DEADLOCK_HELD, t, h, t->op.object, taken_at(t));
    }
}

static void find_polling(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (living(t) && t->await && t->op.kind == EVENT_POLL && kernel_due(t) != NEVER && kernel_due(t) > engine.run.now)
            blame(REASON_BUSY_POLL, t, NULL, t->op.object, 0);
        if (living(t) && t->await)
            blame(REASON_LIVELOCK, t, NULL, t->spin.read_count ? (void *)(uintptr_t)t->spin.reads[0].addr : NULL, 0);
    }
}

static void find_joining(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (living(t) && t->op.kind == EVENT_JOIN)
            blame(REASON_DEADLOCK_JOIN, t, &engine.threads[t->op.value], NULL, 0);
    }
}

void diagnose_deadlock(void)
{
    find_held_by_ended();
    find_behind_writer();
    find_circle();
    find_polling();
    find_unsignalled();
    find_unposted();
    find_unsent();
    find_uncome();
    find_held();
    find_stuck_io();
    find_joining();
    for (int i = 0; i < engine.run.thread_count; i++)
        if (living(&engine.threads[i]))
            blame(REASON_DEADLOCK_OTHER, &engine.threads[i], NULL, NULL, 0);
    fail(.reason = REASON_DEADLOCK_OTHER);
}
