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

static int first_free(const int *free_at, int cores)
{
    int best = 0;
    for (int k = 1; k < cores; k++)
        if (free_at[k] < free_at[best])
            best = k;
    return best;
}

int core_time(const int *d, int n, int cores)
{
    if (cores > n)
        cores = n; /* the others stay idle */
    int *free_at = calloc((size_t)cores + 1, sizeof *free_at);
    for (int i = 0; i < n; i++)
        free_at[first_free(free_at, cores)] += d[i];
    int end = wait_time(free_at, cores);
    free(free_at);
    return end;
}
