/* Only restock locks the shelf. Customers sell and the boss counts without it, and things go
 * wrong. Repair it. Everything in this file may be changed. */
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

// region: arrange
bool sell(stock_t *s)
{
    if (s->cups == 0)
        return false;
    s->cups--;
    return true;
}

int stock_count(stock_t *s)
{
    return s->cups;
}
// endregion

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
