/* mutant: the sum is the exit code
 * expect: WRONG in two_halves, message contains "an exit code has 8 bits"
 * belief: M38 a child can return any number */
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

uint64_t psum(uint64_t n, int procs)
{
    pid_t child[PSUM_MOST];
    uint64_t sum = 0;
    for (int k = 0; k < procs; k++) {
        child[k] = fork();
        if (child[k] == 0) {
            _exit((int)share(n, procs, k));
        }
    }
    for (int k = 0; k < procs; k++) {
        if (child[k] < 0)
            sum += share(n, procs, k);
        int status = 0;
        while (child[k] > 0 && waitpid(child[k], &status, 0) < 0)
            ;
        sum += (uint64_t)WEXITSTATUS(status);
    }
    return sum;
}
