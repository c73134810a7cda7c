/* ok: two helpers, and both ways out give back */
#include "burners.h"

#include <errno.h>

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

static void take(limiter_t *l)
{
    while (sem_wait(&l->tokens) == -1 && errno == EINTR)
        ;
}

static void give(limiter_t *l)
{
    sem_post(&l->tokens);
}

int fetch_limited(limiter_t *l, const char *url)
{
    take(l);
    int length = fake_get(url);
    if (length < 0) {
        give(l);
        return -1;
    }
    give(l);
    return length;
}
