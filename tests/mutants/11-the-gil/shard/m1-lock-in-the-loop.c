/* mutant: a shared total, and the lock is held while a price is computed
 * expect: SERIAL in two
 * belief: M37, M18 holding a lock costs nothing */
/* Each thread has a range of its own and a sum of its own. They meet once, at the join. */
#include <pthread.h>

#include "shard.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: total */
static uint64_t total;

struct part {
    uint64_t from, to; /* the orders of this thread: from, from + 1, ... to - 1 */
    uint64_t sum;      /* written by this thread, read when it has ended */
};

static void *add_up(void *arg)
{
    struct part *p = arg;
    for (uint64_t i = p->from; i < p->to; i++) {
        pthread_mutex_lock(&lock);
        total += price(i);
        pthread_mutex_unlock(&lock);
    }
    p->sum = 0;
    return NULL;
}

uint64_t sum_range(uint64_t n, int threads)
{
    uint64_t t = (uint64_t)threads;
    pthread_t thread[MOST_THREADS];
    struct part part[MOST_THREADS];
    total = 0;
    for (uint64_t i = 0; i < t; i++) {
        part[i] = (struct part){.from = n * i / t, .to = n * (i + 1) / t};
        pthread_create(&thread[i], NULL, add_up, &part[i]);
    }
    for (uint64_t i = 0; i < t; i++) {
        pthread_join(thread[i], NULL);
    }
    return total;
}
