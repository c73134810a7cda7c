/* mutant: tries again and again to get the lock
 * expect: SPIN in three_cups
 * belief: M07 looking again and again is a way of waiting */
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

/* The number is right at every moment, so after the death of an owner there is nothing to repair but the lock. */
static void take_lock(stock_t *s)
{
    int r;
    while ((r = pthread_mutex_trylock(&s->lock)) == EBUSY)
        ;
    if (r == EOWNERDEAD)
        pthread_mutex_consistent(&s->lock);
}

bool shared_sell(stock_t *s)
{
    take_lock(s);
    bool ok = s->cups > 0;
    if (ok)
        s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

void shared_stock_free(stock_t *s) { munmap(s, sizeof *s); }
