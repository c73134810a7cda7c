/* mutant: takes both with pthread_mutex_lock
 * expect: DEADLOCK in first_is_taken, message contains "waits"
 * belief: M08, M19 it has never happened yet */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    if (max_tries < 1)
        return false;
    pthread_mutex_lock(a);
    pthread_mutex_lock(b);
    return true;
}
