/* ok: the last one takes the right fork first */
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
    if (i == seats - 1) {
        pthread_mutex_lock(&forks[right]);
        pthread_mutex_lock(&forks[left]);
    } else {
        pthread_mutex_lock(&forks[left]);
        pthread_mutex_lock(&forks[right]);
    }
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
