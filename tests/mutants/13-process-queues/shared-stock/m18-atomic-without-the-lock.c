/* mutant: sells with an atomic operation, without the lock that others take
 * expect: RACE in counted
 * belief: M13, M14 a lock keeps out those, too, who do not take it */
#include "shared-stock.h"

#include <errno.h>
#include <sys/mman.h>

stock_t *shared_stock_new(int n)
{
    stock_t *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s == MAP_FAILED)
        return NULL;
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&s->lock, &a);
    pthread_mutexattr_destroy(&a);
    s->cups = n;
    return s;
}

bool shared_sell(stock_t *s)
{
    int c = __atomic_load_n(&s->cups, __ATOMIC_SEQ_CST);
    while (c > 0 && !__atomic_compare_exchange_n(&s->cups, &c, c - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        ;
    return c > 0;
}

void shared_stock_free(stock_t *s) { munmap(s, sizeof *s); }
