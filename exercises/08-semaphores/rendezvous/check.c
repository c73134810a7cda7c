/* check.c - does each second half come after the other's first half, in every round, and do the first
 * halves wait for nobody? */
#include <lab/check.h>
#include <stdatomic.h>
#include <string.h>

#include "rendezvous.h"

enum { A1, A2, B1, B2, WORDS, MOST_ROUNDS = 3 };

static const char *const word[WORDS] = {"A1", "A2", "B1", "B2"};
static int rounds, takes_ms;
static rv_t rv;
static int times_said[WORDS];                /* each belongs to the one thread that says it */
static atomic_bool said[WORDS][MOST_ROUNDS]; /* looked at by the other thread, too */

static int which(const char *what)
{
    for (int i = 0; i < WORDS; i++)
        if (strcmp(what, word[i]) == 0)
            return i;
    return WORDS;
}

/* The second half of a round: after my own first half, and after the other's. */
static void second_half(int me, int round)
{
    int mine = me - 1, other = me == A2 ? B1 : A1;
    lab_check(times_said[mine] == round + 1, "M08 if the two waited for each other by themselves: "
              "%s of round %d was said before %s of that round", word[me],
              round + 1, word[mine]);
    lab_check(said[other][round], "M08 if the two waited for each other by themselves: "
              "%s of round %d was said before %s of that round", word[me], round + 1,
              word[other]);
}

void say(const char *what)
{
    int me = which(what);
    lab_check(me < WORDS, "say(\"%s\"): there are only A1, A2, B1 and B2", what);
    int round = times_said[me];
    lab_check(round < rounds, "%s was said more than %d times", what, rounds);
    if (me == A2 || me == B2)
        second_half(me, round);
    else
        lab_check(times_said[me + 1] == round, "M08 if the two waited for each other by themselves: "
                  "%s of round %d was said before %s of the round before",
                  what, round + 1, word[me + 1]);
    if (takes_ms > 0)
        lab_brew(takes_ms);
    times_said[me]++;
    if (me == A1 || me == B1)
        said[me][round] = true;
}

static void *run_a(void *arg)
{
    lab_name("A");
    thread_a(&rv, rounds);
    return arg;
}

static void *run_b(void *arg)
{
    lab_name("B");
    thread_b(&rv, rounds);
    return arg;
}

static void meet(int n, int ms)
{
    rounds = n;
    takes_ms = ms;
    lab_no_polling();
    rv_init(&rv);
    lab_go(run_a, NULL);
    lab_go(run_b, NULL);
    lab_join_all();
    for (int i = 0; i < WORDS; i++)
        lab_check(times_said[i] == n, "%s was said %d times in %d rounds", word[i], times_said[i], n);
}

SCENARIO(one_round, "one round", "M32", "08.5")
{
    meet(1, 0);
}

SCENARIO(two_rounds, "two rounds", "M32 if a token that was put in once stayed in the box", "08.5")
{
    meet(2, 0);
}

SCENARIO(three_rounds, "three rounds", "M32 if a token that was put in once stayed in the box", "08.5")
{
    meet(3, 0);
}

SCENARIO(no_round, "no round at all", "M08 if there were always something to do", "08.5")
{
    meet(0, 0);
}

SCENARIO(comes_late, "the second one comes five seconds late", "M27", "08.5")
{
    rounds = 1;
    takes_ms = 1000;
    lab_no_polling();
    rv_init(&rv);
    lab_go(run_a, NULL);
    lab_brew(5000);
    lab_check(!lab_ideal_clock() || said[A1][0], "M18 if it did not matter when one waits: "
              "A had five seconds, and has not said A1: the first half waits for nobody");
    run_b(NULL);
    lab_join_all();
}

SCENARIO(side_by_side, "one round, and each half takes a second", "M32", "08.5")
{
    meet(1, 1000);
    lab_always_within(2000, "the round took %ld ms and not 2000: somebody waits before the first half is said",
                      lab_now_ms());
}
