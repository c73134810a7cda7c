/* check.c - is the best score right, does best_of wait for it by joining, and no longer than
 * the tasting takes? */
#include <lab/check.h>

#include "read-after-join.h"

enum { MOST_CUPS = 4 };

static int scores[MOST_CUPS];
static int cups;             /* how many of them are tasted in this call */
static int tasted[MOST_CUPS]; /* how often; each written by whoever tastes that cup */

static int taste(int cup)
{
    lab_check(cup >= 0 && cup < cups, "taste(%d) was called for %d cup%s, numbered from 0", cup, cups,
              cups == 1 ? "" : "s");
    lab_brew(1000);
    tasted[cup]++;
    return scores[cup];
}

static int before = -1; /* the best score so far */

static void taste_and_compare(int n, const int *score)
{
    int expected = -1;
    cups = n;
    for (int i = 0; i < n; i++) {
        scores[i] = score[i];
        tasted[i] = 0;
        expected = score[i] > expected ? score[i] : expected;
    }
    int got = best_of(n, taste);
    lab_check(got == expected, "%sbest_of returned %d, the best score is %d",
              before > expected && got == before ? "M08 if a static variable began anew in each call: " : "M00: ", got, expected);
    before = expected > before ? expected : before;
    lab_require("leak", lab_threads_running() == 0, "best_of has returned, but a taster is still at work");
    for (int i = 0; i < n; i++)
        lab_check(tasted[i] == 1, "cup %d was tasted %d times, not once", i, tasted[i]);
}

#define SLOW (lab_threads_started() ? "M02 if what threads do overlapped by itself: " \
                                    : "M10 if only who works alone were free of races: ")
#define TASTE(...)                                                                                 \
    taste_and_compare(sizeof((int[]){__VA_ARGS__}) / sizeof(int), (int[]){__VA_ARGS__})

SCENARIO(three_cups, "three cups, the best one in the middle", "M01", "03.6")
{
    TASTE(4, 9, 6);
    lab_always_within(1000, "%sthree tastings took %ld ms, one second is enough", SLOW, lab_now_ms());
}

SCENARIO(best_first, "three cups, the first is the best", "M01", "03.6")
{
    TASTE(8, 3, 5);
    lab_always_within(1000, "%sthree tastings took %ld ms, one second is enough", SLOW, lab_now_ms());
}

SCENARIO(best_last, "two cups, the last is the best", "M01", "03.6")
{
    TASTE(6, 9);
    lab_always_within(1000, "%stwo tastings took %ld ms, one second is enough", SLOW, lab_now_ms());
}

SCENARIO(one_cup, "one cup, and it is bad", "M07", "03.6")
{
    TASTE(0);
    lab_always_within(1000, "one tasting took %ld ms, one second is enough", lab_now_ms());
}

SCENARIO(four_cups, "four cups, and one of them is famous", "M01", "03.6")
{
    TASTE(2, 3, 5, 300);
    lab_always_within(1000, "%sfour tastings took %ld ms, one second is enough", SLOW, lab_now_ms());
}

SCENARIO(no_cup, "nothing to taste", "M01", "03.6")
{
    taste_and_compare(0, NULL);
    lab_always_within(0, "nothing was tasted, and it took %ld ms", lab_now_ms());
}

SCENARIO(second_tasting, "two tastings, the second one is worse", "M09", "03.6")
{
    TASTE(7, 9);
    TASTE(2, 1);
    lab_always_within(2000, "two tastings took %ld ms, two seconds are enough", lab_now_ms());
}
