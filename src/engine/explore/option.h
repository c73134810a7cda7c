/* option: what a thread would do at a decision, and which two such steps do not commute. Private to explore/.
 *
 * Two steps of different threads conflict when their order may matter: to what either does, to whether it
 * can be done, to the final state, or to what happens before what. Reduction rests on it, so it is
 * judged by what a step will do in the state it is taken in (a failing trylock only reads), and
 * never by more than that state tells. tests/engine/oracle.py compares with brute force. */
#ifndef ENGINE_OPTION_H
#define ENGINE_OPTION_H

#include "engine/explore/explore.h"

#define BIT(tid) (UINT64_C(1) << (tid))

/* A step somebody can take, as it was announced, and what it would do at that moment. */
struct option {
    uint8_t tid, variant, cost, preempts;
    uint8_t kind;
    bool reads;     /* changes nothing: a failing try, a failing exchange, a signal that meets nobody */
    bool waits;     /* it cannot always be taken: it may be blocked, or its process stopped */
    bool timed;     /* it may also give up: time may have moved to its deadline */
    bool near_limit;/* ... of a count: alike steps differ */
    uint16_t place; /* barrier: how many came before in this round */
    uint16_t needed, round;
    void *object, *object2;
    uint64_t value;
    uint64_t touches; /* kernel_touches */
    bool looks;       /* kernel_only_looks */
    uint8_t process;
    uint64_t ends;    /* processes that end with it, or of which every step has to do with it, a bit each */
    bool rationed;    /* uses up something of which a run has only so much */
};

/* What t would do, in the state as it is now. */
void option_of(struct option *out, const struct thread *t, int variant, uint8_t cost, bool preempts);
bool options_conflict(const struct option *a, const struct option *b);

/* Two options that conflict have a bucket in common, or one of them is everybody's. At most two;
 * fewer: the rest is BUCKET_NONE. */
#define BUCKETS 256
#define BUCKET_EVERY (BUCKETS - 1) /* conflicts with anything */
#define BUCKET_NONE BUCKETS
void option_buckets(const struct option *o, uint16_t buckets[2]);

#endif
