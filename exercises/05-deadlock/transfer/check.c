/* check.c - is no cent lost or seen twice, can nobody get stuck, and does a transfer wait only for the
 * accounts it is about? */
#include <lab/check.h>

#include "transfer.h"

enum { ACCOUNTS = 4 };

/* Ids and addresses disagree: the order of the one is not the order of the other. */
static account_t account[ACCOUNTS];
static account_t *const a = &account[1], *const b = &account[0], *const c = &account[3],
                 *const d = &account[2];
static account_t *const by_id[ACCOUNTS] = {&account[1], &account[0], &account[3], &account[2]};

static void open_bank(int accounts)
{
    for (int i = 0; i < accounts; i++) {
        by_id[i]->id = 7 + i;
        by_id[i]->cents = 100;
        pthread_mutex_init(&by_id[i]->m, NULL);
    }
}

/* All the money, with all locks held in the order of the ids. */
static long audit(int accounts)
{
    long sum = 0;
    for (int i = 0; i < accounts; i++)
        pthread_mutex_lock(&by_id[i]->m);
    for (int i = 0; i < accounts; i++)
        sum += by_id[i]->cents;
    for (int i = accounts - 1; i >= 0; i--)
        pthread_mutex_unlock(&by_id[i]->m);
    return sum;
}

static void total_is(int accounts)
{
    long sum = audit(accounts);
    lab_check(sum == 100L * accounts, "M16: the auditor saw %ld of %ld cents", sum, 100L * accounts);
}

/* Everybody has ended: every lock is free, and the accounts have what they should. */
static void close_bank(int accounts, long first, long second)
{
    total_is(accounts);
    lab_check(by_id[0]->cents == first && by_id[1]->cents == second,
              "the first two accounts have %ld and %ld cents at the end, expected %ld and %ld",
              by_id[0]->cents, by_id[1]->cents, first, second);
    for (int i = 0; i < accounts; i++)
        pthread_mutex_destroy(&by_id[i]->m);
}

struct order {
    account_t *from, *to;
    long cents;
    int result;
    long done_ms;
};

static void *carry_out(void *arg)
{
    struct order *o = arg;
    o->result = transfer(o->from, o->to, o->cents);
    o->done_ms = lab_now_ms();
    return NULL;
}

#define BELIEF(o, expected)                                                                         \
    ((expected) == 0 && (o)->from != (o)->to ? "M21 if who does not get a lock might give up: " : "M00: ")

static void worked(const struct order *o, int expected)
{
    lab_check(o->result == expected, "%stransfer of %ld cents returned %d, expected %d", BELIEF(o, expected), o->cents,
              o->result, expected);
}

SCENARIO(one_way, "one transfer, and the auditor adds up", "M16", "05.5")
{
    static struct order o;
    o = (struct order){a, b, 30, 7, 0};
    open_bank(2);
    lab_go(carry_out, &o);
    total_is(2);
    lab_join_all();
    worked(&o, 0);
    close_bank(2, 70, 130);
}

SCENARIO(there_and_back, "two transfers between two accounts, in opposite directions", "M21", "05.5")
{
    static struct order o[2];
    o[0] = (struct order){a, b, 10, 7, 0};
    o[1] = (struct order){b, a, 30, 7, 0};
    open_bank(2);
    lab_go(carry_out, &o[0]);
    lab_go(carry_out, &o[1]);
    lab_join_all();
    worked(&o[0], 0);
    worked(&o[1], 0);
    close_bank(2, 120, 80);
}

SCENARIO(in_a_ring, "three transfers, each to the next account", "M19", "05.5")
{
    static struct order o[3];
    o[0] = (struct order){a, b, 10, 7, 0};
    o[1] = (struct order){b, c, 20, 7, 0};
    o[2] = (struct order){c, a, 40, 7, 0};
    open_bank(3);
    for (int i = 0; i < 3; i++)
        lab_go(carry_out, &o[i]);
    lab_join_all();
    for (int i = 0; i < 3; i++)
        worked(&o[i], 0);
    close_bank(3, 130, 90);
}

