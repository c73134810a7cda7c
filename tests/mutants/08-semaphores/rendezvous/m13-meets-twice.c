/* mutant: the two meet before the first half, too
 * expect: WRONG in comes_late, message contains "has not said A1"
 * belief: M18 to meet once more does no harm */
#include "rendezvous.h"

void rv_init(rv_t *rv)
{
    sem_init(&rv->a_was_here, 0, 0);
    sem_init(&rv->b_was_here, 0, 0);
}

/* One round of one thread: `mine` tells the other that the first half is said, `other` tells me. */
static void one_round(sem_t *mine, sem_t *other, const char *first, const char *second)
{
    sem_post(mine);
    sem_wait(other);
    say(first);
    sem_post(mine);
    sem_wait(other);
    say(second);
}

void thread_a(rv_t *rv, int rounds)
{
    for (int i = 0; i < rounds; i++)
        one_round(&rv->a_was_here, &rv->b_was_here, "A1", "A2");
}

void thread_b(rv_t *rv, int rounds)
{
    for (int i = 0; i < rounds; i++)
        one_round(&rv->b_was_here, &rv->a_was_here, "B1", "B2");
}
