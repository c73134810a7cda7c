/* mutant: waits for a random time, from 0 to 1
 * expect: STARVED in in_lock_step, message contains "gave up"
 * belief: M21, M05 unlikely schedules do not count */
#include "polite.h"

#include <lab/lab.h>

#include <stdlib.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            pthread_mutex_unlock(a);
        }
        lab_brew(rand() % 2);
    }
    return false;
}
