/* timeout.h - wait for a task, but not for ever. */
#ifndef TIMEOUT_H
#define TIMEOUT_H

#include <lab/loop.h>

/* Gives the task `ms` milliseconds from now on. Then, once, done(ctx, err) is called:
 *   - when the task ends in time, with its own error: 0, what co_fail said, or ECANCELED if somebody else
 *     cancelled it;
 *   - when the time is up, with ETIMEDOUT. By then the task is cancelled, and has cleaned up behind itself.
 * If both happen at the same moment it is one of the two. A task that has ended already ended in time: `done` is called
 * at once. Afterwards nothing is left: no timer and no memory. A task may have several limits. Nobody looks again and again
 * whether it is time. */
void with_timeout(loop_t *l, task_t *t, int ms, void (*done)(void *ctx, int err), void *ctx);

#endif
