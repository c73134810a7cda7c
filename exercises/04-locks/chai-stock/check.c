/* check.c - is every cup accounted for, whoever sells, restocks and counts at the same time? And is
 * the lock free again on every way out? */
#include <lab/check.h>
#include <string.h>

#include "chai-stock.h"

static stock_t shelf, other;
static bool got[2];

static void *buyer(void *arg)
{
    got[(long)arg] = sell(&shelf);
    return NULL;
}

static void *restocker(void *arg)
{
    (void)arg;
    restock(&shelf, 1);
    restock(&shelf, 1);
    return NULL;
}

static void *pair_bringer(void *arg)
{
    (void)arg;
    restock(&shelf, 2);
    return NULL;
}

/* A shelf in memory that was used for something else before. */
static void new_shelf(stock_t *s, int cups)
{
    memset(s, 0x5a, sizeof *s);
    stock_init(s, cups);
}

/* After `what`, with all threads joined: the count is right, and nobody has kept the lock. */
static void close_shelf(stock_t *s, int cups, const char *what)
{
    lab_check(stock_count(s) == cups, "the count is %d after %s, expected %d", stock_count(s), what,
              cups);
    stock_destroy(s);
}

SCENARIO(two_restockers, "two helpers bring two cups each", "M13", "04.1")
{
    stock_init(&shelf, 0);
    lab_go(restocker, NULL);
    lab_go(restocker, NULL);
    lab_join_all();
    close_shelf(&shelf, 4, "four cups were brought");
}

SCENARIO(last_cup, "two customers, one cup", "M16", "04.6")
{
    stock_init(&shelf, 1);
    lab_go(buyer, (void *)0L);
    lab_go(buyer, (void *)1L);
    lab_join_all();
    lab_check(stock_count(&shelf) >= 0, "the stock is %d: a cup was sold that was not there",
              stock_count(&shelf));
    lab_check(got[0] + got[1] == 1, "%d customers got the only cup", got[0] + got[1]);
    close_shelf(&shelf, 0, "the only cup was sold");
}

SCENARIO(sold_out, "a customer comes too late, then two helpers come, one with no cup", "M17", "04.6")
{
    stock_init(&shelf, 0);
    lab_check(!sell(&shelf), "a cup was sold from an empty shelf");
    restock(&shelf, 0);
    lab_check(stock_count(&shelf) == 0, "a helper came without a cup, and %d stand there", stock_count(&shelf));
    lab_go(restocker, NULL);
    lab_join_all();
    lab_check(sell(&shelf), "two cups stand there, and sell says there is none");
    close_shelf(&shelf, 1, "two cups were brought and one was sold");
}

SCENARIO(boss_counts, "a helper brings two cups at once while the boss counts", "M09", "04.6")
{
    stock_init(&shelf, 1);
    lab_go(pair_bringer, NULL);
    int seen = stock_count(&shelf);
    lab_check(seen == 1 || seen == 3, "M16: the boss counted %d, but two cups came to one at once: 1 or 3",
              seen);
    lab_join_all();
    close_shelf(&shelf, 3, "two cups came to one");
}

SCENARIO(nothing_there, "the boss counts an empty shelf while a customer asks", "M16", "04.6")
{
    stock_init(&shelf, 0);
    lab_go(buyer, (void *)0L);
    int seen = stock_count(&shelf);
    lab_check(seen == 0, "M16: the boss counted %d on an empty shelf", seen);
    lab_join_all();
    lab_check(!got[0], "a cup was sold from an empty shelf");
    close_shelf(&shelf, 0, "a customer found nothing");
}

SCENARIO(sell_and_restock, "one sells while another brings", "M08", "04.6")
{
    stock_init(&shelf, 1);
    lab_go(buyer, (void *)0L);
    lab_go(pair_bringer, NULL);
    lab_join_all();
    lab_check(got[0], "M21 if a lock that is taken meant that the cup is gone: "
              "a cup stood there all the time, and sell says there is none: that the lock "
                      "is taken says nothing about the cups");
    close_shelf(&shelf, 2, "one cup was sold and two were brought");
}

SCENARIO(two_shelves, "another shelf, and the same one again", "M15", "04.6")
{
    new_shelf(&shelf, 3);
    new_shelf(&other, 5);
    lab_go(buyer, (void *)0L);
    restock(&other, 1);
    lab_join_all();
    close_shelf(&other, 6, "one cup came to five");
    close_shelf(&shelf, 2, "one of three cups was sold");
    new_shelf(&shelf, 7);
    close_shelf(&shelf, 7, "a new start with seven cups");
}
