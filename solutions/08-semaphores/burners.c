/* k tokens in the box: who holds one may fetch. One way out, and the token goes back on it. */
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
    return length;
}
