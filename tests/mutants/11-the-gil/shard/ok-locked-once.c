/* ok: a shared total, added to once by each thread */
/* Each thread has a range of its own and a sum of its own. They meet once, at the join. */
#include <pthread.h>

#include "shard.h"

struct part {
    uint64_t from, to; /* the orders of this thread: from, from + 1, ... to - 1 */
    uint64_t *total;
    pthread_mutex_t *lock; /* protects: *total */
};

static void *add_up(void *arg)
{
    struct part *p = arg;
    uint64_t sum = 0;
    for (uint64_t i = p->from; i < p->to; i++)
        sum += price(i);
    pthread_mutex_lock(p->lock);
    *p->total += sum;
    pthread_mutex_unlock(p->lock);
    return NULL;
}

uint64_t sum_range(uint64_t n, int threads)
{
    uint64_t t = (uint64_t)threads;
    pthread_t thread[MOST_THREADS];
    struct part part[MOST_THREADS];
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    uint64_t sum = 0;
    for (uint64_t i = 0; i < t; i++) {
        part[i] = (struct part){.from = n * i / t, .to = n * (i + 1) / t, .total = &sum, .lock = &lock};
        pthread_create(&thread[i], NULL, add_up, &part[i]);
    }
    for (uint64_t i = 0; i < t; i++) {
        pthread_join(thread[i], NULL);
    }
    return sum;
}
