/* mutant: sell looks first and locks only to take
 * expect: RACE in last_cup, message contains "the stock is -1"
 * belief: M09, M16 looking needs no lock as long as taking has one */
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
    if (s->cups == 0)
        return false;
    pthread_mutex_lock(&s->lock);
    s->cups--;
    pthread_mutex_unlock(&s->lock);
    return true;
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
