/* mutant: looks for the money before it takes the locks
 * expect: RACE in there_and_back, message contains "a reader needs the lock too"
 * belief: M09, M16 the test needs no lock, only the change does */
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
    if (from->cents < cents)
        return -1;
    if (from == to)
        return one_account(from, cents);
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    pthread_mutex_lock(&hi->m);
    int result = 0;
    from->cents -= cents;
    to->cents += cents;
    pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
