/* mutant: throws out a step too
 * expect: WRONG in one_order, message contains "the bill says 447, not 450"
 * belief: none */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++)
        show(i, discount(add_up(&orders[i])));
}
