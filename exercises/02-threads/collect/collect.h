/* collect.h - a long list, added up in parts. */
#ifndef COLLECT_H
#define COLLECT_H

#include <stddef.h>

/* Returns the sum of a[0] to a[n - 1], with the work divided among `nthreads` threads, which run at the
 * same time. Fewer threads are fine if there are fewer numbers; nthreads below 1 counts as 1. For n = 0
 * the sum is 0. All threads have ended when it returns. */
long sum_parallel(const int *a, size_t n, int nthreads);

#endif
