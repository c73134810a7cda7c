/* mutant: does not look at what sem_wait returned
 * expect: WRONG in interrupted, message contains "2 fetches in flight"
 * belief: M28 who comes back from a wait has a token */
/* k tokens in the box: who holds one may fetch. One way out, and the token goes back on it. */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    sem_wait(&l->tokens);
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
