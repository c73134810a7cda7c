/* mutant: gives both back after every failed try
 * expect: MISUSE in first_is_taken, message contains "unlocks s"
 * belief: M08 an unlock too many does no harm */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    for (int i = 0; i < max_tries; i++) {
        if (pthread_mutex_trylock(a) == 0 && pthread_mutex_trylock(b) == 0)
            return true;
        pthread_mutex_unlock(a);
        pthread_mutex_unlock(b);
        lab_brew(1 + me);
    }
    return false;
}
