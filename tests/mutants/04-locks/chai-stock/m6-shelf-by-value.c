/* mutant: a helper gets the whole shelf, lock and all
 * expect: MISUSE in two_restockers, message contains "copy"
 * belief: M08 a copy of a lock is the same lock */
#include "chai-stock.h"

static int look(stock_t s)
{
    pthread_mutex_lock(&s.lock);
    int cups = s.cups;
    pthread_mutex_unlock(&s.lock);
    return cups;
}

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_lock(&s->lock);
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
    return look(*s);
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
