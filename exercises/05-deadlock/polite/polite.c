/* Takes one lock, tries the other, gives the first one back when it does not get it, and starts again
 * at once. So polite that two of them may never get through. Repair it. Everything in this file may be
 * changed. */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    // region: arrange
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) != 0)
            continue;
        if (pthread_mutex_trylock(b) == 0)
            return true;
        pthread_mutex_unlock(a);
    }
    // endregion
    return false;
}
