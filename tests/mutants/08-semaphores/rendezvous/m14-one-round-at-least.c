/* mutant: thread_a meets at least once
 * expect: WRONG in no_round
 * belief: M08 there is always something to do */
#include "rendezvous.h"

void rv_init(rv_t *rv)
{
    sem_init(&rv->a_was_here, 0, 0);
    sem_init(&rv->b_was_here, 0, 0);
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
    int i = 0;
    do
        one_round(&rv->a_was_here, &rv->b_was_here, "A1", "A2");
    while (++i < rounds);
}

void thread_b(rv_t *rv, int rounds)
{
    for (int i = 0; i < rounds; i++)
        one_round(&rv->b_was_here, &rv->a_was_here, "B1", "B2");
}
