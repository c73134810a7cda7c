/* ok: after a failed try it begins with the other lock */
#include "polite.h"

#include <unistd.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        pthread_mutex_t *first = i % 2 ? b : a, *second = i % 2 ? a : b;
        if (pthread_mutex_trylock(first) == 0) {
            if (pthread_mutex_trylock(second) == 0)
                return true;
            pthread_mutex_unlock(first);
        }
        usleep(1000 * (1 + me));
    }
    return false;
}
