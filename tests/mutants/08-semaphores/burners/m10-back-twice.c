/* mutant: a fetch that fails gives two tokens back
 * expect: WRONG in three_over_one, message contains "in flight"
 * belief: M32 one token for the failure, one for the way out */
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
    int length = fake_get(url);
    if (length < 0)
        sem_post(&l->tokens);
    sem_post(&l->tokens);
    return length;
}
