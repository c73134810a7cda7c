/* mutant: room for three orders only
 * expect: CRASH in four_jobs
 * belief: none */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc(3, sizeof *orders);
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(&jobs[i]);
    for (int i = 0; i < n; i++)
        stall_wait(orders[i]);
    free(orders);
}
