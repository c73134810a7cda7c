/* mutant: puts a token in, then takes one out
 * expect: WRONG in two_over_one, message contains "in flight"
 * belief: M32 post opens, wait closes: like a door */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    sem_post(&l->tokens);
    int length = fake_get(url);
    sem_wait(&l->tokens);
    return length;
}
