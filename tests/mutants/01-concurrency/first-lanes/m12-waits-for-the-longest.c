/* mutant: waits for the longest job only
 * expect: WRONG in three_brews, message contains "perhaps a moment later"
 * belief: M07 when the time of a job is over, the job is ready */
#include "first-lanes.h"
#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *o = malloc(n * sizeof *o);
    for (int i = 0; i < n; i++)
        o[i] = stall_start(&jobs[i]);
    int longest = 0;
    for (int i = 0; i < n; i++)
        if (jobs[i].ms > jobs[longest].ms)
            longest = i;
    if (n)
        stall_wait(o[longest]);
    free(o);
}
