/* Forks have numbers, and everybody takes the smaller one first: whoever waits for a fork holds only
 * smaller ones, so there is no circle. */
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
    int left = i, right = (i + 1) % seats;
    int first = left < right ? left : right;
    int second = left < right ? right : left;
    pthread_mutex_lock(&forks[first]);
    pthread_mutex_lock(&forks[second]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
