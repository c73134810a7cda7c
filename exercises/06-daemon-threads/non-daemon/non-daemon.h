/* non-daemon.h - Python's rule in C: at the end, wait for all threads that are not daemons. */
#ifndef NON_DAEMON_H
#define NON_DAEMON_H

#include <stdbool.h>

/* Starts a thread that calls fn(arg). Returns 0, or the error number of pthread_create. Threads may start
 * further threads. Nobody joins them; what is left of them is given back by itself. */
int thr_start(void *(*fn)(void *), void *arg, bool daemon);

/* Returns when no thread is running that was started with daemon == false, those included that were
 * started meanwhile by such threads. Does not wait for daemons. Main calls it once, before it returns. */
void thr_wait_all(void);

#endif
