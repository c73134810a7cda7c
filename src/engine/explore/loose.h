/* loose: a schedule followed as far as it can be; see loose.c. Private to explore/. */
#ifndef ENGINE_LOOSE_H
#define ENGINE_LOOSE_H

#include "engine/explore/explore.h"

extern const struct chooser strategy_loose;
void loose_begin(const struct trace_step *steps, size_t n);  /* copied */
void loose_path(struct trace_schedule *out); /* appends what the run just made really did */

#endif
