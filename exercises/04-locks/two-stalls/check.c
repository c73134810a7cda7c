/* check.c - is there never more than one barista at a stall, and do two stalls work side by side? */
#include <lab/check.h>
#include <string.h>

#include "two-stalls.h"

static stall_t north, south;
static int cups_north, cups_south; /* brewed at each; used by whoever has the place there */
static long south_ready_ms;        /* when the one barista there was done, by the ideal clock */

#define BELIEF(s) ((s)->barista > 1 ? "M03 if two never came to one stall at the same time: " : "M00: ")

void brew_at(stall_t *s, int ms)
{
    int *cups = s == &north ? &cups_north : &cups_south;
    lab_check(s->barista == 1, "%s%d baristas at one stall: barista must be 1 while somebody brews", BELIEF(s),
              s->barista);
    lab_brew(ms);
    lab_check(s->barista == 1, "%s%d baristas at one stall: barista must be 1 while somebody brews", BELIEF(s),
              s->barista);
    ++*cups;
}

static void *at_north(void *arg)
{
    (void)arg;
    serve(&north, 2000);
    return NULL;
}

static void *at_south(void *arg)
{
    (void)arg;
    serve(&south, 2000);
    if (lab_ideal_clock())
        south_ready_ms = lab_now_ms();
    return NULL;
}

static void open_stall(stall_t *s)
{
    stall_init(s);
    lab_check(s->barista == 0, "stall_init leaves %d baristas at a new stall", s->barista);
}

static void closing_time(int north_cups, int south_cups)
{
    lab_check(cups_north == north_cups && cups_south == south_cups,
              "M21 if who does not get the lock might go home: "
              "%d of the %d cups that were ordered are brewed", cups_north + cups_south,
              north_cups + south_cups);
    lab_check(!north_cups || north.barista == 0, "%d baristas are still counted in at the end",
              north.barista);
    lab_check(!south_cups || south.barista == 0, "%d baristas are still counted in at the end",
              south.barista);
}

SCENARIO(one_stall, "two baristas at one stall", "M08", "04.6")
{
    open_stall(&north);
    lab_go(at_north, NULL);
    lab_go(at_north, NULL);
    lab_join_all();
    closing_time(2, 0);
}

SCENARIO(two_stalls, "one barista at each of two stalls", "M15", "04.6")
{
    open_stall(&north);
    open_stall(&south);
    lab_go(at_north, NULL);
    lab_go(at_south, NULL);
    lab_join_all();
    closing_time(1, 1);
    lab_possible("serial", lab_now_ms() == 2000,
                 "one stall always waits for the other, though each has a place of its own: a lock "
                 "belongs to what it protects, one for each stall");
}

SCENARIO(two_and_one, "two baristas at one stall, one at the other", "M15", "04.6")
{
    open_stall(&north);
    open_stall(&south);
    lab_go(at_north, NULL);
    lab_go(at_north, NULL);
    lab_go(at_south, NULL);
    lab_join_all();
    closing_time(2, 1);
    lab_possible("serial", lab_now_ms() == 4000,
                 "three cups at two stalls always take more than 4000 ms: one stall waits for the other");
    lab_require("serial", !lab_ideal_clock() || south_ready_ms == 2000,
                "M18: one barista at the south stall, and the cup is ready after %ld ms, not 2000: that barista "
                "waited for the queue at the other stall",
                south_ready_ms);
}

SCENARIO(next_cup, "one barista, one cup after the other", "M17", "04.6")
{
    memset(&north, 0x5a, sizeof north); /* memory that was used for something else before */
    open_stall(&north);
    serve(&north, 10);
    serve(&north, 20);
    serve(&north, 0);
    lab_check(cups_north == 3, "M00: %d of the 3 cups that were ordered are brewed", cups_north);
    closing_time(3, 0);
    lab_check(!lab_ideal_clock() || lab_now_ms() == 30, "cups of 10 and 20 ms took %ld ms",
              lab_now_ms());
}