SCENARIO(against_the_order, "a transfer to a smaller id, and the auditor adds up", "M19", "05.5")
{
    static struct order o;
    o = (struct order){b, a, 30, 7, 0};
    open_bank(2);
    lab_go(carry_out, &o);
    total_is(2);
    lab_join_all();
    worked(&o, 0);
    close_bank(2, 130, 70);
}

SCENARIO(to_itself, "from an account to the same account", "M08", "05.5")
{
    static struct order o[2];
    o[0] = (struct order){a, a, 30, 7, 0};
    o[1] = (struct order){a, a, 101, 7, 0};
    open_bank(2);
    for (int i = 0; i < 2; i++) {
        lab_go(carry_out, &o[i]);
        lab_join_all();
    }
    worked(&o[0], 0);
    worked(&o[1], -1);
    close_bank(2, 100, 100);
}

SCENARIO(to_itself_meanwhile, "from an account to itself, while money leaves it", "M09", "05.5")
{
    static struct order o[2];
    o[0] = (struct order){a, a, 80, 7, 0};
    o[1] = (struct order){a, b, 40, 7, 0};
    open_bank(2);
    lab_go(carry_out, &o[0]);
    lab_go(carry_out, &o[1]);
    lab_join_all();
    worked(&o[1], 0);
    close_bank(2, 60, 140);
}

SCENARIO(rich, "an account with fifty million", "M00", "05.5")
{
    static struct order o;
    o = (struct order){a, b, 4999999950, 7, 0};
    open_bank(2);
    a->cents = 5000000000;
    b->cents = 0;
    lab_go(carry_out, &o);
    lab_join_all();
    lab_check(o.result == 0 && a->cents == 50 && b->cents == 4999999950,
              "a transfer of 4999999950 cents returned %d and left %ld and %ld cents", o.result, a->cents, b->cents);
}

SCENARIO(not_enough, "a transfer that is refused, then one that takes everything", "M17", "05.5")
{
    static struct order o[2];
    o[0] = (struct order){a, b, 101, 7, 0};
    o[1] = (struct order){a, b, 100, 7, 0};
    open_bank(2);
    for (int i = 0; i < 2; i++) {
        lab_go(carry_out, &o[i]);
        lab_join_all();
        lab_check(o[i].result == i - 1, "the account had 100 cents, and a transfer of %ld returned %d", o[i].cents,
                  o[i].result);
    }
    close_bank(2, 0, 200);
}

SCENARIO(two_take_the_same, "two transfers, and money for only one", "M16", "05.5")
{
    static struct order o[2];
    o[0] = (struct order){a, b, 60, 7, 0};
    o[1] = (struct order){a, b, 60, 7, 0};
    open_bank(2);
    lab_go(carry_out, &o[0]);
    lab_go(carry_out, &o[1]);
    lab_join_all();
    lab_check(o[0].result + o[1].result == -1,
              "the account had money for one of two transfers; they returned %d and %d", o[0].result,
              o[1].result);
    close_bank(2, 40, 160);
}

/* One account is looked at closely for a second; a transfer of it has to wait. Meanwhile somebody else
 * moves money between two other accounts. */
SCENARIO(side_by_side, "a transfer waits; another one, between other accounts, does not", "M15", "05.5")
{
    static struct order waits, other;
    waits = (struct order){c, d, 10, 7, 0};
    other = (struct order){a, b, 10, 7, 0};
    open_bank(4);
    pthread_mutex_lock(&d->m);
    lab_go(carry_out, &waits);
    lab_brew(500);
    lab_go(carry_out, &other);
    lab_brew(500);
    pthread_mutex_unlock(&d->m);
    lab_join_all();
    worked(&waits, 0);
    worked(&other, 0);
    lab_require("serial", !lab_ideal_clock() || other.done_ms == 500,
                "a transfer between two accounts waited %ld ms for a transfer between two others: one "
                "lock for the whole bank",
                other.done_ms - 500);
    close_bank(4, 90, 110);
}
