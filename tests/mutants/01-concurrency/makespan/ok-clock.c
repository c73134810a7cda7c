/* ok: lets a clock tick instead of keeping the times at which cores are free */
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
    int left[100] = {0};
    int next = 0, busy, now = -1;
    if (cores > 100)
        cores = 100;
    do {
        busy = 0;
        for (int k = 0; k < cores; k++) {
            if (left[k] > 0)
                left[k]--;
            while (left[k] == 0 && next < n)
                left[k] = d[next++];
            busy += left[k] > 0;
        }
        now++;
    } while (busy > 0);
    return now;
}
