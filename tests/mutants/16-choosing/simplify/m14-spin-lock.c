/* mutant: keeps a lock of another kind
 * expect: LIMIT, message contains "pthread_spin_lock"
 * belief: none */
#include "simplify.h"
#include <pthread.h>

void bill_all(const struct order *orders, int n)
{
    static pthread_spinlock_t s;
    pthread_spin_init(&s, 0);
    pthread_spin_lock(&s);
    for (int i = 0; i < n; i++)
        show(i, round_up(discount(add_up(&orders[i]))));
}
