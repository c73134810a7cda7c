/* mutant: the left fork is enough for pick_up
 * expect: RACE in table_for_three, message contains "neighbours"
 * belief: M14, M13 one lock each is enough */
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
    pthread_mutex_lock(&forks[i]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
}
