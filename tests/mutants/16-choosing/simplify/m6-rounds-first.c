/* mutant: rounds, then takes the discount
 * expect: WRONG in cheap_after_dear, message contains "the bill says"
 * belief: none */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++)
        show(i, discount(round_up(add_up(&orders[i]))));
}
