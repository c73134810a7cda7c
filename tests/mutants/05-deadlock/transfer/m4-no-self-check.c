/* mutant: orders by id, and forgets that both may be the same
 * expect: DEADLOCK in to_itself, message contains "which it holds already"
 * belief: M20 a deadlock needs two locks */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    pthread_mutex_lock(&hi->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
