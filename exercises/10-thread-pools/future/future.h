/* future.h - a slip for a result that comes later. */
#ifndef FUTURE_H
#define FUTURE_H

#include <stdbool.h>

/* Empty at first; then, once and for ever, a value and an error number. You say what is in it. */
typedef struct future future_t;

/* A new, empty future. */
future_t *future_new(void);

/* Writes value and error (0: none) on it and wakes everybody who waits for them. Returns 0, or EALREADY if there
 * is a result already; then that one stays. */
int future_set(future_t *f, void *val, int err);

/* Waits until there is a result, puts the value into *val (unless `val` is NULL) and returns the error.
 * May be called often, and by several threads; all get the same. */
int future_get(future_t *f, void **val);

/* Is there a result? Does not wait. */
bool future_done(future_t *f);

/* Waits until there is a result, for at most `ms` milliseconds. Returns whether there is one. */
bool future_wait_ms(future_t *f, int ms);

/* Gives its memory back. No thread is in one of the functions above any more. */
void future_free(future_t *f);

#endif
