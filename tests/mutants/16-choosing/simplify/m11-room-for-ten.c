/* mutant: first all bills into a list of ten
 * expect: CRASH in fifty_orders
 * belief: none */
#include "simplify.h"

#include <stdlib.h>

void bill_all(const struct order *orders, int n)
{
    long *cents = calloc(10, sizeof *cents);
    for (int i = 0; i < n; i++)
        cents[i] = round_up(discount(add_up(&orders[i])));
    for (int i = 0; i < n; i++)
        show(i, cents[i]);
    free(cents);
}
