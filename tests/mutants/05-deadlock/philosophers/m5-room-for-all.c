/* mutant: lets as many into the room as there are seats
 * expect: DEADLOCK in table_for_three, message contains "each waits for a lock"
 * belief: M19 a limit is enough, whatever the number */
#include "philosophers.h"

#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t forks[MOST_SEATS];
static int seats;

static sem_t room;

void table_init(int n)
{
    seats = n;
    sem_init(&room, 0, (unsigned)n);
    for (int i = 0; i < n; i++)
        pthread_mutex_init(&forks[i], NULL);
}

void pick_up(int i)
{
    sem_wait(&room);
    pthread_mutex_lock(&forks[i]);
    pthread_mutex_lock(&forks[(i + 1) % seats]);
}

void put_down(int i)
{
    pthread_mutex_unlock(&forks[i]);
    pthread_mutex_unlock(&forks[(i + 1) % seats]);
    sem_post(&room);
}
