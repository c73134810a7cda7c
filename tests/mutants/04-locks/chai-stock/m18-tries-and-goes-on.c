/* mutant: takes the lock if it is free, and goes on in any case
 * expect: RACE in last_cup, message contains "access shelf.cups"
 * belief: M08, M13 trying is taking */
#include "chai-stock.h"
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
void stock_destroy(stock_t *s) { pthread_mutex_destroy(&s->lock); }

int stock_count(stock_t *s)
{
    pthread_mutex_lock(&s->lock);
    int c = s->cups;
    pthread_mutex_unlock(&s->lock);
    return c;
}
bool sell(stock_t *s)
{
    pthread_mutex_trylock(&s->lock);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}
