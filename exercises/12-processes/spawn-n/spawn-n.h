/* spawn-n.h - several child processes, and how each of them ended. */
#ifndef SPAWN_N_H
#define SPAWN_N_H

#define SPAWN_MOST 64 /* children at once */

/* Starts n children (at most SPAWN_MOST), all at the same time; the i-th calls child(i) and ends with what that returns as its
 * exit code. Waits until all have ended: status[i] is the exit code of the i-th, or 128 + the number of
 * the signal that ended it. Other children of the caller are left alone.
 *
 * Returns 0. If a child cannot be started, no further one is tried; those that were started are waited for and
 * have their status, and -1 is returned. */
int spawn_n(int n, int (*child)(int), int *status);

#endif
