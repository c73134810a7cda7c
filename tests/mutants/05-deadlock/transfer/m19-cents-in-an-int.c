/* mutant: reckons with an int
 * expect: WRONG in rich
 * belief: none */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    if (hi != lo)
        pthread_mutex_lock(&hi->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        int moved = (int)cents;
        from->cents -= moved;
        to->cents += moved;
    }
    if (hi != lo)
        pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
