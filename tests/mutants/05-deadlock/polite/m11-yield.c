/* mutant: gives the core away instead of waiting
 * expect: STARVED in in_lock_step, message contains "gave up"
 * belief: M21 whoever is given the turn takes it at once */
#include "polite.h"

#include <lab/lab.h>

#include <sched.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            pthread_mutex_unlock(a);
        }
        sched_yield();
    }
    return false;
}
