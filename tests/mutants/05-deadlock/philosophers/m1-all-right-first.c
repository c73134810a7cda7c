/* mutant: everybody takes the right fork first instead
 * expect: DEADLOCK in table_for_three, message contains "each waits for a lock that the next one holds"
 * belief: M19 the other direction is less dangerous */
#include "philosophers.h"

#include <pthread.h>

static pthread_mutex_t forks[MOST_SEATS];
static int seats;

void table_init(int n)
{
    seats = n;
    for (int i = 0; i < n; i++)
        pthread_mutex_init(&forks[i], NULL);
}

void pick_up(int i)
{
    pthread_mutex_lock(&forks[(i + 1) % seats]);
    pthread_mutex_lock(&forks[i]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
