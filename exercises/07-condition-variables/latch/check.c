/* check.c - does it open for all, not too early, and stay open? */
#include <stdatomic.h>

#include <lab/check.h>

#include "latch.h"

static latch_t latch;
/* Each by its own thread, before it lets the latch down. Atomic, so that it is no race of ours if we look too early. */
static atomic_bool done[2];
static int id[2] = {0, 1};

static void *do_one(void *arg)
{
    done[*(int *)arg] = true;
    latch_down(&latch);
    return NULL;
}

static void *wait_for_one(void *arg)
{
    latch_wait(&latch);
    lab_check(done[0], "latch_wait returned, and latch_down had not been called");
    return arg;
}

/* Nothing in here takes time: whoever is late has slept through the moment. */
static void end(void)
{
    lab_join_all();
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 0,
                "M07 if a short nap were as good as being told: it was open at t = 0 ms, and somebody slept until t = %ld ms",
                lab_now_ms());
}

static void begin(int n)
{
    latch_init(&latch, n);
    lab_no_polling();
}

SCENARIO(open_at_once, "n = 0", "M08 if a wait ended at once where nothing is left to wait for", "07.3")
{
    begin(0);
    latch_wait(&latch);
    latch_wait(&latch);
}

SCENARIO(already_down, "down, then wait", "M27", "07.1")
{
    begin(1);
    latch_down(&latch);
    latch_wait(&latch);
}

SCENARIO(both_by_one, "n = 2, one thread comes down twice", "M33 if a latch were a barrier", "07.3")
{
    begin(2);
    latch_down(&latch);
    latch_down(&latch);
}

SCENARIO(one_too_many, "n = 1, two come down", "M08 if nobody ever came once too often", "07.3")
{
    begin(1);
    latch_down(&latch);
    latch_down(&latch);
    latch_wait(&latch);
}

SCENARIO(two_down, "n = 2, one waits", "M28", "07.3")
{
    begin(2);
    lab_go(do_one, &id[0]);
    lab_go(do_one, &id[1]);
    latch_wait(&latch);
    lab_check(done[0] && done[1], "latch_wait returned, and only %d of 2 had come down", done[0] + done[1]);
    end();
}

SCENARIO(two_waiters, "n = 1, two wait", "M31", "07.3")
{
    begin(1);
    lab_go(wait_for_one, NULL);
    lab_go(wait_for_one, NULL);
    do_one(&id[0]);
    end();
}

SCENARIO(three_waiters, "n = 1, three wait", "M31", "07.3")
{
    begin(1);
    for (int i = 0; i < 3; i++)
        lab_go(wait_for_one, NULL);
    do_one(&id[0]);
    end();
}
