/* mutant: tries the lock and goes on in any case
 * expect: RACE in two_restockers, message contains "which T1 restocker holds"
 * belief: M08, M21 trylock takes the lock, one way or another */
#include "chai-stock.h"

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_trylock(&s->lock);
    s->cups += n;
    pthread_mutex_unlock(&s->lock);
}

bool sell(stock_t *s)
{
    pthread_mutex_lock(&s->lock);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

int stock_count(stock_t *s)
{
    pthread_mutex_lock(&s->lock);
    int cups = s->cups;
    pthread_mutex_unlock(&s->lock);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
