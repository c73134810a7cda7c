/* mutant: never waits
 * expect: LEAK in three_brews, message contains "with 3 jobs in progress"
 * belief: M24 whoever started something is waited for without being asked */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    for (int i = 0; i < n; i++)
        stall_start(&jobs[i]);
}
