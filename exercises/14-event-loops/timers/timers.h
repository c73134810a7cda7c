/* timers.h - many timers, one thread that waits for all of them. */
#ifndef TIMERS_H
#define TIMERS_H

/* Calls fire(i) for each i from 0 to n - 1, ms[i] milliseconds from now (0 or more), and returns when all were
 * called. In the order in which they are due; of those that are due at the same moment, any may be first. One
 * thread, which sleeps in epoll_wait until there is something to do. Returns 0; every descriptor is closed. */
int wait_timers(const int *ms, int n, void (*fire)(int));

#endif
