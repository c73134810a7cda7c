/* makespan.h - how long will it take? Three answers, without running anything. */
#ifndef MAKESPAN_H
#define MAKESPAN_H

/* d[0] to d[n - 1] are the durations of n jobs, each 0 or more. All three return the time from the
 * beginning until everything is done, and 0 for n = 0. */

/* The jobs are done one after the other. */
int seq_time(const int *d, int n);

/* The jobs only wait, and all of them are begun at once. */
int wait_time(const int *d, int n);

/* The jobs compute, each on one core until it is done; there are `cores` cores, at least one. The
 * jobs are handed out in the order of the array: whenever a core is free, it takes the next one. */
int core_time(const int *d, int n, int cores);

#endif
