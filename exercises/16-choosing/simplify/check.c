/* check.c - the same bills in the same order, and nothing that it takes only to be fast. The steps can be called from
 * any thread: they share nothing. */
#include <lab/check.h>

#include "simplify.h"

enum { MOST = 50 };

static struct {
    int number;
    long cents;
} bill[MOST + 1];
static int shown;

/* ---- the steps ------------------------------------------------------------------------------- */

long add_up(const struct order *order) { return order->cups * order->price; }

long discount(long sum)
{
    lab_check(sum > 0, "M37 if steps that need each other could overlap: "
              "step 2 used a result that did not exist yet: the sum is %ld", sum);
    return sum >= 1500 ? sum - sum / 10 : sum;
}

long round_up(long reduced)
{
    lab_check(reduced > 0, "step 3 used a result that did not exist yet: the reduced sum is %ld", reduced);
    return (reduced + 4) / 5 * 5;
}

void show(int number, long cents)
{
    lab_check(shown < MOST, "more than %d bills were shown", MOST);
    bill[shown].number = number;
    bill[shown++].cents = cents;
}

/* ---- what must come out ------------------------------------------------------------------------ */

static long right(const struct order *o)
{
    long sum = o->cups * o->price;
    long reduced = sum >= 1500 ? sum - sum / 10 : sum;
    return (reduced + 4) / 5 * 5;
}

static void bills_of(const struct order *orders, int n)
{
    shown = 0;
    bill_all(orders, n);
    for (int i = 0; i < shown && i < n; i++) {
        lab_check(bill[i].number == i, "M01 if the order of the orders did not matter: "
                  "bill %d is that of order %d: the order of the orders is lost", i,
                  bill[i].number);
        lab_check(bill[i].cents == right(&orders[i]), "order %d, %d cups of %ld cents: the bill says %ld, not %ld", i,
                  orders[i].cups, orders[i].price, bill[i].cents, right(&orders[i]));
    }
    lab_check(shown == n, "%d of %d bills were shown", shown, n);
}

static void simply(const struct order *orders, int n)
{
    bills_of(orders, n);
    int threads = lab_threads_started();
    lab_require("limit", threads == 0,
                "M37 if a thread more cost nothing: "
                "%d thread%s, at 30 us each, for %d us of work: three calls in a row need none", threads,
                threads == 1 ? "" : "s", 15 * n);
}

SCENARIO(one_order, "one order of three cups", "M37", "16.5")
{
    static const struct order one[] = {{3, 149}};
    simply(one, 1);
}

SCENARIO(two_orders, "two orders, in their order", "M01", "16.5")
{
    static const struct order two[] = {{2, 151}, {10, 150}};
    simply(two, 2);
}

SCENARIO(cheap_after_dear, "a small order after a large one", "M08", "16.5")
{
    static const struct order orders[] = {{20, 203}, {1, 99}, {9, 157}};
    simply(orders, 3);
}

SCENARIO(nobody_came, "no orders", "M06", "16.5")
{
    static const struct order none[] = {{1, 100}};
    simply(none, 0);
}

SCENARIO(fifty_orders, "fifty orders", "M37", "16.5")
{
    static struct order orders[MOST];
    for (int i = 0; i < MOST; i++)
        orders[i] = (struct order){1 + i * 7 % 23, 80 + i * 31 % 140};
    simply(orders, MOST);
}

SCENARIO(next_day, "two orders, and on the next day two more", "M08 if each call were the first one", "16.5")
{
    static const struct order today[] = {{2, 151}, {10, 150}}, tomorrow[] = {{1, 99}, {3, 149}};
    simply(today, 2);
    simply(tomorrow, 2);
}

SCENARIO(large_order, "an order of more cents than 32 bits can hold", "M36 if a number that does not fit made itself known", "16.5")
{
    static const struct order large[] = {{1, 3000000000}};
    simply(large, 1);
}
