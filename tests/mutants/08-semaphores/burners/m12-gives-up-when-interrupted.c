/* mutant: an interrupted wait is a failed fetch
 * expect: WRONG in interrupted, message contains "returned -1, and fake_get returned 200"
 * belief: M08 a signal means that something has failed */
/* k tokens in the box: who holds one may fetch. One way out, and the token goes back on it. */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    if (sem_wait(&l->tokens) == -1)
        return -1;
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
