/* mutant: a bill must fit into an int
 * expect: WRONG in large_order
 * belief: M36 a number that does not fit makes itself known */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++)
        show(i, (int)round_up(discount(add_up(&orders[i]))));
}
