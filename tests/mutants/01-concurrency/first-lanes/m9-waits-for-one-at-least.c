/* mutant: a do-while loop: it serves one job even if there is none
 * expect: CRASH in no_job
 * belief: none */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    int i = 0;
    do {
        orders[i] = stall_start(&jobs[i]);
    } while (++i < n);
    while (i-- > 0)
        stall_wait(orders[i]);
    free(orders);
}
