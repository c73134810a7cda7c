/* ok: each step for all orders, before the next step */
#include "simplify.h"

#include <stdlib.h>

void bill_all(const struct order *orders, int n)
{
    long *cents = calloc((size_t)n + 1, sizeof *cents);
    for (int i = 0; i < n; i++)
        cents[i] = add_up(&orders[i]);
    for (int i = 0; i < n; i++)
        cents[i] = round_up(discount(cents[i]));
    for (int i = 0; i < n; i++)
        show(i, cents[i]);
    free(cents);
}
