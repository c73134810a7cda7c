/* private-tallies.h - count without sharing. */
#ifndef PRIVATE_TALLIES_H
#define PRIVATE_TALLIES_H

/* Starts exactly `nthreads` threads. Each of them counts `per_thread` cups, one by one, and all
 * of them work at the same time. Returns how many cups were counted in this call: 0 if there
 * are no threads or no cups. When it returns, no thread is running any more. */
long count_all(int nthreads, int per_thread);

#endif
