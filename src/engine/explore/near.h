/* near: the runs beside a given one, nearest first; see near.c. Private to explore/. */
#ifndef ENGINE_NEAR_H
#define ENGINE_NEAR_H

#include "engine/explore/explore.h"

#define NEAR_ANY 60000 /* any number of differences */

extern const struct chooser strategy_near;
/* The next run is `steps` itself (decisions of explore's style, not copied), then come those that differ
 * from it in at most so many choices. */
void near_begin(const struct trace_step *steps, size_t n, int differences);
bool near_next(void);     /* prepares the next run; false: all were made */
size_t near_leaves(void); /* the decision at which the run just made left the path */
void near_path(struct trace_schedule *out); /* appends the decisions of the run just made */
extern struct near_report {
    bool bounded;  /* some choice was left out for its differences */
    bool diverged; /* the program did something else on the same schedule */
} near_run;

#endif
