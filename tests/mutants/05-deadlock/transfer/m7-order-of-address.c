/* mutant: by address: an order, but not the one of the auditor
 * expect: DEADLOCK in one_way, message contains "each waits for a lock"
 * belief: M19, M08 any order is as good as the one the others use */
#include "transfer.h"

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
    account_t *lo = from < to ? from : to;
    account_t *hi = from < to ? to : from;
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
