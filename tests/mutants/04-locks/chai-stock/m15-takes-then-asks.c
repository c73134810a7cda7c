/* mutant: takes first and puts the cup back when it was one too many, in two steps
 * expect: WRONG in last_cup, message contains "0 customers got the only cup"
 * belief: M16 repairing it afterwards is as good as doing it at once */
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
    s->cups--;
    pthread_mutex_unlock(&s->lock);
    if (stock_count(s) >= 0)
        return true;
    restock(s, 1);
    return false;
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
