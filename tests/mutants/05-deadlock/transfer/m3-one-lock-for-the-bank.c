/* mutant: one lock for all transfers, then the locks of the accounts
 * expect: SERIAL in side_by_side, message contains "one lock for the whole bank"
 * belief: M15 one lock for everything is right, so it is good */
#include "transfer.h"

static pthread_mutex_t bank = PTHREAD_MUTEX_INITIALIZER;

/* A transfer to itself: only the question whether there is enough. */
static int one_account(account_t *a, long cents)
{
    pthread_mutex_lock(&a->m);
    int result = a->cents >= cents ? 0 : -1;
    pthread_mutex_unlock(&a->m);
    return result;
}

int transfer(account_t *from, account_t *to, long cents)
{
    if (from == to)
        return one_account(from, cents);
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&bank);
    pthread_mutex_lock(&lo->m);
    pthread_mutex_lock(&hi->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    pthread_mutex_unlock(&bank);
    return result;
}
