/* clocks: happens-before as vector clocks.
 *
 * A thread's own entry counts its releases, so two accesses of one thread between releases have
 * the same time. In PLAIN_SHARED mode the edges that locks make are left out: what then looks
 * like a race is what threads share.
 */
#include "engine/engine.h"

typedef int32_t four __attribute__((vector_size(16), aligned(4), may_alias)); /* no thread has 2^31 releases */

/* Entries of threads that are not there yet are 0 everywhere. */
static inline void join_into(uint32_t *to, const uint32_t *from)
{
    for (int i = 0; i < engine.run.thread_count; i += 4) {
        four a = *(const four *)(to + i), b = *(const four *)(from + i), less = a < b;
        *(four *)(to + i) = (b & less) | (a & ~less);
    }
}

/* What t did so far, others may know from now on. */
static void new_epoch(struct thread *t)
{
    t->vc[t->tid]++;
    t->closed += t->open;
    t->open = 0;
}

void hb_release(struct release *object)
{
    if (engine.run.ordered)
        order_release(object->order);
    if (engine.set.plain == PLAIN_SHARED)
        return;
    join_into(object->vc, me()->vc);
    new_epoch(me());
}

void hb_acquire(const struct release *object)
{
    if (engine.run.ordered)
        order_acquire(object->order);
    if (engine.set.plain != PLAIN_SHARED)
        join_into(me()->vc, object->vc);
    if (engine.run.handling)
        handler_learn();
}

void hb_fork(struct thread *child)
{
    if (engine.run.ordered)
        order_fork(me() ? me()->tid : -1, child->tid);
    if (me()) {
        join_into(child->vc, me()->vc);
        new_epoch(me());
    }
    child->vc[child->tid] = 1;
}

void hb_join(const struct thread *ended)
{
    if (engine.run.ordered)
        order_join(me()->tid, ended->tid);
    join_into(me()->vc, ended->vc);
    if (engine.run.handling)
        handler_learn();
}
