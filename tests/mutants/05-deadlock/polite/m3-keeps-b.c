/* mutant: forgets b when a is taken
 * expect: LEAK in first_is_taken, message contains "kept a lock"
 * belief: M17 a try that failed leaves nothing behind */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        bool has_a = pthread_mutex_trylock(a) == 0;
        bool has_b = pthread_mutex_trylock(b) == 0;
        if (has_a && has_b)
            return true;
        if (has_a)
            pthread_mutex_unlock(a);
        lab_brew(1 + me);
    }
    return false;
}
