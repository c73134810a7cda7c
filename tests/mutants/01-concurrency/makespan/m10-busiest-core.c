/* mutant: the next job goes to the core that is free last
 * expect: WRONG in cores
 * belief: none */
#include "makespan.h"

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
    int free_at[100] = {0};
    if (cores > n)
        cores = n;
    for (int i = 0; i < n; i++) {
        int best = 0;
        for (int k = 1; k < cores; k++)
            if (free_at[k] > free_at[best])
                best = k;
        free_at[best] += d[i];
    }
    return wait_time(free_at, cores);
}
