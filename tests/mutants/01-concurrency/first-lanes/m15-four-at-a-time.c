/* mutant: serves at most four at a time
 * expect: SERIAL in five_jobs
 * belief: M02 overlapping a little is as good as overlapping */
#include "first-lanes.h"

void serve_all(const job_t *jobs, int n)
{
    order_t orders[4];
    for (int begun = 0; begun < n; begun += 4) {
        int many = n - begun < 4 ? n - begun : 4;
        for (int i = 0; i < many; i++)
            orders[i] = stall_start(&jobs[begun + i]);
        for (int i = 0; i < many; i++)
            stall_wait(orders[i]);
    }
}
