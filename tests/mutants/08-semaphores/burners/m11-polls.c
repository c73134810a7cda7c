/* mutant: asks for a token again and again
 * expect: SPIN in two_over_one
 * belief: M07 asking often enough is waiting */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    while (sem_trywait(&l->tokens) != 0)
        ;
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
