/* mutant: shows the last bill first
 * expect: WRONG in two_orders, message contains "the order of the orders is lost"
 * belief: M01 the order of independent things does not matter */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = n - 1; i >= 0; i--)
        show(i, round_up(discount(add_up(&orders[i]))));
}
