/* mutant: multiplies with me, which may be 0
 * expect: STARVED in in_lock_step, message contains "gave up"
 * belief: M21, M07 a pause of 0 is a pause */
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
        lab_brew(10 * (long)me * i);
    }
    return false;
}
