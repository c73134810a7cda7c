/* mutant: each call has a box of its own
 * expect: WRONG in two_over_one, message contains "in flight"
 * belief: M32, M15 as long as there is a semaphore, it limits */
#include "burners.h"

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    sem_t mine;
    (void)l;
    sem_init(&mine, 0, 1);
    sem_wait(&mine);
    int length = fake_get(url);
    sem_post(&mine);
    return length;
}
