/* mutant: sleeps instead of waiting
 * expect: LEAK in three_brews, message contains "jobs in progress"
 * belief: M07 a pause that is long enough is as good as waiting */
#include "first-lanes.h"

#include <stdlib.h>

#include <unistd.h>

void serve_all(const job_t *jobs, int n)
{
    long longest = 0;
    for (int i = 0; i < n; i++) {
        stall_start(&jobs[i]);
        longest = jobs[i].ms > longest ? jobs[i].ms : longest;
    }
    usleep((useconds_t)longest * 1000);
}
