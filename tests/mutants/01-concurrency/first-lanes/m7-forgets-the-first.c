/* mutant: the waiting loop begins at 1
 * expect: WRONG in three_brews, message contains "without waiting for masala"
 * belief: M01 what was started first is ready first, so there is no need to wait for it */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(&jobs[i]);
    for (int i = 1; i < n; i++)
        stall_wait(orders[i]);
    free(orders);
}
