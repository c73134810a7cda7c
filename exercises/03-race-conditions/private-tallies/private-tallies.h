/* private-tallies.h - count without sharing. */
#ifndef PRIVATE_TALLIES_H
#define PRIVATE_TALLIES_H

/* Starts exactly `nthreads` threads. Each of them counts `per_thread` cups, one by one, and all
 * of them work at the same time. Returns how many cups were counted in this call. No threads or
 * no cups: returns 0, and whether it starts any thread is its own affair. When it returns, no
 * thread is running any more. */
long count_all(int nthreads, int per_thread);

#endif
