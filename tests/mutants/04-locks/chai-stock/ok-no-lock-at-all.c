/* ok: atomic operations instead of the lock */
#include "chai-stock.h"

void stock_init(stock_t *s, int n)
{
    pthread_mutex_init(&s->lock, NULL);
    s->cups = n;
}

void restock(stock_t *s, int n)
{
    __atomic_fetch_add(&s->cups, n, __ATOMIC_SEQ_CST);
}

bool sell(stock_t *s)
{
    int cups = __atomic_load_n(&s->cups, __ATOMIC_SEQ_CST);
    while (cups > 0)
        if (__atomic_compare_exchange_n(&s->cups, &cups, cups - 1, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST))
            return true;
    return false;
}

int stock_count(stock_t *s)
{
    return __atomic_load_n(&s->cups, __ATOMIC_SEQ_CST);
}

void stock_destroy(stock_t *s)
{
    pthread_mutex_destroy(&s->lock);
}
