/* mutant: a refused transfer returns with both locks held
 * expect: DEADLOCK in not_enough, message contains "never released"
 * belief: M17 leaving the function releases the lock */
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
    account_t *lo = from->id < to->id ? from : to;
    account_t *hi = from->id < to->id ? to : from;
    pthread_mutex_lock(&lo->m);
    pthread_mutex_lock(&hi->m);
    int result = 0;
    if (from->cents < cents)
        return -1;
    from->cents -= cents;
    to->cents += cents;
    pthread_mutex_unlock(&hi->m);
    pthread_mutex_unlock(&lo->m);
    return result;
}
