/* mutant: one lock for all transfers, and none of the accounts
 * expect: RACE in one_way, message contains "different locks"
 * belief: M14, M13 any lock will do, if it is always the same */
#include "transfer.h"

static pthread_mutex_t bank = PTHREAD_MUTEX_INITIALIZER;

int transfer(account_t *from, account_t *to, long cents)
{
    pthread_mutex_lock(&bank);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&bank);
    return result;
}
