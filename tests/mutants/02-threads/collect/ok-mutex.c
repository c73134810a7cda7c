/* ok: one sum after all, with a lock around each addition of a whole part */
#include "collect.h"

#include <pthread.h>
#include <stdlib.h>

struct total {
    pthread_mutex_t lock;
    long sum;
};

struct part {
    pthread_t thread;
    const int *a;
    size_t from, to;
    struct total *total;
};

static void *add_part(void *arg)
{
    struct part *me = arg;
    long mine = 0;
    for (size_t i = me->from; i < me->to; i++)
        mine += me->a[i];
    pthread_mutex_lock(&me->total->lock);
    me->total->sum += mine;
    pthread_mutex_unlock(&me->total->lock);
    return NULL;
}

long sum_parallel(const int *a, size_t n, int nthreads)
{
    size_t count = nthreads < 1 ? 1 : (size_t)nthreads;
    struct part *parts = calloc(count, sizeof *parts);
    struct total total = {PTHREAD_MUTEX_INITIALIZER, 0};
    for (size_t i = 0; i < count; i++) {
        parts[i].a = a;
        parts[i].total = &total;
        parts[i].from = i * n / count;
        parts[i].to = (i + 1) * n / count;
        pthread_create(&parts[i].thread, NULL, add_part, &parts[i]);
    }
    for (size_t i = 0; i < count; i++)
        pthread_join(parts[i].thread, NULL);
    free(parts);
    return total.sum;
}
