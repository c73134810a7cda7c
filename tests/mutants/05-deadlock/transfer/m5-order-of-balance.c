/* mutant: the poorer account first
 * expect: RACE in there_and_back, message contains "cents"
 * belief: M19, M08 any order will do, whatever changes in between */
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
    account_t *lo = from->cents < to->cents ? from : to;
    account_t *hi = from->cents < to->cents ? to : from;
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
