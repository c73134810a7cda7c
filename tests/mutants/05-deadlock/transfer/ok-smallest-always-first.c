/* ok: the smaller id first, in a function that takes both */
#include "transfer.h"

static void lock_both(account_t *x, account_t *y)
{
    if (x->id > y->id)
        lock_both(y, x);
    else {
        pthread_mutex_lock(&x->m);
        if (x != y)
            pthread_mutex_lock(&y->m);
    }
}

static void unlock_both(account_t *x, account_t *y)
{
    pthread_mutex_unlock(&x->m);
    if (x != y)
        pthread_mutex_unlock(&y->m);
}

int transfer(account_t *from, account_t *to, long cents)
{
    lock_both(from, to);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    unlock_both(from, to);
    return result;
}
