/* mutant: each process makes the lock anew when it uses it first
 * expect: RACE in three_cups
 * belief: M08, M13 each process needs a lock of its own */
/* Lock and number lie in memory that all processes see; the lock tells the next one when its owner has died. */
#include "shared-stock.h"

#include <errno.h>
#include <sys/mman.h>

stock_t *shared_stock_new(int n)
{
    stock_t *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s == MAP_FAILED)
        return NULL;
    s->cups = n;
    return s;
}

static void take_lock(stock_t *s)
{
    static bool made;
    if (!made) {
        pthread_mutexattr_t a;
        pthread_mutexattr_init(&a);
        pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
        pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&s->lock, &a);
        pthread_mutexattr_destroy(&a);
        made = true;
    }
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

void shared_stock_free(stock_t *s) { munmap(s, sizeof *s); }
