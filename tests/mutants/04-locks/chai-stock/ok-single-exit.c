/* ok: one exit label, every way out passes it */
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
    bool ok = false;
    pthread_mutex_lock(&s->lock);
    if (s->cups == 0)
        goto out;
    s->cups--;
    ok = true;
out:
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
