/* Takes the two locks in the order in which the accounts are named. Somebody else names them the
 * other way round. Repair it. Everything in this file may be changed. */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    int result = -1;
    // region: arrange
    pthread_mutex_lock(&from->m);
    pthread_mutex_lock(&to->m);
    // endregion
    if (from->cents >= cents) {
        from->cents -= cents;
        to->cents += cents;
        result = 0;
    }
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
    return result;
}
