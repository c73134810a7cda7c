/* mutant: one bill even if nobody came
 * expect: WRONG in nobody_came, message contains "1 of 0 bills"
 * belief: none */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    int i = 0;
    do
        show(i, round_up(discount(add_up(&orders[i]))));
    while (++i < n);
}
