/* mutant: k - 1 tokens
 * expect: DEADLOCK in after_a_failure
 * belief: none */
#include "burners.h"

#include <errno.h>

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k - 1);
}

int fetch_limited(limiter_t *l, const char *url)
{
    while (sem_wait(&l->tokens) == -1 && errno == EINTR)
        ;
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
