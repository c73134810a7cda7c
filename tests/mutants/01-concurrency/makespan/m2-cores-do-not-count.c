/* mutant: computations overlap like waits do
 * expect: WRONG in cores, message contains "2, 2, 2, 2, 2 on 2 cores"
 * belief: M37 what runs at once takes as long as the longest, whatever it does */
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
    (void)cores;
    return wait_time(d, n);
}
