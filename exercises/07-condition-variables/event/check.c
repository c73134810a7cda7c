/* check.c - does everybody who waits learn of it, at once, and nobody too early? */
#include <lab/check.h>

#include "event.h"

static event_t e;

/* Waits, and says what should have come out of it, at which time of the ideal clock. */
static void expect(int timeout_ms, bool result, long at)
{
    bool set = event_wait(&e, timeout_ms);
    if (!lab_ideal_clock())
        return;
    lab_check(set == result, "event_wait returned %s at t = %ld ms, and the event was %sset", set ? "true" : "false",
              lab_now_ms(), result ? "" : "not ");
    lab_require("late", lab_now_ms() == at, "event_wait should have returned at t = %ld ms, it did at %ld ms", at,
                lab_now_ms());
}

static void *set_now(void *arg)
{
    event_set(&e);
    return arg;
}

static void *wait_till_two(void *arg)
{
    expect(5000, true, 2000);
    return arg;
}

/* Somebody signals, and nothing has happened. */
static void *noise_at_three(void *arg)
{
    lab_brew(3000);
    pthread_cond_broadcast(&e.changed);
    return arg;
}

SCENARIO(set_before, "set, then waited for", "M27", "07.1")
{
    event_init(&e);
    lab_no_polling();
    event_set(&e);
    expect(5000, true, 0);
    expect(5000, true, 0);
    expect(0, true, 0);
}

SCENARIO(meeting, "set while somebody begins to wait", "M27, M29", "07.3")
{
    event_init(&e);
    lab_no_polling();
    lab_go(set_now, NULL);
    expect(5000, true, 0);
    lab_join_all();
}

SCENARIO(two_waiters, "two wait, set after 2 s", "M31", "07.3")
{
    event_init(&e);
    lab_no_polling();
    lab_go(wait_till_two, NULL);
    lab_go(wait_till_two, NULL);
    lab_brew(2000);
    event_set(&e);
    lab_join_all();
}

SCENARIO(alone, "nobody sets it", "M28", "07.3")
{
    event_init(&e);
    lab_no_polling();
    expect(0, false, 0);
    expect(5000, false, 5000);
    lab_brew(700);
    expect(1600, false, 7300);
}

SCENARIO(noise, "a wake-up without a reason after 3 s", "M28", "07.3")
{
    event_init(&e);
    lab_no_polling();
    lab_go(noise_at_three, NULL);
    expect(5000, false, 5000);
    lab_join_all();
}

/* Has the lock from 40 to 60. Whoever waits and loses patience at 50 gets it back only then, and it is set. */
static void *set_at_sixty(void *arg)
{
    lab_brew(40);
    pthread_mutex_lock(&e.lock);
    lab_brew(20);
    e.set = true;
    pthread_mutex_unlock(&e.lock);
    return arg;
}

SCENARIO(too_late_for_false, "patience is over, and it is set before the waiter has the lock again", "M28", "07.3")
{
    event_init(&e);
    lab_go(set_at_sixty, NULL);
    expect(50, true, 60);
    lab_join_all();
}

SCENARIO(cleared, "set, and cleared", "M27", "07.3")
{
    event_init(&e);
    event_set(&e);
    event_clear(&e);
    expect(1000, false, 1000);
    event_set(&e);
    expect(1000, true, 1000);
}
