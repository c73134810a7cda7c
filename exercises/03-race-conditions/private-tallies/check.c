/* check.c - does count_all lose nothing, and do all the threads it was asked for count? */
#include <lab/check.h>

#include "private-tallies.h"

/* The count must be right on every call, and every call with cups must start the threads it was asked
 * for. `started` is how many were started before this call, `before` what the calls before counted. */
static void count_and_compare(int nthreads, int per_thread, long before)
{
    int started = lab_threads_started();
    long got = count_all(nthreads, per_thread);
    long expected = (long)nthreads * per_thread;
    started = lab_threads_started() - started;

    lab_check(got == expected, "%scount_all(%d, %d) returned %ld, expected %ld%s",
              before && got == expected + before ? "M08 if a static variable began anew in each call: "
              : !got ? "M08 if what each thread keeps for itself were added up by itself: " : "M00: ",
              nthreads, per_thread, got, expected,
              before && got == expected + before ? ": the cups of the call before are still in it" : "");
    if (expected == 0) {
        lab_require("leak", lab_threads_running() == 0,
                    "count_all has returned, but a thread of it is still running");
        return;
    }
    lab_require("limit", started == nthreads, "M10 if only who works alone were free of races: "
                "%d thread%s started, %d asked", started,
                started == 1 ? "" : "s", nthreads);
    lab_require("serial", lab_threads_at_once() >= nthreads,
                "M02 if what threads do overlapped by itself: "
                "%d threads were asked for, but never more than %d at the same time: each one was "
                "joined before the next was created",
                nthreads, lab_threads_at_once());
    lab_require("leak", lab_threads_running() == 0,
                "count_all has returned, but a thread of it is still counting");
}

SCENARIO(two_by_two, "two threads count two cups each", "M04", "03.4")
{
    count_and_compare(2, 2, 0);
}

SCENARIO(three_by_one, "three threads count one cup each", "M10", "03.6")
{
    count_and_compare(3, 1, 0);
}

SCENARIO(one_thread, "one thread counts three cups", "M01", "03.6")
{
    count_and_compare(1, 3, 0);
}

SCENARIO(second_call, "two counts, one after the other", "M10", "03.6")
{
    count_and_compare(2, 1, 0);
    count_and_compare(2, 2, 2);
}

SCENARIO(nothing_to_count, "no threads, and no cups", "M10", "03.6")
{
    count_and_compare(0, 5, 0);
    count_and_compare(2, 0, 0);
}
