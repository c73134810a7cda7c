/* mutant: waits share the time: the sum divided by n
 * expect: WRONG in waits, message contains "begun at once they take 3"
 * belief: M02 n tasks at once take a part of the time each */
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
    return n ? seq_time(d, n) / n : 0;
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
