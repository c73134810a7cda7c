/* mutant: keeps the first lock while it tries the second again
 * expect: LEAK in second_is_taken, message contains "kept a lock"
 * belief: M17, M21 trylock instead of lock cures a deadlock */
#include "polite.h"

#include <lab/lab.h>

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    (void)me;
    int i = 0;
    while (i < max_tries && pthread_mutex_trylock(a) != 0)
        i++;
    for (; i < max_tries; i++) {
        if (pthread_mutex_trylock(b) == 0)
            return true;
        lab_brew(1);
    }
    return false;
}
