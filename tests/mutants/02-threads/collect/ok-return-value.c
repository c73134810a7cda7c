/* ok: the result comes back as the return value of the thread */
#include "collect.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct part {
    pthread_t thread;
    const int *a;
    size_t from, to;
};

static void *add_part(void *arg)
{
    struct part *me = arg;
    intptr_t out = 0;
    for (size_t i = me->from; i < me->to; i++)
        out += me->a[i];
    return (void *)out;
}

long sum_parallel(const int *a, size_t n, int nthreads)
{
    size_t count = nthreads < 1 ? 1 : (size_t)nthreads;
    struct part *parts = calloc(count, sizeof *parts);
    long sum = 0;
    for (size_t i = 0; i < count; i++) {
        parts[i].a = a;
        parts[i].from = i * n / count;
        parts[i].to = (i + 1) * n / count;
        pthread_create(&parts[i].thread, NULL, add_part, &parts[i]);
    }
    for (size_t i = 0; i < count; i++) {
        void *out;
        pthread_join(parts[i].thread, &out);
        sum += (intptr_t)out;
    }
    free(parts);
    return sum;
}
