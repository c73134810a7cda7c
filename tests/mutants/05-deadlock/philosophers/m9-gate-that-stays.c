/* mutant: a lock around picking up, and another one around putting down, the same one
 * expect: DEADLOCK in table_for_three, message contains "waits for"
 * belief: M19, M15 one lock around everything makes it safe */
#include "philosophers.h"

#include <pthread.h>

static pthread_mutex_t forks[MOST_SEATS];
static int seats;

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

void table_init(int n)
{
    seats = n;
    for (int i = 0; i < n; i++)
        pthread_mutex_init(&forks[i], NULL);
}

void pick_up(int i)
{
    pthread_mutex_lock(&table);
    pthread_mutex_lock(&forks[i]);
    pthread_mutex_lock(&forks[(i + 1) % seats]);
    pthread_mutex_unlock(&table);
}

void put_down(int i)
{
    pthread_mutex_lock(&table);
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
    pthread_mutex_unlock(&table);
}
