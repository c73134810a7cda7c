/* ok: tries until it has the lock, and lets others go on meanwhile */
#include "chai-stock.h"

#include <sched.h>

static void take(stock_t *s)
{
    while (pthread_mutex_trylock(&s->lock) != 0)
        sched_yield();
}

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    take(s);
    s->cups += n;
    pthread_mutex_unlock(&s->lock);
}

bool sell(stock_t *s)
{
    take(s);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

int stock_count(stock_t *s)
{
    take(s);
    int cups = s->cups;
    pthread_mutex_unlock(&s->lock);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
