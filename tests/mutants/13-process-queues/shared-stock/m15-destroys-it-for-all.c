/* mutant: whoever needs the shelf no longer destroys the lock
 * expect: MISUSE in one_goes_home, message contains "after it was destroyed"
 * belief: M08 destroying waits until nobody uses it any more */
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
    if (pthread_mutex_lock(&s->lock) == EOWNERDEAD)
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

void shared_stock_free(stock_t *s) { pthread_mutex_destroy(&s->lock); munmap(s, sizeof *s); }
