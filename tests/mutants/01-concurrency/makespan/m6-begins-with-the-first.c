/* mutant: begins with the first job, even if there is none
 * expect: WRONG in nothing_to_do, message contains "no jobs at all"
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
    int longest = d[0];
    for (int i = 1; i < n; i++)
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
            if (free_at[k] < free_at[best])
                best = k;
        free_at[best] += d[i];
    }
    return wait_time(free_at, cores);
}
