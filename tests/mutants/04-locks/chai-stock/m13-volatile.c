/* mutant: a volatile view of the number, and no lock for the boss
 * expect: RACE in boss_counts, message contains "cups"
 * belief: M09, M11 volatile makes reading safe */
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
    return *(volatile int *)&s->cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
