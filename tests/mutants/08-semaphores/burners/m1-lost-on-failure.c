/* mutant: a fetch that fails keeps its token
 * expect: DEADLOCK in after_a_failure
 * belief: M17, M36 who fails has finished */
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
        return -1;
    sem_post(&l->tokens);
    return length;
}
