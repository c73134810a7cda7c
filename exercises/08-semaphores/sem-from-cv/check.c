/* check.c - never more inside than tokens, no token is lost, and nobody sleeps beside a token. */
#include <lab/check.h>
#include <stdatomic.h>

#include "sem-from-cv.h"

static sem2_t box;
static int tokens;
static atomic_int inside;

static void *user(void *arg)
{
    sem2_wait(&box);
    int now = atomic_fetch_add(&inside, 1) + 1;
    lab_check(now <= tokens, "%d took a token, and there %s only %d", now, tokens == 1 ? "is" : "are", tokens);
    atomic_fetch_sub(&inside, 1);
    sem2_post(&box);
    return arg;
}

static void *taker(void *arg)
{
    sem2_wait(&box);
    return arg;
}

static void *giver(void *arg)
{
    sem2_post(&box);
    return arg;
}

/* What is left in the box, asked when nobody else uses it. */
static void holds(int expected)
{
    lab_check(box.tokens == expected, "%stokens is %d at the end, expected %d",
              box.tokens < expected ? "M32 if a semaphore were only open or shut: " : "M00: ", box.tokens, expected);
}

static void users(int n, int k)
{
    tokens = k;
    lab_no_polling();
    sem2_init(&box, k);
    for (int i = 0; i < n; i++)
        lab_go(user, NULL);
    lab_join_all();
    holds(k);
}

SCENARIO(kept, "three tokens are put in before anybody wants one", "M27", "08.2")
{
    sem2_init(&box, 0);
    for (int i = 0; i < 3; i++)
        sem2_post(&box);
    sem2_wait(&box);
    holds(2);
    sem2_wait(&box);
    holds(1);
    sem2_wait(&box);
    holds(0);
}

SCENARIO(two_over_one, "two users, one token", "M27", "08.1")
{
    users(2, 1);
}

SCENARIO(three_over_one, "three users, one token", "M28", "08.1")
{
    users(3, 1);
}

SCENARIO(three_over_two, "three users, two tokens", "M28", "08.1")
{
    users(3, 2);
}

SCENARIO(signalling, "two wait for a token, two others put one in", "M31", "08.5")
{
    sem2_init(&box, 0);
    for (int i = 0; i < 2; i++)
        lab_go(taker, NULL);
    for (int i = 0; i < 2; i++)
        lab_go(giver, NULL);
    lab_join_all();
    holds(0);
}

static sem2_t other;

static void *taker_of_other(void *arg)
{
    sem2_wait(&other);
    return arg;
}

SCENARIO(two_boxes, "two boxes: for each one waits, and into each a token is put", "M15", "08.5")
{
    sem2_init(&box, 0);
    sem2_init(&other, 0);
    lab_go(taker, NULL);
    lab_go(taker_of_other, NULL);
    sem2_post(&box);
    sem2_post(&other);
    lab_join_all();
    holds(0);
}
