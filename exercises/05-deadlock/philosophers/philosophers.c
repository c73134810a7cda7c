/* Everybody takes the left fork first, then the right one. Sooner or later nobody eats any more.
 * Repair it. Everything in this file may be changed. */
#include "philosophers.h"

#include <pthread.h>

/* forks[i] lies to the left of i, and to the right of the one before. */
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
    // region: arrange
    int left = i, right = (i + 1) % seats;
    pthread_mutex_lock(&forks[left]);
    pthread_mutex_lock(&forks[right]);
    // endregion
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
