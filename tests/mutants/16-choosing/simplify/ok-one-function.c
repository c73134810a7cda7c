/* ok: the bill of one order in a function of its own */
#include "simplify.h"

static long bill_of(const struct order *order)
{
    long sum = add_up(order);
    return round_up(discount(sum));
}

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++)
        show(i, bill_of(&orders[i]));
}
