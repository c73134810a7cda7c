/* mutant: waits a little between the two forks
 * expect: DEADLOCK in table_for_three, message contains "each waits for a lock"
 * belief: M19, M07 a pause gives the others the time to finish */
#include "philosophers.h"

#include <pthread.h>
#include <unistd.h>

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
    usleep(1000);
    pthread_mutex_lock(&forks[(i + 1) % seats]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
