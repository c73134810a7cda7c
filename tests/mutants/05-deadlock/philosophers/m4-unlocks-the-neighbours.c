/* mutant: puts down the fork on the other side
 * expect: MISUSE in table_for_three, message contains "unlocks forks"
 * belief: M08 an unlock gives back what one has, whatever its name */
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
    pthread_mutex_unlock(&forks[(i + seats - 1) % seats]);
}
