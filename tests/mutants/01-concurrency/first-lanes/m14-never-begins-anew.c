/* mutant: keeps its orders and their number from the call before
 * expect: MISUSE in twice, message contains "twice for the order of chai"
 * belief: M08 a static variable is set again in each call */
#include "first-lanes.h"

static order_t orders[16];
static int count;

void serve_all(const job_t *jobs, int n)
{
    for (int i = 0; i < n; i++)
        orders[count++] = stall_start(&jobs[i]);
    for (int i = 0; i < n; i++)
        stall_wait(orders[i]);
}
