/* mutant: the boxes start with a token each
 * expect: WRONG in one_round, message contains "before"
 * belief: M08 a semaphore starts with 1, like a free lock */
#include "rendezvous.h"

void rv_init(rv_t *rv)
{
    sem_init(&rv->a_was_here, 0, 1);
    sem_init(&rv->b_was_here, 0, 1);
}

/* One round of one thread: `mine` tells the other that the first half is said, `other` tells me. */
static void one_round(sem_t *mine, sem_t *other, const char *first, const char *second)
{
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
