/* mutant: two at a time
 * expect: SERIAL in three_brews
 * belief: M02 overlapping a little is as good as overlapping */
#include "first-lanes.h"

#include <stdlib.h>

void serve_all(const job_t *jobs, int n)
{
    for (int i = 0; i < n; i += 2) {
        order_t first = stall_start(&jobs[i]);
        order_t second = i + 1 < n ? stall_start(&jobs[i + 1]) : NULL;
        stall_wait(first);
        if (second)
            stall_wait(second);
    }
}
