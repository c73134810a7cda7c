/* shard.h - computing work, shared by several threads. */
#ifndef SHARD_H
#define SHARD_H

#include <stdint.h>

enum { MOST_THREADS = 8 };

/* The price of order i. Computing it takes a core for a second. Any number of threads may call it at
 * the same time. In work.c. */
uint64_t price(uint64_t i);

/* price(0) + price(1) + ... + price(n - 1), computed by `threads` threads (1 to MOST_THREADS) side by side; n is
 * any number, 0 too. All of them have ended when it returns. Several threads may call it at the same time. */
uint64_t sum_range(uint64_t n, int threads);

#endif
