/* mutant: at most two at the table, whoever they are, and no forks
 * expect: RACE in table_for_three, message contains "neighbours"
 * belief: M03, M32 a limit of two means that the right two eat */
#include "philosophers.h"

#include <semaphore.h>

static sem_t room;

void table_init(int n)
{
    sem_init(&room, 0, n > 3 ? 2 : 1 + (n == 3));
}

void pick_up(int i)
{
    (void)i;
    sem_wait(&room);
}

void put_down(int i)
{
    (void)i;
    sem_post(&room);
}
