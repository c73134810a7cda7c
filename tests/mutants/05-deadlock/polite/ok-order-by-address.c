/* ok: tries the lock with the smaller address first, and backs off all the same */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    pthread_mutex_t *lo = a < b ? a : b, *hi = a < b ? b : a;
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(lo) == 0) {
            if (pthread_mutex_trylock(hi) == 0)
                return true;
            pthread_mutex_unlock(lo);
        }
        lab_brew(2 + 3 * (long)me);
    }
    return false;
}
