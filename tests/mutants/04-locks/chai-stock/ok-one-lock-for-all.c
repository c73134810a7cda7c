/* ok: one lock for all shelves: right, if not as quick as it could be */
#include "chai-stock.h"

static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_lock(&all);
    s->cups += n;
    pthread_mutex_unlock(&all);
}

bool sell(stock_t *s)
{
    pthread_mutex_lock(&all);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&all);
    return ok;
}

int stock_count(stock_t *s)
{
    pthread_mutex_lock(&all);
    int cups = s->cups;
    pthread_mutex_unlock(&all);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
