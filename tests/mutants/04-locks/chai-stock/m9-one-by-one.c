/* mutant: restock brings the cups one by one, each under the lock
 * expect: WRONG in boss_counts, message contains "the boss counted 2"
 * belief: M16 when every single cup is locked, all of them are */
#include "chai-stock.h"

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&s->lock);
        s->cups++;
        pthread_mutex_unlock(&s->lock);
    }
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
    pthread_mutex_lock(&s->lock);
    int cups = s->cups;
    pthread_mutex_unlock(&s->lock);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
