/* mutant: takes the number of threads as it comes
 * expect: CRASH in no_threads
 * belief: none */
#include "collect.h"

#include <pthread.h>
#include <stdlib.h>

struct part {
    pthread_t thread;
    const int *a;
    size_t from, to;
    long out; /* written by the thread, read after its join */
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
    size_t count = (size_t)nthreads, each = n / count;
    struct part *parts = calloc(count, sizeof *parts);
    long sum = 0;
    for (size_t i = 0; i < count; i++) {
        parts[i].a = a;
        parts[i].from = i * each;
        parts[i].to = i + 1 == count ? n : (i + 1) * each;
        pthread_create(&parts[i].thread, NULL, add_part, &parts[i]);
    }
    for (size_t i = 0; i < count; i++) {
        pthread_join(parts[i].thread, NULL);
        sum += parts[i].out;
    }
    free(parts);
    return sum;
}
