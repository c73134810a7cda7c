/* mutant: tries the second fork again and again, and keeps the first
 * expect: SPIN in table_for_three, message contains "for ever"
 * belief: M21 trylock instead of lock cures a deadlock */
#include "philosophers.h"

#include <pthread.h>
#include <sched.h>

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
    while (pthread_mutex_trylock(&forks[(i + 1) % seats]) != 0)
        sched_yield();
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
}
