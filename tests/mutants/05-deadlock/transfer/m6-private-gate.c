/* mutant: a gate of its own around the two locks, which the auditor does not know
 * expect: DEADLOCK in against_the_order, message contains "each waits for a lock"
 * belief: M19, M15 a lock around everything makes any order safe */
#include "transfer.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

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
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&from->m);
    pthread_mutex_lock(&to->m);
    pthread_mutex_unlock(&gate);
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
    return result;
}
