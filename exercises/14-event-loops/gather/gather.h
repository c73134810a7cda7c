/* gather.h - one call when several tasks have ended. */
#ifndef GATHER_H
#define GATHER_H

#include <lab/loop.h>

/* Calls done(ctx, 0) when all n tasks have ended without an error; or done(ctx, err) as soon as the first of them
 * ends with an error, with that error. In either case exactly once, and for n = 0 too. If that is decided
 * already, done is called before loop_gather returns.
 *
 * The other tasks go on after an error. `task` is only read, and only before loop_gather returns: afterwards the
 * array may be used for something else. Tasks may have ended already, and may be in several gatherings at once.
 * No memory is left when the last task has ended. */
void loop_gather(loop_t *l, task_t **task, int n, void (*done)(void *ctx, int err), void *ctx);

#endif
