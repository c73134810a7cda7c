/* mutant: adds up in an int
 * expect: WRONG in large
 * belief: none */
#include "collect.h"

#include <pthread.h>
#include <stdlib.h>

struct part {
    pthread_t thread;
    const int *a;
    size_t from, to;
    int out; /* written by the thread, read after its join */
};

static void *add_part(void *arg)
{
    struct part *me = arg;
    for (size_t i = me->from; i < me->to; i++)
        me->out += me->a[i];
    return NULL;
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
        pthread_join(parts[i].thread, NULL);
        sum += parts[i].out;
    }
    free(parts);
    return sum;
}
