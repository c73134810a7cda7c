/* mutant: the list of orders is never freed
 * expect: LEAK
 * belief: M08 everything is tidied up when a function returns */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(&jobs[i]);
    for (int i = 0; i < n; i++)
        stall_wait(orders[i]);
}
