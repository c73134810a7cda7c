/* mutant: room for as many cores as there are jobs, and looks at all of them
 * expect: CRASH in more_cores_than_jobs
 * belief: none */
#include "makespan.h"

#include <stdlib.h>

int seq_time(const int *d, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += d[i];
    return sum;
}

int wait_time(const int *d, int n)
{
    int longest = 0;
    for (int i = 0; i < n; i++)
        if (d[i] > longest)
            longest = d[i];
    return longest;
}

int core_time(const int *d, int n, int cores)
{
    int *free_at = calloc((size_t)n + 1, sizeof *free_at);
    for (int i = 0; i < n; i++) {
        int best = 0;
        for (int k = 1; k < cores; k++)
            if (free_at[k] < free_at[best])
                best = k;
        free_at[best] += d[i];
    }
    int end = wait_time(free_at, cores);
    free(free_at);
    return end;
}
