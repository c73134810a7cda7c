/* mutant: rounds: each takes as long as the longest job
 * expect: WRONG in cores, message contains "3, 1, 1, 1 on 2 cores; it takes 3"
 * belief: M02 all cores begin their next jobs together */
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
    return (n + cores - 1) / cores * wait_time(d, n);
}
