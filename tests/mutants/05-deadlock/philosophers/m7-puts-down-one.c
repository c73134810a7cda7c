/* mutant: puts down only one fork
 * expect: DEADLOCK in table_for_three, message contains "never released"
 * belief: M17 who has finished has given everything back */
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
}
