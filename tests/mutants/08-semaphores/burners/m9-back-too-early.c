/* mutant: gives the token back before it fetches
 * expect: WRONG in two_over_one, message contains "in flight"
 * belief: M32, M13 it is enough to have had a token */
#include "burners.h"

#include <errno.h>

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    while (sem_wait(&l->tokens) == -1 && errno == EINTR)
        ;
    sem_post(&l->tokens);
    int length = fake_get(url);
    return length;
}
