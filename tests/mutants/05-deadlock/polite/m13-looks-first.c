/* mutant: looks whether both are free, then takes them with lock
 * expect: DEADLOCK in once_each, message contains "each waits for a lock"
 * belief: M19, M16 what was free when I looked is free when I take it */
#include "polite.h"

#include <lab/lab.h>

static bool is_free(pthread_mutex_t *lock)
{
    if (pthread_mutex_trylock(lock) != 0)
        return false;
    pthread_mutex_unlock(lock);
    return true;
}

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (is_free(a) && is_free(b)) {
            pthread_mutex_lock(a);
            pthread_mutex_lock(b);
            return true;
        }
        lab_brew(1 + me);
    }
    return false;
}
