/* mutant: the last one has no right fork: forgets that the table is round
 * expect: RACE in table_for_three, message contains "neighbours"
 * belief: M14, M08 the fork after the last one is there by itself */
#include "philosophers.h"

#include <pthread.h>

static pthread_mutex_t forks[MOST_SEATS + 1];
static int seats;

void table_init(int n)
{
    seats = n;
    for (int i = 0; i <= n; i++)
        pthread_mutex_init(&forks[i], NULL);
}

void pick_up(int i)
{
    pthread_mutex_lock(&forks[i]);
    pthread_mutex_lock(&forks[i + 1]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[i + 1]);
}
