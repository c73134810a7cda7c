/* mutant: hands out the longest job first
 * expect: WRONG in cores, message contains "1, 1, 3 on 2 cores; it takes 4"
 * belief: M08 the system knows which order would be best */
#include "makespan.h"

#include <stdbool.h>

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
    bool done[100] = {false};
    if (cores > n)
        cores = n;
    for (int round = 0; round < n; round++) {
        int next = -1, best = 0;
        for (int i = 0; i < n; i++)
            if (!done[i] && (next < 0 || d[i] > d[next]))
                next = i;
        for (int k = 1; k < cores; k++)
            if (free_at[k] < free_at[best])
                best = k;
        free_at[best] += d[next];
        done[next] = true;
    }
    return wait_time(free_at, cores);
}
