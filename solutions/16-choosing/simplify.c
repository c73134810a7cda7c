#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++)
        show(i, round_up(discount(add_up(&orders[i]))));
}
