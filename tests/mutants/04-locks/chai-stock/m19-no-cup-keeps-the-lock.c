/* mutant: restock with nothing to bring returns with the lock
 * expect: DEADLOCK in sold_out
 * belief: M17 leaving the function releases the lock */
#include "chai-stock.h"

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_lock(&s->lock);
    if (n == 0)
        return;
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
