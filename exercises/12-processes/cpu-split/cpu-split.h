/* cpu-split.h - a sum that several processes compute together. */
#ifndef CPU_SPLIT_H
#define CPU_SPLIT_H

#include <stdint.h>

#define PSUM_MOST 16 /* processes at once */

/* Counts the cups on one page of the account book. Computes for 100 ms; the test brings it. */
uint64_t count_page(uint64_t page);

/* The sum of count_page(0) to count_page(n - 1), computed by `procs` processes (1 to PSUM_MOST) at the same time, each
 * with as equal a share of the pages as possible. If a process cannot be started, the caller does its share itself.
 * When it returns, no child and no mapping is left. */
uint64_t psum(uint64_t n, int procs);

#endif
