/* mutant: plain flags instead of semaphores
 * expect: RACE in one_round
 * belief: M11 a flag of one word needs nothing else */
#include "rendezvous.h"

static volatile int a_said, b_said;

void rv_init(rv_t *rv)
{
    (void)rv;
    a_said = b_said = 0;
}

void thread_a(rv_t *rv, int rounds)
{
    (void)rv;
    for (int i = 0; i < rounds; i++) {
        say("A1");
        a_said++;
        while (b_said <= i)
            ;
        say("A2");
    }
}

void thread_b(rv_t *rv, int rounds)
{
    (void)rv;
    for (int i = 0; i < rounds; i++) {
        say("B1");
        b_said++;
        while (a_said <= i)
            ;
        say("B2");
    }
}
