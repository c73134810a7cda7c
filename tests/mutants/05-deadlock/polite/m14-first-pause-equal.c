/* mutant: the pauses differ only from the second one on, and the last one is too late
 * expect: STARVED in in_lock_step, message contains "gave up"
 * belief: M21 somewhere in the end they will differ */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            pthread_mutex_unlock(a);
        }
        lab_brew(i < 2 ? 1 : 1 + (long)me);
    }
    return false;
}
