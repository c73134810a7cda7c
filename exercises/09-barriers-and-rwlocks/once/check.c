/* check.c - is it done once, and does nobody return before? */
#include <lab/check.h>
#include <stdatomic.h>

#include "once.h"

static once_t once = ONCE_INIT;
static atomic_int begun, finished;
static int stove; /* written by init, read by every caller afterwards */
static bool several; /* callers at the same time */

static void light(void)
{
    int before = atomic_fetch_add(&begun, 1);
    lab_check(before == 0 || !several, "M16: init was called %d times", before + 1);
    lab_check(before == 0, "M13 if a lock around it made it happen once: init was called %d times", before + 1);
    lab_brew(2000);
    stove = 1;
    finished = 1;
}

static void *come(void *arg)
{
    once_run(&once, light);
    int f = finished;
    lab_check(f == 1, "M30 if what was begun were as good as done: once_run returned before init was finished");
    lab_check(stove == 1, "init has finished, and the stove is cold");
    return arg;
}

static void come_together(int n)
{
    lab_no_polling();
    several = true;
    for (int i = 0; i < n; i++)
        lab_go(come, NULL);
    lab_join_all();
    lab_check(begun == 1, "init was called %d times", begun);
    lab_always_within(2000, "lighting the stove once took %ld ms and not 2000", lab_now_ms());
}

SCENARIO(alone, "one caller, three times", "M08", "09.4")
{
    for (int i = 0; i < 3; i++)
        come(NULL);
    lab_check(begun == 1, "init was called %d times", begun);
    lab_always_within(2000, "who comes later goes on at once, and three calls took %ld ms", lab_now_ms());
}

SCENARIO(two, "two callers at the same time", "M16", "09.4")
{
    come_together(2);
}

SCENARIO(three, "three callers at the same time", "M31", "09.4")
{
    come_together(3);
}

static once_t sweep = ONCE_INIT;
static bool swept;

static void sweep_floor(void)
{
    lab_brew(2000);
    swept = true;
}

static void *come_to_sweep(void *arg)
{
    once_run(&sweep, sweep_floor);
    return arg;
}

SCENARIO(each_its_own, "two things, each to be done once", "M08", "09.4")
{
    once_run(&once, light);
    once_run(&sweep, sweep_floor);
    lab_check(swept, "M15 if one state were enough for all: "
              "the stove was lit, and the init of another once_t was never called");
    once_run(&once, light);
}

static void *second(void *arg)
{
    lab_brew(3000);
    once_run(&once, light);
    lab_check(finished == 1, "M30 if what was begun were as good as done: "
              "once_run returned before init was finished");
    return arg;
}

SCENARIO(side_by_side, "two things that take two seconds, each by one thread", "M15", "09.4")
{
    lab_no_polling();
    lab_go(come, NULL);
    lab_go(come_to_sweep, NULL);
    lab_join_all();
    lab_check(begun == 1 && swept, "one of two things to be done was not done");
    lab_always_within(2000, "M15: the stove and the floor are two things, each by one thread, and together they took %ld ms "
                            "and not 2000",
                      lab_now_ms());
}

SCENARIO(later, "one caller, and another one a second after it is done", "M27", "09.4")
{
    lab_go(come, NULL);
    lab_go(second, NULL);
    lab_join_all();
    lab_check(begun == 1, "init was called %d times", begun);
    lab_always_within(3000, "who comes later goes on at once, and he left only at %ld ms", lab_now_ms());
}
