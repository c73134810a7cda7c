/* option: what a thread would do at a decision, and which two such steps may be exchanged. Private to explore/. */
#ifndef ENGINE_OPTION_H
#define ENGINE_OPTION_H

#include "engine/explore/explore.h"

struct option {
    uint8_t tid, variant, cost, preempts;
    uint8_t kind;
    void *object, *object2;
    uint64_t value;
};
#define BIT(tid) (UINT64_C(1) << (tid))

struct option option_of(const struct thread *t, int variant, uint8_t cost, bool preempts);
/* May the order of two steps of different threads matter? Never wrongly false; both were possible at one state. */
bool options_conflict(const struct option *a, const struct option *b);

#endif
