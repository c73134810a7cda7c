/* ok: each call starts one job, lets the others be started, then waits */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    if (n == 0)
        return;
    order_t mine = stall_start(jobs);
    serve_all(jobs + 1, n - 1);
    stall_wait(mine);
}
