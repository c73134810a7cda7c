/* ok: nanosleep, and no pause after the last try */
#include "polite.h"

#include <time.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    struct timespec pause = {.tv_nsec = 1000000L * (5 + me)};
    for (int left = max_tries; left > 0; left--) {
        int first = pthread_mutex_trylock(a);
        int second = first == 0 ? pthread_mutex_trylock(b) : first;
        if (second == 0)
            return true;
        if (first == 0)
            pthread_mutex_unlock(a);
        if (left > 1)
            nanosleep(&pause, NULL);
    }
    return false;
}
