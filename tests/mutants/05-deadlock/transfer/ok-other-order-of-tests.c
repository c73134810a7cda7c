/* ok: tests while holding both, with one way out */
#include "transfer.h"

int transfer(account_t *from, account_t *to, long cents)
{
    int result = -1;
    account_t *first = to->id < from->id ? to : from;
    account_t *second = first == from ? to : from;
    pthread_mutex_lock(&first->m);
    if (second != first)
        pthread_mutex_lock(&second->m);
    if (cents > from->cents)
        goto out;
    to->cents += cents;
    from->cents -= cents;
    result = 0;
out:
    pthread_mutex_unlock(&first->m);
    if (second != first)
        pthread_mutex_unlock(&second->m);
    return result;
}
