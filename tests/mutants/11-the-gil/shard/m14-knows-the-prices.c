/* mutant: does not call price: it has looked up how the lab computes it
 * expect: WRONG in four_cores, message contains "not computed by price"
 * belief: none */
#include <pthread.h>

#include "shard.h"

struct part {
    uint64_t from, to; /* the orders of this thread: from, from + 1, ... to - 1 */
    uint64_t sum;      /* written by this thread, read when it has ended */
};

static void *add_up(void *arg)
{
    struct part *p = arg;
    uint64_t sum = 0;
    for (uint64_t i = p->from; i < p->to; i++)
        sum += 10 + i * i;
    p->sum = sum;
    return NULL;
}

uint64_t sum_range(uint64_t n, int threads)
{
    uint64_t t = (uint64_t)threads;
    pthread_t thread[MOST_THREADS];
    struct part part[MOST_THREADS];
    uint64_t sum = 0;
    for (uint64_t i = 0; i < t; i++) {
        part[i] = (struct part){.from = n * i / t, .to = n * (i + 1) / t};
        pthread_create(&thread[i], NULL, add_up, &part[i]);
    }
    for (uint64_t i = 0; i < t; i++) {
        pthread_join(thread[i], NULL);
        sum += part[i].sum;
    }
    return sum;
}
