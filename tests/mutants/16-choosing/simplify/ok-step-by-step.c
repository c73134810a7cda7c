/* ok: a variable that goes through the steps */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++) {
        long cents = add_up(&orders[i]);
        cents = discount(cents);
        cents = round_up(cents);
        show(i, cents);
    }
}
