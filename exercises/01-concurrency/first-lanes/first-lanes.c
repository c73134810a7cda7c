/* Every job is started, every job gets done, and it takes far too long. Let the jobs overlap. */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    // region: arrange
    for (int i = 0; i < n; i++) {
        orders[i] = stall_start(&jobs[i]);
        stall_wait(orders[i]);
    }
    // endregion
    free(orders);
}
