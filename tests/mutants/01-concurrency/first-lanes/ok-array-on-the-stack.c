/* ok: the orders live on the stack; one more than needed, for an array of 0 is no array */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t orders[n + 1];
    for (int i = n - 1; i >= 0; i--)
        orders[i] = stall_start(jobs + i);
    for (int i = 0; i < n; i++)
        stall_wait(orders[i]);
}
