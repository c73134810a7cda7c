/* ok: the two orders written out */
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
    if (from->id < to->id) {
        pthread_mutex_lock(&from->m);
        pthread_mutex_lock(&to->m);
    } else {
        pthread_mutex_lock(&to->m);
        pthread_mutex_lock(&from->m);
    }
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&from->m);
    pthread_mutex_unlock(&to->m);
    return result;
}
