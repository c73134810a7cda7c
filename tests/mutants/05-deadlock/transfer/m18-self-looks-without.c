/* mutant: a transfer to itself only looks, and looks without the lock
 * expect: RACE in to_itself_meanwhile
 * belief: M09 reading is harmless */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    if (from == to)
        return from->cents >= cents ? 0 : -1;
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    if (hi != lo)
        pthread_mutex_lock(&hi->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    if (hi != lo)
        pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
