/* engine: what the engine's own files share. Nothing outside src/engine includes it.
 *
 * One OS thread. Each learner thread is a fiber; at every visible operation it announces
 * what it will do and calls point(), which returns when the strategy has chosen it and
 * the operation is enabled. What follows, up to the next point(), is executed at once and
 * nobody else runs. So every primitive is written with four verbs:
 *
 *     announce(op)   fill in me->op
 *     point()        park until chosen
 *     (do it)        change the object, join clocks, note the event
 *     fail(...)      end the run with a verdict
 *
 * Everything that belongs to one run lives in `run` and in the per-thread structs and is
 * put back by run_reset; everything that outlives a run is in `engine`.
 *
 * Race detection: happens-before by vector clocks; each granule of 8 bytes keeps the accesses
 * that are not yet ordered before all others (FastTrack, Flanagan and Freund, PLDI 2009,
 * kept exact by holding every concurrent read).
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/machine/state.h"
#include "engine/machine/machine.h"
#include "engine/sync/objects.h"
#include "engine/kernel/world.h"

/* ---- explore/order: order between steps that is no conflict; where run.ordered ---- */
void order_fork(int parent, int child); /* parent -1: main */
void order_join(int tid, int ended);    /* also: tid was woken by a step of `ended` */
void order_release(int16_t *object);
void order_acquire(const int16_t *object);
void order_time(void);                  /* ideal time passed: all before, before all after */
void order_ended(const struct thread *t); /* another one ends it: what it announced will not come */

/* ---- lab ---- */
void possible_reset(void); /* a new test begins */
/* The first lab_possible never reached: true and filled; else false. */
bool possible_missing(struct trace_failure *out);
/* What a check's message says, and the belief before it, as value, detail and right_if of a failure without them. */
void failure_say(struct trace_failure *f, const char *message);
size_t possible_reached(void); /* another number whenever one is new, or reached for the first time */
long lab_elapsed_ms(void);
void clock_point(uint64_t pc);          /* before a clock is read: a step, where the order may matter */

/* ---- explore: see explore/explore.h ---- */
extern struct trace_failure run_failure; /* of the last run */
void diagnose_deadlock(void) __attribute__((noreturn));

#endif
