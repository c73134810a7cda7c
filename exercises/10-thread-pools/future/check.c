/* check.c - does everybody get the result, the same one, and as soon as it is there? */
#include <errno.h>

#include <lab/check.h>

#include "future.h"

static int tea = 7;
static future_t *slip;

static void begin(void)
{
    lab_no_polling();
    tea = 7;
    slip = future_new();
    lab_check(slip != NULL, "future_new returned NULL");
}

static void check_get(int expected_err, void *expected)
{
    void *val = &slip;
    int err = future_get(slip, &val);
    lab_check(err == expected_err, "M36: the task's error is %d, future_get returned %d", expected_err, err);
    lab_check(val == expected, "%sfuture_get has returned, and the value %s", val ? "M00: " : "M16: ", val ? "is another one" : "is not there");
}

static void *get_tea(void *arg)
{
    check_get(0, &tea);
    lab_check(tea == 8, "the tea was not ready: %d instead of 8", tea);
    return arg;
}

static void set(void *val, int err)
{
    int result = future_set(slip, val, err);
    lab_check(result == 0, "the first future_set returned %d, not 0", result);
}

static void *brew(void *arg)
{
    tea++;
    set(&tea, 0);
    return arg;
}

static void *brew_for_a_second(void *arg)
{
    lab_brew(1000);
    return brew(arg);
}

SCENARIO(one_getter, "one sets, one gets", "M27", "10.1")
{
    begin();
    lab_go(brew, NULL);
    get_tea(NULL);
    lab_join_all();
    future_free(slip);
}

SCENARIO(two_getters, "two wait for the same result", "M27, M31", "10.1")
{
    begin();
    lab_go(get_tea, NULL);
    lab_go(get_tea, NULL);
    brew(NULL);
    lab_join_all();
    future_free(slip);
}

SCENARIO(three_getters, "three wait for the same result", "M31", "10.1")
{
    begin();
    for (int i = 0; i < 3; i++)
        lab_go(get_tea, NULL);
    brew(NULL);
    lab_join_all();
    future_free(slip);
}

SCENARIO(sleeping_getter, "the result comes after a second", "M27", "10.1")
{
    begin();
    lab_go(brew_for_a_second, NULL);
    get_tea(NULL);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 1000,
                "the result came at t = 1000 ms, future_get returned at t = %ld ms", lab_now_ms());
    lab_join_all();
    future_free(slip);
}

SCENARIO(asked_twice, "set first, then asked twice", "M28", "10.4")
{
    begin();
    lab_check(!future_done(slip), "nobody has set it, and future_done says that it is done");
    brew(NULL);
    lab_check(future_done(slip), "it was set, and future_done says that it is not done");
    get_tea(NULL);
    get_tea(NULL);
    lab_check(future_wait_ms(slip, 1000), "it was set, and future_wait_ms says that it is not done");
    lab_check(future_get(slip, NULL) == 0, "future_get without a place for the value should return 0");
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 0, "it was set all the time, and yet somebody waited for %ld ms",
                lab_now_ms());
    future_free(slip);
}

SCENARIO(set_twice, "set twice", "M36", "10.4")
{
    int other = 0;
    begin();
    brew(NULL);
    int again = future_set(slip, &other, EIO);
    lab_check(again == EALREADY, "M36 if nobody ever set a result twice: "
              "the second future_set should return EALREADY (%d), it returned %d", EALREADY, again);
    get_tea(NULL);
    future_free(slip);
}

static int answer[2];

static void *set_first(void *arg)
{
    answer[0] = future_set(slip, arg, 0);
    return NULL;
}

SCENARIO(two_setters, "two set it at the same time", "M36", "10.4")
{
    void *val = NULL;
    begin();
    lab_go(set_first, &answer[0]);
    answer[1] = future_set(slip, &answer[1], 0);
    lab_join_all();
    lab_check((answer[0] == 0) != (answer[1] == 0), "exactly one future_set should return 0, they returned %d and %d",
              answer[0], answer[1]);
    future_get(slip, &val);
    lab_check(val == &answer[answer[0] == 0 ? 0 : 1], "the value is that of the future_set which failed");
    future_free(slip);
}

SCENARIO(nothing_in_it, "the value is NULL, and there was no error", "M08 if nobody ever set NULL", "10.4")
{
    begin();
    set(NULL, 0);
    lab_check(future_done(slip), "it was set, and future_done says that it is not done");
    lab_check(future_wait_ms(slip, 0), "it was set, and future_wait_ms says that it is not done");
    check_get(0, NULL);
    lab_check(future_set(slip, slip, 0) == EALREADY, "the second future_set should return EALREADY");
    check_get(0, NULL);
    future_free(slip);
}

SCENARIO(failed, "the task has failed", "M36", "10.4")
{
    begin();
    set(NULL, EIO);
    check_get(EIO, NULL);
    lab_check(future_done(slip), "M36 if done meant that it went well: "
              "the result is an error, and future_done says that there is none");
    lab_check(future_wait_ms(slip, 1000), "M36 if done meant that it went well: "
              "the result is an error, and future_wait_ms says that there is none");
    lab_check(future_set(slip, slip, 0) == EALREADY, "M36 if a failed task had no result: an error is a result, too: the second future_set should return "
                                                     "EALREADY");
    check_get(EIO, NULL);
    future_free(slip);
}

static void *look(void *arg)
{
    if (future_done(slip))
        get_tea(NULL);
    return arg;
}

SCENARIO(looked_at, "one sets, one only looks", "M09", "10.1")
{
    begin();
    lab_go(look, NULL);
    brew(NULL);
    lab_join_all();
    future_free(slip);
}

SCENARIO(in_time, "waits for 3 s, the result comes after 1 s", "M27", "10.1")
{
    begin();
    lab_go(brew_for_a_second, NULL);
    bool done = future_wait_ms(slip, 3000);
    lab_check(done || !lab_ideal_clock(), "the result came after 1000 ms, and future_wait_ms says that it is not there");
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 1000,
                "the result came at t = 1000 ms, future_wait_ms returned at t = %ld ms", lab_now_ms());
    if (done)
        get_tea(NULL);
    lab_join_all();
    future_free(slip);
}

/* Begins so late in a second that 1500 ms are more than one second further. */
SCENARIO(too_late, "waits for 1500 ms, and there is no result", "M28", "07.3")
{
    begin();
    lab_brew(700);
    lab_check(!future_wait_ms(slip, 1500), "nobody has set it, and future_wait_ms says that it is there");
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 2200,
                "M00: called at t = 700 ms, future_wait_ms should have waited until t = 2200 ms, it returned at t = %ld ms",
                lab_now_ms());
    future_free(slip);
}

static void *noise_after_a_second(void *arg)
{
    lab_brew(1000);
    lab_noise();
    return arg;
}

SCENARIO(woken_for_nothing, "waits for 1500 ms, and wakes up for no reason after 1 s", "M28", "07.3")
{
    begin();
    lab_go(noise_after_a_second, NULL);
    bool done = future_wait_ms(slip, 1500);
    lab_check(!done, "nobody has set it, and future_wait_ms says that it is there");
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 1500,
                "future_wait_ms should have waited until t = 1500 ms, it returned at t = %ld ms", lab_now_ms());
    lab_join_all();
    future_free(slip);
}
