/* mutant: job i always goes to core i modulo cores
 * expect: WRONG in cores, message contains "3, 1, 1, 1 on 2 cores"
 * belief: M01 cores take jobs in turn, whether they are free or not */
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
    int free_at[1000] = {0};
    for (int i = 0; i < n; i++)
        free_at[i % cores] += d[i];
    return wait_time(free_at, cores);
}
