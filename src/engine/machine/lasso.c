/* lasso: a thread that runs alone and comes back to the very state the program was in before.
 *
 * Unlike the loops of spin.c this one may change things and change them back. As long as it runs alone it will go
 * round for ever. Was nobody else able to run all the while, it is a livelock, or time must pass first. Else the
 * schedule is unfair, and going on with it shows nothing: all that others could do meanwhile was a choice on
 * the first round. So the run is cut (run.lasso). Nothing that a run can come to is lost by that; but whether runs come
 * to an end at all, only the search that knows all states can tell (explore/states.c).
 *
 * Looked for after some hundred steps alone, with Brent's moving anchor; only at operations that are decisions in
 * every style, so that a replay finds it at the same step.
 */
#include "engine/engine.h"

#define PATIENCE 256 /* steps alone before states are compared */
#define NEAR 256     /* bytes of the stack compared first */

static struct {
    uint32_t run;
    int tid, steps, next;
    bool armed, company;
    struct digest near;           /* of a part of the anchor, see near_digest */
    struct digest memory, anchor; /* of the same state: its first half, all of it */
} solo;

static bool company(const struct thread *t)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (i != t->tid && thread_status(&engine.threads[i]) == THREAD_READY)
            return true;
    return false;
}

static bool always_decided(enum event_kind k)
{
    return k != EVENT_CREATE && k != EVENT_DETACH && k != EVENT_JOIN && k != EVENT_UNLOCK && k != EVENT_RWUNLOCK &&
           k != EVENT_OUTPUT && k != EVENT_EXIT;
}

static void begin(const struct thread *t)
{
    solo.run = engine.run.id;
    solo.tid = t->tid;
    solo.steps = 0;
    solo.next = PATIENCE;
    solo.armed = false;
}

static void comes_back(struct thread *t)
{
    if (solo.company) {
        if (engine.set.style == STYLE_EVERY || engine.set.record)
            return;
        engine.run.cut = engine.run.lasso = true;
        run_end();
    }
    if (!time_advance())
        fail(.reason = REASON_LIVELOCK, .pc = t->op.pc);
    begin(t);
}

static bool same(const struct digest *a, const struct digest *b) { return a->a == b->a && a->b == b->b; }

/* Where the thread is, and the end of its stack: a part of the state that is soon compared, and that a loop which
 * counts never comes back to. */
static struct digest near_digest(const struct thread *t)
{
    struct digest d = DIGEST_START;
    size_t left = (size_t)(t->stack + STACK_SIZE - (const char *)t->learner_sp);
    digest_word(&d, t->op.pc);
    digest_word(&d, (uint64_t)(uintptr_t)t->op.object);
    digest_word(&d, (uint64_t)t->learner_sp);
    digest_bytes(&d, (const char *)t->learner_sp, left < NEAR ? left : NEAR);
    return d;
}

void lasso_look(struct thread *t)
{
    struct digest memory, now;
    if (engine.set.driven || t->await || !always_decided(t->op.kind) || t->loop.limit)
        return; /* the turns of an event loop are counted: kernel/loop.c */
    if (solo.run != engine.run.id || solo.tid != t->tid)
        begin(t);
    if (++solo.steps < PATIENCE)
        return;
    solo.company |= company(t);
    struct digest near = near_digest(t);
    bool like = solo.armed && same(&near, &solo.near), due = solo.steps >= solo.next;
    if ((!like && !due) || !run_digest_memory(&memory))
        return;
    like = like && same(&memory, &solo.memory);
    if (!like && !due)
        return;
    now = memory;
    if (!run_digest_whole(&now))
        return;
    if (like && same(&now, &solo.anchor)) {
        comes_back(t);
    } else if (due) {
        solo.near = near;
        solo.memory = memory;
        solo.anchor = now;
        solo.armed = true;
        solo.company = company(t);
        solo.next *= 2;
    }
}
