/* process-pool-map.h - a function over an array, by several processes. */
#ifndef PROCESS_POOL_MAP_H
#define PROCESS_POOL_MAP_H

#include <stddef.h>
#include <stdint.h>

/* Starts that many workers (at least one), each a process of its own, and lets them compute out[i] = fn(in[i]) for all
 * i below n; whoever is free takes the next input. Returns when all workers have ended and were waited for, and all that
 * was opened or mapped is given back.
 *
 * 0: all results are there. -1: some are not, because a worker died or could not be started; what `out` holds then is
 * not said. */
int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n);

#endif
