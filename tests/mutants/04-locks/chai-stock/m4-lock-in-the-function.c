/* mutant: every call makes a lock of its own
 * expect: RACE in two_restockers, message contains "different locks"
 * belief: M14, M13 a lock protects the lines between lock and unlock */
#include "chai-stock.h"

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    s->cups += n;
    pthread_mutex_unlock(&lock);
}

bool sell(stock_t *s)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&lock);
    return ok;
}

int stock_count(stock_t *s)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    int cups = s->cups;
    pthread_mutex_unlock(&lock);
    return cups;
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
