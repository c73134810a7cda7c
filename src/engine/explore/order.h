/* order: what happened before what in the run that is going on, counted in steps of each thread. Private to explore/.
 *
 * One clock a thread: of each other thread, how many of its steps come before what this one does next. dpor.c
 * has one a step too. Joined over program order, create and join, release of a lock to its next owner,
 * signal to woken thread, and the passing of ideal time, by the primitives (engine.h); over conflicts by dpor.c. */
#ifndef ENGINE_ORDER_H
#define ENGINE_ORDER_H

#include "engine/explore/explore.h"

typedef int16_t order_clock;
#define ORDER_MAX 32000 /* steps in a run that clocks can count */

extern order_clock order_seen[MAX_THREADS][MAX_THREADS];
extern uint16_t order_steps[MAX_THREADS]; /* of each thread */
extern int32_t order_last[MAX_THREADS];   /* dpor.c's node of its last step; -1: none yet */

/* Threads there are, in eights: so many entries are joined and copied. */
static inline int order_width(void) { return (engine.run.thread_count + 7) & ~7; }

typedef order_clock order_eight __attribute__((vector_size(16), aligned(2), may_alias));

static inline void order_join_clock(order_clock *to, const order_clock *from, int width)
{
    for (int i = 0; i < width; i += 8) {
        order_eight a = *(const order_eight *)(to + i), b = *(const order_eight *)(from + i), less = a < b;
        *(order_eight *)(to + i) = (b & less) | (a & ~less);
    }
}

/* By dpor.c: the clock of the step that `tid` is executing; NULL: none. */
order_clock *order_of_step(int tid, int *ret_width);

/* By dpor.c: ideal time is about to pass. */
void order_before_time(void);

#endif
