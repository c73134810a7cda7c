/* mutant: takes nothing at all
 * expect: RACE in table_for_three, message contains "neighbours"
 * belief: M03 who sits in different places does not meet */
#include "philosophers.h"

#include <pthread.h>

static pthread_mutex_t forks[MOST_SEATS];
static int seats __attribute__((unused));

void table_init(int n)
{
    seats = n;
    for (int i = 0; i < n; i++)
        pthread_mutex_init(&forks[i], NULL);
}

void pick_up(int i)
{
    (void)i;
}

void put_down(int i)
{
    (void)i;
}
