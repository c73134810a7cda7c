/* The shelf of one process: its children get copies of it, and the lock is one for threads. */
#include "shared-stock.h"

#include <stdlib.h>

stock_t *shared_stock_new(int n)
{
    stock_t *s = malloc(sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
    return s;
}

bool shared_sell(stock_t *s)
{
    pthread_mutex_lock(&s->lock);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

void shared_stock_free(stock_t *s) { free(s); }
