/* polite.h - take two locks without ever waiting while holding one. */
#ifndef POLITE_H
#define POLITE_H

#include <pthread.h>
#include <stdbool.h>

/* Tries to get both locks, at most `max_tries` times. Returns true: the caller holds both. Returns
 * false: the caller holds neither. A try fails only if one of the two is taken. Both locks are different, and the
 * caller holds none of them before.
 *
 * Never waits for a lock. Between two tries it waits a moment, holding nothing: lab_brew(ms), or a sleep.
 *
 * `me` is another number for each caller, 0, 1, 2 ... When two callers want the same two locks, in
 * either order, and nobody else does, both get them within 3 tries, each after the other. */
bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries);

#endif
