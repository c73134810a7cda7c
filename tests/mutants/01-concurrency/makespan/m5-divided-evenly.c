/* mutant: the sum divided by the cores
 * expect: WRONG in cores
 * belief: M37 c cores make everything c times as fast */
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
    return (seq_time(d, n) + cores - 1) / cores;
}
