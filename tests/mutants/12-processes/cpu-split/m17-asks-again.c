/* mutant: asks again and again whether a child has ended
 * expect: SPIN in two_halves
 * belief: M07 looking again and again is a way of waiting */
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
    pid_t child[PSUM_MOST];
    size_t size = (size_t)procs * sizeof(uint64_t);
    uint64_t sum = 0, *slot = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (slot == MAP_FAILED)
        return share(n, 1, 0);
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
        while (child[k] > 0 && waitpid(child[k], NULL, WNOHANG) == 0)
            ;
        sum += slot[k];
    }
    munmap(slot, size);
    return sum;
}
