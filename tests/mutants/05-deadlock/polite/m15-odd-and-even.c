/* mutant: two kinds of pauses, for as many callers as may come
 * expect: STARVED in other_numbers
 * belief: M21 who is polite in his own way gets through */
/* Nothing is held while waiting, and no two wait equally long: so after the first collision one of them
 * comes back alone. */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            if (pthread_mutex_trylock(b) == 0)
                return true;
            pthread_mutex_unlock(a);
        }
        lab_brew(1 + me % 2);
    }
    return false;
}
