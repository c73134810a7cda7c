/* mutant: never initialises the lock
 * expect: MISUSE in two_shelves, message contains "never initialised"
 * belief: M08 memory that is declared a lock is one */
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
