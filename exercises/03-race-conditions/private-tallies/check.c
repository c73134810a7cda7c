/* check.c - does count_all lose nothing, and do all the threads it was asked for count? */
#include <lab/check.h>

#include "private-tallies.h"

/* The count must be right on every call, and every call must start the threads it was asked
 * for. `started` is how many were started before this call. */
static void count_and_compare(int nthreads, int per_thread)
{
    int started = lab_threads_started();
    long got = count_all(nthreads, per_thread);
    long expected = (long)nthreads * per_thread;
    started = lab_threads_started() - started;

    lab_check(got == expected, "count_all(%d, %d) returned %ld, expected %ld", nthreads, per_thread,
              got, expected);
    lab_require("limit", started == nthreads, "%d thread%s started, %d asked", started,
                started == 1 ? "" : "s", nthreads);
    lab_require("serial", lab_threads_at_once() >= nthreads,
                "%d threads were asked for, but never more than %d at the same time: each one was "
                "joined before the next was created",
                nthreads, lab_threads_at_once());
    lab_require("leak", lab_threads_running() == 0,
                "count_all has returned, but a thread of it is still counting");
}

SCENARIO(two_by_two, "two threads count two cups each", "M04", "03.4")
{
    count_and_compare(2, 2);
}

SCENARIO(three_by_one, "three threads count one cup each", "M10", "03.6")
{
    count_and_compare(3, 1);
}

SCENARIO(one_thread, "one thread counts three cups", "M01", "03.6")
{
    count_and_compare(1, 3);
}

SCENARIO(second_call, "two counts, one after the other", "M10", "03.6")
{
    count_and_compare(2, 1);
    count_and_compare(2, 2);
}

SCENARIO(nothing_to_count, "no threads, and no cups", "M10", "03.6")
{
    count_and_compare(0, 5);
    count_and_compare(2, 0);
}
