/* ok: waits in the opposite order; the longest job decides either way */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = malloc(sizeof *orders * (size_t)(n > 0 ? n : 1));
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(&jobs[i]);
    while (n-- > 0)
        stall_wait(orders[n]);
    free(orders);
}
