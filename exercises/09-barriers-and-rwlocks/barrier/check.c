/* check.c - does everybody leave a round only when all have arrived in it, is nobody a round ahead, and is
 * exactly one told that it is the one? */
#include <lab/check.h>
#include <stdatomic.h>

#include "barrier.h"

enum { MOST_ROUNDS = 12, MOST = 3 };

static bar_t bar;
static int n, rounds;
static atomic_int arrived[MOST_ROUNDS];
static int chosen[MOST][MOST_ROUNDS]; /* what each thread was told; read when all have ended */

static void *helper(void *arg)
{
    int *told = arg;
    for (int r = 0; r < rounds; r++) {
        atomic_fetch_add(&arrived[r], 1);
        told[r] = bar_wait(&bar);
        int here = arrived[r];
        lab_check(here == n, "a thread left round %d when %d of %d had arrived", r + 1, here, n);
    }
    return NULL;
}

static void one_is_chosen(int round)
{
    int ones = 0;
    for (int i = 0; i < n; i++) {
        lab_check(chosen[i][round] == 0 || chosen[i][round] == 1, "bar_wait returned %d; it is 0 or 1",
                  chosen[i][round]);
        ones += chosen[i][round];
    }
    lab_check(ones == 1, "%d of %d threads were told to be the one in round %d, not 1", ones, n, round + 1);
}

static void work(int threads, int times)
{
    n = threads;
    rounds = times;
    lab_no_polling();
    bar_init(&bar, n);
    for (int i = 0; i < n; i++)
        lab_go(helper, chosen[i]);
    lab_join_all();
    for (int r = 0; r < rounds; r++)
        one_is_chosen(r);
}

SCENARIO(alone, "one thread, one round", "M08", "09.1")
{
    work(1, 1);
}

SCENARIO(alone_again, "one thread, twelve rounds", "M33", "09.1")
{
    work(1, 12);
}

SCENARIO(two_once, "two threads, one round", "M08", "09.1")
{
    work(2, 1);
}

SCENARIO(two_twice, "two threads, two rounds", "M33", "09.3")
{
    work(2, 2);
}

SCENARIO(two_three_times, "two threads, three rounds", "M33", "09.3")
{
    work(2, 3);
}

SCENARIO(three_once, "three threads, one round", "M31", "09.1")
{
    work(3, 1);
}

SCENARIO(three_twice, "three threads, two rounds", "M33", "09.3")
{
    work(3, 2);
}

/* The evening of another stall, where one helper works alone, ends a round of its own. */
SCENARIO(two_barriers, "two meet at one barrier, meanwhile one meets nobody at another",
         "M15 if one count of rounds were enough for all barriers", "09.3")
{
    static bar_t other;
    n = 2;
    rounds = 1;
    lab_no_polling();
    bar_init(&bar, n);
    bar_init(&other, 1);
    lab_go(helper, chosen[0]);
    int told = bar_wait(&other);
    lab_check(told == 1, "the barrier of one thread told it %d, not 1", told);
    helper(chosen[1]);
    lab_join_all();
    one_is_chosen(0);
}
