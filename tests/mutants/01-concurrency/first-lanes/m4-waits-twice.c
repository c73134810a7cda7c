/* mutant: waits for the first order again and again
 * expect: MISUSE in three_brews, message contains "twice for the order of masala"
 * belief: M08 the stall knows which order I mean */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(&jobs[i]);
    for (int i = 0; i < n; i++)
        stall_wait(orders[0]);
    free(orders);
}
