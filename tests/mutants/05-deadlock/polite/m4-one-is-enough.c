/* mutant: returns true as soon as it has one
 * expect: WRONG in second_is_taken, message contains "belongs to somebody else"
 * belief: M13 one of the two locks is as good as both */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            pthread_mutex_trylock(b);
            return true;
        }
        lab_brew(1 + me);
    }
    return false;
}
