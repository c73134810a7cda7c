/* mutant: everybody waits equally long
 * expect: STARVED in in_lock_step, message contains "they undo each other"
 * belief: M21 whoever waits a little gets through */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            pthread_mutex_unlock(a);
        }
        lab_brew(1);
    }
    return false;
}
