/* mutant: asks again after an interruption, but only once
 * expect: WRONG in interrupted, message contains "2 fetches in flight"
 * belief: M28 who comes back from a wait has a token */
#include "burners.h"

#include <errno.h>

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    if (sem_wait(&l->tokens) == -1 && errno == EINTR)
        sem_wait(&l->tokens);
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
