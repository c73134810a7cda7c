/* ok: sequential is one core, waiting is as many cores as jobs; a sorted list of cores */
#include "makespan.h"

#include <stdlib.h>

int seq_time(const int *d, int n)
{
    return core_time(d, n, 1);
}

int wait_time(const int *d, int n)
{
    return core_time(d, n, n > 0 ? n : 1);
}

static int by_time(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int core_time(const int *d, int n, int cores)
{
    int *free_at = calloc((size_t)cores, sizeof *free_at);
    for (int i = 0; i < n; i++) {
        free_at[0] += d[i]; /* the first is free first */
        qsort(free_at, (size_t)cores, sizeof *free_at, by_time);
    }
    int end = free_at[cores - 1];
    free(free_at);
    return end;
}
