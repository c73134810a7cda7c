/* mutant: a transfer to itself always works
 * expect: WRONG in to_itself, message contains "returned 0, expected -1"
 * belief: none */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    if (from == to)
        return 0;
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
