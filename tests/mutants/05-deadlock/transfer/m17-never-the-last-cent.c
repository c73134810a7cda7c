/* mutant: refuses the transfer that takes everything
 * expect: WRONG in not_enough, message contains "returned -1"
 * belief: none */
/* Everybody takes the locks in the order of the ids: so nobody who holds a lock waits for a smaller
 * id, and there can be no circle. */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    if (hi != lo)
        pthread_mutex_lock(&hi->m);
    int result = from->cents > cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    if (hi != lo)
        pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
