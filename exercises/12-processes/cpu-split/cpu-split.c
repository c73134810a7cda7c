/* One process counts all the pages. Let `procs` of them do it. */
#define _GNU_SOURCE
#include "cpu-split.h"

#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* The pages k, k + procs, k + 2 * procs ... below n. */
static uint64_t share(uint64_t n, int procs, int k)
{
    uint64_t sum = 0;
    for (uint64_t page = (uint64_t)k; page < n; page += (uint64_t)procs)
        sum += count_page(page);
    return sum;
}

uint64_t psum(uint64_t n, int procs)
{
    uint64_t sum = 0;
    for (int k = 0; k < procs; k++)
        sum += share(n, procs, k); /* one after the other */
    return sum;
}
