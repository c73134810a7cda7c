/* random: what the strategies that throw dice share. Private to explore/.
 *
 * Every run has dice of its own, made from the seed and the number of the run, and what is learnt
 * about the program is learnt in the first runs only. So the nth run of a seed is the same run
 * everywhere, and also where others made the runs before it. */
#ifndef ENGINE_RANDOM_H
#define ENGINE_RANDOM_H

#include "engine/explore/explore.h"

#define PROFILE_RUNS 8 /* runs by plain dice, from which the others learn */

uint32_t random_below(uint32_t n); /* n > 0 */
/* Decisions before this one in this run. */
int random_depth(void);
/* Chooses anybody: the index of a choice. Odd events (spurious, early) only now and then. */
int random_anybody(const struct trace_choice *choices, int n);
/* May choice i be taken now? Odd ones only one time in eight, if there are others. */
bool random_admits(const struct trace_choice *choices, int n, int i);

/* A way to choose. In the first PROFILE_RUNS runs anybody is chosen and `learn` is told. */
struct dice {
    void (*begin)(void);     /* a search */
    void (*begin_run)(void); /* a run after those */
    void (*learn)(const struct trace_choice *chosen);
    void (*learn_run)(void); /* ... that run is over */
    int (*pick)(const struct trace_choice *choices, int n);
};
extern const struct dice dice_pct, dice_surw;

#endif
