/* mutant: counts the orders in a static variable
 * expect: WRONG in next_day, message contains "0 of 2"
 * belief: M08 each call is the first one */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    static int i;
    for (i = i; i < n; i++)
        show(i, round_up(discount(add_up(&orders[i]))));
}
