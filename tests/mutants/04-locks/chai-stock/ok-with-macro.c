/* ok: a macro in the manner of with, and the static initialiser assigned */
#include "chai-stock.h"
#define WITH(l)                                                                                    \
    for (int once = (pthread_mutex_lock(l), 1); once; once = (pthread_mutex_unlock(l), 0))
void stock_init(stock_t *s, int n) { *s = (stock_t){.lock = PTHREAD_MUTEX_INITIALIZER, .cups = n}; }
void restock(stock_t *s, int n) { WITH(&s->lock) s->cups += n; }
bool sell(stock_t *s)
{
    bool ok = false;
    WITH(&s->lock) if (s->cups)
    {
        s->cups--;
        ok = true;
    }
    return ok;
}
int stock_count(stock_t *s)
{
    int c = 0;
    WITH(&s->lock) c = s->cups;
    return c;
}
void stock_destroy(stock_t *s) { pthread_mutex_destroy(&s->lock); }
