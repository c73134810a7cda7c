/* mutant: locks the account that pays, not the one that gets
 * expect: RACE in there_and_back, message contains "cents"
 * belief: M14, M09 only what may run short needs the lock */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    pthread_mutex_lock(&from->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&from->m);
    return result;
}
