/* check.c - every timer once, when it is due, and one wait for all of them. */
#include <lab/check.h>

#include "timers.h"

enum { MOST = 5 };

static const int *due;
static int fired[MOST], last;
static long fired_at[MOST]; /* under the ideal clock */

static void fire(int i)
{
    fired[i]++;
    lab_check(fired[i] == 1, "M46 if who was told once were not told again: "
              "timer %d (%d ms) fired %d times: what has expired stays readable until it is read", i, due[i], fired[i]);
    lab_check(due[i] >= last, "M01 if what was started first were due first: "
              "timer %d, due at %d ms, fired after one that is due at %d ms", i, due[i], last);
    last = due[i];
    fired_at[i] = lab_ideal_clock() ? lab_now_ms() : due[i];
}

static void wait_for(const int *ms, int n)
{
    due = ms;
    int rc = wait_timers(ms, n, fire), longest = 0;
    lab_check(rc == 0, "wait_timers returned %d", rc);
    for (int i = 0; i < n; i++) {
        lab_check(fired[i] == 1, "timer %d (%d ms) did not fire, and wait_timers returned", i, ms[i]);
        longest = ms[i] > longest ? ms[i] : longest;
    }
    lab_always_within(longest, "M41 if waits that follow each other overlapped: "
                      "it took %ld ms; the longest timer has %d", lab_now_ms(), longest);
    for (int i = 0; i < n; i++) {
        lab_check(fired_at[i] >= ms[i], "timer %d, due at %d ms, fired at %ld ms", i, ms[i], fired_at[i]);
        lab_require("late", fired_at[i] <= ms[i], "timer %d, due at %d ms, fired at %ld ms", i, ms[i], fired_at[i]);
    }
    lab_no_descriptors_left();
    lab_check(lab_heap_live() == 0, "%zu bytes of memory were not given back", lab_heap_live());
}

SCENARIO(ladder, "timers of 1 and 2 seconds", "M41", "14.1")
{
    wait_for((const int[]){1000, 2000}, 2);
}

SCENARIO(two, "two timers of 2 seconds", "M46", "14.1")
{
    wait_for((const int[]){2000, 2000}, 2);
}

SCENARIO(three, "timers of 3, 1 and 2 seconds", "M41", "14.1")
{
    wait_for((const int[]){3000, 1000, 2000}, 3);
}

SCENARIO(none, "no timer at all", "M41", "14.1")
{
    wait_for(&(int){0}, 0);
}

SCENARIO(at_once, "one that is due at once, one that is not", "M46 if a timer set to 0 were due at once", "14.1")
{
    wait_for((const int[]){0, 500}, 2);
}

SCENARIO(equal, "five timers, three of them due at the same moment", "M46", "14.1")
{
    wait_for((const int[]){1000, 2000, 1000, 1500, 1000}, 5);
}

SCENARIO(as_a_loop, "while it waits it could serve others", "M41", "14.1")
{
    lab_loop(1, 0);
    wait_for((const int[]){1000, 3000}, 2);
}

SCENARIO(interrupted, "a wait is interrupted by a signal", "M36 if -1 always meant that it is over", "14.1")
{
    lab_interrupts(1);
    wait_for((const int[]){1000, 2000}, 2);
}
