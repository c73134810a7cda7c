/* mutant: waits only for the job started last
 * expect: WRONG in three_brews, message contains "without waiting for"
 * belief: M01 jobs end in the order in which they were started */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t last = NULL;
    for (int i = 0; i < n; i++)
        last = stall_start(&jobs[i]);
    if (last)
        stall_wait(last);
}
