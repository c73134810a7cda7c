/* mutant: starts the first job n times
 * expect: WRONG in three_brews, message contains "masala was started 3 times"
 * belief: M08 a pointer to the jobs means whichever job comes next */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t *orders = calloc((size_t)n + 1, sizeof *orders);
    for (int i = 0; i < n; i++)
        orders[i] = stall_start(jobs);
    for (int i = 0; i < n; i++)
        stall_wait(orders[i]);
    free(orders);
}
