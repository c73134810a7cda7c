/* run-in-executor.h - blocking work for a pool, its result for the loop. */
#ifndef RUN_IN_EXECUTOR_H
#define RUN_IN_EXECUTOR_H

#include <lab/loop.h>

/* The pool. The lab gives you this; see pool.c. */
typedef struct pool pool_t;

/* Hires that many workers. */
pool_t *pool_new(int workers);
/* A worker will call job(arg). Returns at once; there is no slip this time. */
void pool_run(pool_t *p, void (*job)(void *), void *arg);
/* Lets the workers finish what they have, joins them, and gives the memory back. */
void pool_close(pool_t *p);

/* Once for a loop, before its first loop_offload; and after loop_run has returned and the pool was closed. */
void offload_open(loop_t *l);
void offload_close(loop_t *l);

/* Has a worker call work(arg), and returns at once. When the result is there, the loop calls
 * done(result, ctx), on its own thread and once. As long as a job is out, loop_run does not return; when none is
 * out any more, nothing of this keeps it. Called by the thread of the loop only, before or during loop_run; in `done`, too. */
void loop_offload(loop_t *l, pool_t *p, void *(*work)(void *), void *arg, void (*done)(void *res, void *ctx), void *ctx);

#endif
