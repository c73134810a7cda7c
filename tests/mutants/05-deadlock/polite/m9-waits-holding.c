/* mutant: waits a moment before it gives the first one back
 * expect: STARVED in in_lock_step, message contains "gave up"
 * belief: M21, M18 holding a lock while waiting costs nothing */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            lab_brew(4 - me % 2);
            pthread_mutex_unlock(a);
        }
    }
    return false;
}
