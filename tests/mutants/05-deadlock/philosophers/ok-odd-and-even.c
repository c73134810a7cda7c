/* ok: the odd ones take the left fork first, the even ones the right */
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
    pthread_mutex_lock(&forks[i % 2 ? left : right]);
    pthread_mutex_lock(&forks[i % 2 ? right : left]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
