/* mutant: tries the second one again and again, and keeps the first
 * expect: SPIN in there_and_back, message contains "for ever"
 * belief: M21 trylock instead of lock cures a deadlock */
#include "transfer.h"

#include <sched.h>

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
    while (pthread_mutex_trylock(&to->m) != 0)
        sched_yield();
    int result = from->cents >= cents ? 0 : -1;
    if (result == 0) {
        from->cents -= cents;
        to->cents += cents;
    }
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
    return result;
}
