/* mutant: one lock for selling, one for restocking, one for counting
 * expect: RACE in boss_counts, message contains "different locks"
 * belief: M14 several locks for the same data are fine, one per function */
#include "chai-stock.h"

static pthread_mutex_t selling = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t restocking = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_lock(&restocking);
    s->cups += n;
    pthread_mutex_unlock(&restocking);
}

bool sell(stock_t *s)
{
    pthread_mutex_lock(&selling);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&selling);
    return ok;
}

int stock_count(stock_t *s)
{
    pthread_mutex_lock(&counting);
    int cups = s->cups;
    pthread_mutex_unlock(&counting);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
