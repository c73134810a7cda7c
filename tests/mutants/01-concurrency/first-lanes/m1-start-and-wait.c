/* mutant: starts and waits in the same loop
 * expect: SERIAL in three_brews, message contains "they wait for each other"
 * belief: M02 started jobs overlap by themselves, wherever I wait for them */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    for (int i = 0; i < n; i++) {
        order_t order = stall_start(&jobs[i]);
        stall_wait(order);
    }
}
