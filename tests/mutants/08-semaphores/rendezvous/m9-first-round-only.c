/* mutant: posts in the first round only
 * expect: DEADLOCK in two_rounds
 * belief: M32 a token that was put in once stays in the box */
#include "rendezvous.h"

void rv_init(rv_t *rv)
{
    sem_init(&rv->a_was_here, 0, 0);
    sem_init(&rv->b_was_here, 0, 0);
}

/* One round of one thread: `mine` tells the other that the first half is said, `other` tells me. */
static void one_round(int begins, sem_t *mine, sem_t *other, const char *first, const char *second)
{
    say(first);
    if (begins)
        sem_post(mine);
    sem_wait(other);
    say(second);
}

void thread_a(rv_t *rv, int rounds)
{
    for (int i = 0; i < rounds; i++)
        one_round(i == 0, &rv->a_was_here, &rv->b_was_here, "A1", "A2");
}

void thread_b(rv_t *rv, int rounds)
{
    for (int i = 0; i < rounds; i++)
        one_round(i == 0, &rv->b_was_here, &rv->a_was_here, "B1", "B2");
}
