/* mutant: the discount once given is kept for the next
 * expect: WRONG in cheap_after_dear, message contains "order 1"
 * belief: none */
#include "simplify.h"

void bill_all(const struct order *orders, int n)
{
    static long reduced;
    for (int i = 0; i < n; i++) {
        long sum = add_up(&orders[i]);
        if (reduced < sum)
            reduced = discount(sum);
        show(i, round_up(reduced));
    }
}
