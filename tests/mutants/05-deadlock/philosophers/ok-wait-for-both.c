/* ok: one lock and a condition variable: takes both forks in one step */
#include "philosophers.h"

#include <pthread.h>
#include <stdbool.h>

static int seats;

static bool taken[MOST_SEATS]; /* table protects it */
static pthread_cond_t put_back = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

void table_init(int n)
{
    seats = n;
}

void pick_up(int i)
{
    int right = (i + 1) % seats;
    pthread_mutex_lock(&table);
    while (taken[i] || taken[right])
        pthread_cond_wait(&put_back, &table);
    taken[i] = taken[right] = true;
    pthread_mutex_unlock(&table);
}

void put_down(int i)
{
    pthread_mutex_lock(&table);
    taken[i] = taken[(i + 1) % seats] = false;
    pthread_cond_broadcast(&put_back);
    pthread_mutex_unlock(&table);
}
