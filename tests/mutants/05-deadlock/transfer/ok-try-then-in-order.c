/* ok: tries in the order of the names; when that fails, gives back and takes both in the order of the ids */
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
    pthread_mutex_lock(&from->m);
    if (pthread_mutex_trylock(&to->m) != 0) {
        pthread_mutex_unlock(&from->m);
        pthread_mutex_lock(&lo->m);
        pthread_mutex_lock(&hi->m);
    }
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
    return result;
}
