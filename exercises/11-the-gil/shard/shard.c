/* Starts the threads and lets the first one do all the work. Share it out. Everything in this file may be
 * changed. */
#include <pthread.h>

#include "shard.h"

struct part {
    uint64_t from, to; /* the orders of this thread: from, from + 1, ... to - 1 */
    uint64_t sum;      /* written by this thread, read when it has ended */
};

static void *add_up(void *arg)
{
    struct part *p = arg;
    for (uint64_t i = p->from; i < p->to; i++)
        p->sum += price(i);
    return NULL;
}

uint64_t sum_range(uint64_t n, int threads)
{
    pthread_t thread[MOST_THREADS];
    struct part part[MOST_THREADS];
    uint64_t sum = 0;
    for (int i = 0; i < threads; i++) {
        part[i] = (struct part){.from = 0, .to = i == 0 ? n : 0};
        pthread_create(&thread[i], NULL, add_up, &part[i]);
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(thread[i], NULL);
        sum += part[i].sum;
    }
    return sum;
}
