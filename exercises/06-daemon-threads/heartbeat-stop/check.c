/* check.c - does it beat on time, does it stop on time, and is it silent after that? */
#include <errno.h>

#include <lab/check.h>

#include "heartbeat-stop.h"

enum { MOST = 8, FOR_EVER = 50 };

/* Without a lock: the join in hb_stop is what puts the last beat before `over`. */
struct pulse {
    long at[MOST]; /* when the beats came */
    int beats;
    bool over; /* hb_stop has returned */
};

static void beat(void *arg)
{
    struct pulse *p = arg;
    lab_check(!p->over, "M23 if a thread ended as soon as nobody needs it: "
              "a beat came at t = %ld ms, after hb_stop had returned", lab_now_ms());
    if (lab_ideal_clock() && p->beats < MOST)
        p->at[p->beats] = lab_now_ms();
    p->beats++;
    lab_check(p->beats < FOR_EVER, "M08 if a thread noticed that somebody joins it: "
              "%d beats, and no end: hb_stop waits for a thread that was never told", p->beats);
}

static hb_t *start(int period_ms, struct pulse *p)
{
    hb_t *hb = hb_start(period_ms, beat, p);
    lab_check(hb != NULL, "hb_start returned NULL, but the thread could be created");
    return hb;
}

/* Stops the heart. `due`: when this should be over, by the ideal clock. */
static void stop(hb_t *hb, struct pulse *p, long due)
{
    hb_stop(hb);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == due,
                "M07 if a thread that sleeps could be woken: "
                "hb_stop was called at t = %ld ms and returned at t = %ld ms", due, lab_now_ms());
    p->over = true;
}

/* The beats that must have come: one at 0, then one every period. */
static void check_beats(const struct pulse *p, int expected, long period_ms)
{
    if (!lab_ideal_clock())
        return;
    lab_check(p->beats == expected, "there should have been %d beats, there were %d", expected, p->beats);
    for (int i = 0; i < expected; i++)
        lab_require("late", p->at[i] == i * period_ms, "beat %d came at t = %ld ms, not at %ld ms", i + 1, p->at[i],
                    i * period_ms);
}

SCENARIO(stopped_between_beats, "a beat every 2 s, stopped after 5 s", "M07, M25", "06.6")
{
    struct pulse p = {0};
    hb_t *hb = start(2000, &p);
    lab_brew(5000);
    stop(hb, &p, 5000);
    check_beats(&p, 3, 2000);
    lab_brew(4000); /* is it silent now? */
}

SCENARIO(stopped_at_once, "stopped right after the start", "M07", "06.6")
{
    struct pulse p = {0};
    hb_t *hb = start(2000, &p);
    stop(hb, &p, 0);
    lab_check(!lab_ideal_clock() || p.beats <= 1, "stopped at once, and yet there were %d beats", p.beats);
    lab_brew(3000);
}

SCENARIO(two_hearts, "two hearts, stopped one after the other", "M08, M15", "06.6")
{
    struct pulse one = {0}, other = {0};
    lab_preemptions(2); /* two hearts have little to do with each other */
    hb_t *a = start(1000, &one), *b = start(5000, &other);
    stop(b, &other, 0);
    stop(a, &one, 0);
}

SCENARIO(started_again, "stopped, and started once more", "M23", "06.6")
{
    struct pulse first = {0}, second = {0};
    hb_t *hb = start(2000, &first);
    lab_brew(1000);
    stop(hb, &first, 1000);
    hb = start(2000, &second);
    lab_brew(1000);
    stop(hb, &second, 2000);
    lab_check(!lab_ideal_clock() || second.beats == 1, "the second heart should have beaten once, not %d times",
              second.beats);
}

SCENARIO(no_thread, "there is no thread to be had", "M08", "02.1")
{
    struct pulse p = {0};
    lab_fail_create(0, EAGAIN);
    lab_check(hb_start(1000, beat, &p) == NULL, "M08 if pthread_create always made a thread: "
              "there was no thread, and hb_start did not return NULL");
}
