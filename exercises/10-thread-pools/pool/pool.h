/* pool.h - a few workers, a queue of tasks, and a future for each task. */
#ifndef POOL_H
#define POOL_H

#include <stdbool.h>

/* The slip for the result of a task. The lab gives you this; see future.c. */
typedef struct future future_t;

future_t *future_new(void);
/* Writes value and error on it and wakes everybody who waits. 0, or EALREADY if there is a result already. */
int future_set(future_t *f, void *val, int err);
/* Waits for the result, puts the value into *val (unless `val` is NULL), returns the error. */
int future_get(future_t *f, void **val);
bool future_done(future_t *f);                /* is there a result? */
bool future_wait_ms(future_t *f, int ms);     /* waits for at most so many milliseconds; is there one? */
void future_free(future_t *f);

/* The pool. */
typedef struct pool pool_t;

/* Hires that many workers (at least one). */
pool_t *pool_new(int workers);

/* Accepts a task and returns at once; a worker will call fn(arg, &val), and the task's future gets the value and
 * what fn returned, 0 or an error number. Tasks begin in the order in which they were submitted. The caller
 * frees the future when it has a result. NULL: pool_shutdown has been called, the task will not run. */
future_t *pool_submit(pool_t *p, int (*fn)(void *, void **), void *arg);

/* Closes the pool: from now on no task is accepted. With `drain`, all accepted tasks are run; without, those
 * that have not begun are dropped, and their futures get the error ECANCELED. Returns when all workers have
 * ended and were joined. Called once. */
void pool_shutdown(pool_t *p, bool drain);

/* Gives the memory back, after pool_shutdown. */
void pool_free(pool_t *p);

#endif
