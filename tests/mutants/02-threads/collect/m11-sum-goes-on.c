/* mutant: the total is static and never set back
 * expect: WRONG in no_threads
 * belief: M08 a variable that only main touches needs no care */
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
    size_t count = nthreads < 1 ? 1 : (size_t)nthreads;
    struct part *parts = calloc(count, sizeof *parts);
    static long sum;
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
