/* mutant: does not wait: no token, no fetch
 * expect: WRONG in two_over_one, message contains "returned -1"
 * belief: M08 who has no token is asked to come again */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    if (sem_trywait(&l->tokens) != 0)
        return -1;
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
