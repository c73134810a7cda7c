/* mutant: takes an empty answer for a failure
 * expect: WRONG in after_a_failure, message contains "fake_get returned 0"
 * belief: none */
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
    sem_post(&l->tokens);
    return length > 0 ? length : -1;
}
