/* mutant: a gate around the tries and the pauses: one caller at a time
 * expect: SERIAL in other_locks, message contains "two locks were free"
 * belief: M18 who sleeps is in nobody's way */
#include "polite.h"

#include <lab/lab.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

bool grab_both(pthread_mutex_t *a, pthread_mutex_t *b, unsigned me, int max_tries)
{
    bool got = false;
    pthread_mutex_lock(&gate);
    for (int i = 0; i < max_tries && !got; i++) {
        if (pthread_mutex_trylock(a) == 0) {
            got = pthread_mutex_trylock(b) == 0;
            if (!got)
                pthread_mutex_unlock(a);
        }
        if (!got)
            lab_brew(1 + me);
    }
    pthread_mutex_unlock(&gate);
    return got;
}
