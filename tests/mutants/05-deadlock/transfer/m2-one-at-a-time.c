/* mutant: takes the money from one account, then gives it to the other
 * expect: WRONG in one_way, message contains "the auditor saw 170 of 200"
 * belief: M16 each account is locked while it changes, so the sum is right */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    int result = -1;
    pthread_mutex_lock(&from->m);
    if (from->cents >= cents) {
        from->cents -= cents;
        result = 0;
    }
    pthread_mutex_unlock(&from->m);
    if (result == 0) {
        pthread_mutex_lock(&to->m);
        to->cents += cents;
        pthread_mutex_unlock(&to->m);
    }
    return result;
}
