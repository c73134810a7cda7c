/* ok: one function does it all */
#include "chai-stock.h"
static int change(stock_t *s, int by)
{
    pthread_mutex_lock(&s->lock);
    int now = s->cups + by >= 0 ? (s->cups += by) : -1;
    pthread_mutex_unlock(&s->lock);
    return now;
}
void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_lock(&s->lock);
    s->cups = n;
    pthread_mutex_unlock(&s->lock);
}
void restock(stock_t *s, int n) { change(s, n); }
bool sell(stock_t *s) { return change(s, -1) >= 0; }
int stock_count(stock_t *s) { return change(s, 0); }
void stock_destroy(stock_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->cups = 0;
    pthread_mutex_unlock(&s->lock);
    pthread_mutex_destroy(&s->lock);
}
