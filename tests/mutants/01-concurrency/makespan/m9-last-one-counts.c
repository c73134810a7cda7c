/* mutant: the job handed out last decides
 * expect: WRONG in waits, message contains "wait_time says 1 for 3, 1"
 * belief: M01 what begins last ends last */
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
    return n ? d[n - 1] : 0;
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
