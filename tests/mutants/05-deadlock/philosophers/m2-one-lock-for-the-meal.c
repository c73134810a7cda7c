/* mutant: one lock for the whole table, held during the meal
 * expect: SERIAL in table_for_four, message contains "never take only two"
 * belief: M18 holding a lock costs nothing */
#include "philosophers.h"

#include <pthread.h>

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

void table_init(int n)
{
    (void)n;
}

void pick_up(int i)
{
    (void)i;
    pthread_mutex_lock(&table);
}

void put_down(int i)
{
    (void)i;
    pthread_mutex_unlock(&table);
}
