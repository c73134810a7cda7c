/* mutant: looks at the number, then fetches
 * expect: WRONG in two_over_one
 * belief: M32, M16 two calls that are each safe are safe together */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    int free_now;
    sem_getvalue(&l->tokens, &free_now);
    if (free_now == 0)
        sem_wait(&l->tokens);
    int length = fake_get(url);
    sem_post(&l->tokens);
    return length;
}
