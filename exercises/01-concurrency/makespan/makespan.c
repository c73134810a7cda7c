/* How long will it take? These answers are guesses. Replace them. */
#include "makespan.h"

int seq_time(const int *d, int n)
{
    return n > 0 ? n * d[0] : 0;
}

int wait_time(const int *d, int n)
{
    return n > 0 ? seq_time(d, n) / n : 0;
}

int core_time(const int *d, int n, int cores)
{
    return seq_time(d, n) / cores;
}
