/* mutant: the slots are a global array
 * expect: WRONG in two_halves, message contains "nothing has come to their parent"
 * belief: M38 global means: for all processes */
/* Each child writes its sum into a slot of its own, in memory that all of them share. */
#define _GNU_SOURCE
#include "cpu-split.h"

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

static uint64_t slot[PSUM_MOST];

uint64_t psum(uint64_t n, int procs)
{
    pid_t child[PSUM_MOST];
    uint64_t sum = 0;
    for (int k = 0; k < procs; k++) {
        child[k] = fork();
        if (child[k] == 0) {
            slot[k] = share(n, procs, k);
            _exit(0);
        }
    }
    for (int k = 0; k < procs; k++) {
        if (child[k] < 0)
            slot[k] = share(n, procs, k);
        while (child[k] > 0 && waitpid(child[k], NULL, 0) < 0)
            ; /* interrupted */
        sum += slot[k];
    }
    return sum;
}
