/* ok: doubles its pause after each try, and each caller has another one */
#include "polite.h"

#include <lab/lab.h>

static bool try_both(pthread_mutex_t *a, pthread_mutex_t *b)
{
    if (pthread_mutex_trylock(a) != 0)
        return false;
    if (pthread_mutex_trylock(b) == 0)
        return true;
    pthread_mutex_unlock(a);
    return false;
}

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    long pause = 1 + 2 * (long)me;
    for (int i = 0; i < max_tries; i++, pause *= 2) {
        if (try_both(a, b))
            return true;
        lab_brew(pause);
    }
    return false;
}
