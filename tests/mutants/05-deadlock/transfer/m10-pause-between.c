/* mutant: waits a little between the two locks, so that the others can finish
 * expect: DEADLOCK in there_and_back, message contains "each waits for a lock"
 * belief: M19, M07 a pause gives the other one the time to finish */
#include "transfer.h"

#include <unistd.h>

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
    pthread_mutex_lock(&from->m);
    usleep(1000);
    pthread_mutex_lock(&to->m);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
    return result;
}
