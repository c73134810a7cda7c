/* cancel: cleanup handlers, and deferred cancellation.
 *
 * pthread_cleanup_push is a setjmp in the learner's function (intercept/jump.c); ending the thread jumps back there, the handler is
 * called by the learner's own code, and __pthread_unwind_next comes here for the next one. A thread that is
 * asked to end does so at a cancellation point: a join, a wait, a sleep, pthread_testcancel. In a wait on a
 * condition variable it gets the mutex first, and takes no signal from others.
 *
 * Cancelling commutes with nothing the other thread does: programs that use it are explored without
 * reduction (run.observed).
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <setjmp.h>
#include <string.h>

#define HANDLERS 64 /* nested in one thread */

static struct cleanup {
    uint32_t run;
    int count;
    struct {
        void *buf; /* the learner's jmp_buf */
        int depth; /* of calls, there */
    } at[HANDLERS];
    void *result;
} cleanups[MAX_THREADS];

static struct cleanup *mine(void)
{
    struct cleanup *c = &cleanups[me()->tid];
    if (c->run != engine.run.id) {
        c->run = engine.run.id;
        c->count = 0;
    }
    return c;
}

/* ---- handlers ---------------------------------------------------------------------- */

void __wrap___pthread_register_cancel(void *buf);
void __wrap___pthread_register_cancel(void *buf)
{
    ENTER(CALLER);
    struct cleanup *c = mine();
    if (c->count == HANDLERS)
        fail(.reason = REASON_LIMIT, .detail = "more than 64 cleanup handlers in one thread");
    c->at[c->count].buf = buf;
    c->at[c->count++].depth = me()->depth;
}

void __wrap___pthread_unregister_cancel(void *buf);
void __wrap___pthread_unregister_cancel(void *buf)
{
    struct cleanup *c = mine();
    if (c->count && c->at[c->count - 1].buf == buf)
        c->count--;
}

static void next_handler(void) __attribute__((noreturn));
static void next_handler(void)
{
    struct cleanup *c = mine();
    if (!c->count)
        thread_end(c->result);
    c->count--;
    me()->depth = c->at[c->count].depth;
    longjmp(*(jmp_buf *)c->at[c->count].buf, 1);
}

/* A function that a test calls has to return to it: what the test asks afterwards would never be asked. Its own start
 * routine, written by the learner where the answer is a test, may end as it likes. */
static void keep_in_test(const struct thread *t, const char *how, uint64_t pc)
{
    if (t->of_test && !t->process && (t->tid == 0 || t->depth > 1))
        fail(.reason = REASON_TEST_LEFT, .detail = how, .pc = pc);
}

void thread_unwind(void *result, const char *how, uint64_t pc)
{
    keep_in_test(me(), how, pc);
    mine()->result = result;
    me()->ending = true;
    next_handler();
}

void __wrap___pthread_unwind_next(void *buf) __attribute__((noreturn));
void __wrap___pthread_unwind_next(void *buf)
{
    (void)buf;
    ENTER(CALLER);
    next_handler();
}

/* ---- cancellation --------------------------------------------------------------------- */

static bool wanted(const struct thread *t) { return t->cancelled && !t->uncancellable && !t->ending; }

bool cancel_happens(const struct thread *t)
{
    switch (t->op.kind) {
    case EVENT_JOIN:
    case EVENT_SEM_WAIT:
    case EVENT_WAKE:
    case EVENT_SIGWAIT:
    case EVENT_FD_READ:
    case EVENT_FD_WRITE:
    case EVENT_POLL:
    case EVENT_TESTCANCEL:
        return wanted(t);
    case EVENT_TRYJOIN:
        return t->deadline != NEVER && wanted(t);
    default:
        return false;
    }
}

void cancel_point(void)
{
    if (!wanted(me()))
        return;
    record(EVENT_CANCELLED, NULL, 0, me()->op.pc);
    thread_unwind(PTHREAD_CANCELED, "is ended by pthread_cancel", me()->op.pc);
}

int __wrap_pthread_cancel(pthread_t id);
int __wrap_pthread_cancel(pthread_t id)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct thread *t = thread_of(id);
    engine.run.observed = engine.run.used_cancel = true; /* also of who was joined by now */
    if (!t || t->joined || (t->ended && t->detached))
        fail(.reason = REASON_CANCEL_UNKNOWN, .pc = pc);
    step2(EVENT_CANCEL, NULL, NULL, (uint64_t)t->tid, always);
    record(EVENT_CANCEL, NULL, (uint64_t)t->tid, pc);
    t->cancelled = true;
    void *cond = wanted(t) ? cond_of(t) : NULL;
    if (cond) {
        cond_forget(object_peek(cond), t);
        cond_woken(t);
        t->cancel_woken = true;
    }
    return 0;
}

int __wrap_pthread_setcancelstate(int state, int *old);
int __wrap_pthread_setcancelstate(int state, int *old)
{
    ENTER(CALLER);
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    spin_effect(me());
    if (old) {
        access_range(old, sizeof *old, true, CALLER);
        *old = me()->uncancellable ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    }
    me()->uncancellable = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int __wrap_pthread_setcanceltype(int type, int *old);
int __wrap_pthread_setcanceltype(int type, int *old)
{
    ENTER(CALLER);
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER,
             .detail = "asynchronous cancellation could stop the thread in the middle of anything; the lab has only the "
                       "deferred kind");
    if (old) {
        access_range(old, sizeof *old, true, CALLER);
        *old = PTHREAD_CANCEL_DEFERRED;
    }
    return 0;
}

void __wrap_pthread_testcancel(void);
void __wrap_pthread_testcancel(void)
{
    ENTER(CALLER);
    me()->yielded = true; /* it looks only at what others do */
    step(EVENT_TESTCANCEL, NULL, always);
    if (!wanted(me()))
        record(EVENT_TESTCANCEL, NULL, 0, CALLER);
    cancel_point();
}

void cleanups_fork(const struct thread *from, const struct thread *to)
{
    if (cleanups[from->tid].run == engine.run.id)
        cleanups[to->tid] = cleanups[from->tid];
}

void cleanups_digest(struct digest *out)
{
    for (int t = 0; t < engine.run.thread_count; t++) {
        const struct cleanup *c = &cleanups[t];
        if (c->run != engine.run.id || !c->count)
            continue;
        digest_word(out, (uint64_t)t << 32 | (uint64_t)c->count);
        digest_word(out, (uint64_t)(uintptr_t)c->result);
        for (int i = 0; i < c->count; i++) {
            digest_word(out, (uint64_t)(uintptr_t)c->at[i].buf);
            digest_word(out, (uint64_t)c->at[i].depth);
        }
    }
}
