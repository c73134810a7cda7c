/* mutant: starts the next one, then waits for the one before
 * expect: SERIAL in three_brews, message contains "they wait for each other"
 * belief: M02 two at a time is all at once */
#include "first-lanes.h"
#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    order_t prev = NULL;
    for (int i = 0; i < n; i++) {
        order_t o = stall_start(&jobs[i]);
        if (prev)
            stall_wait(prev);
        prev = o;
    }
    if (prev)
        stall_wait(prev);
}
