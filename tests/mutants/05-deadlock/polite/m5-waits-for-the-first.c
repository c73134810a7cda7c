/* mutant: waits for the first lock, and tries only the second
 * expect: DEADLOCK in first_is_taken, message contains "waits"
 * belief: M08 the first lock is never taken for long */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        pthread_mutex_lock(a);
        if (pthread_mutex_trylock(b) == 0)
            return true;
        pthread_mutex_unlock(a);
        lab_brew(1 + me);
    }
    return false;
}
