/* The threads share one sum. Give each a result of its own, and let main collect them. */
#include "collect.h"

#include <pthread.h>
#include <stdlib.h>

static long sum;

struct part {
    pthread_t thread;
    const int *a;
    size_t count;
};

static void *add_part(void *arg)
{
    struct part *me = arg;
    for (size_t i = 0; i < me->count; i++)
        sum += me->a[i];
    return NULL;
}

long sum_parallel(const int *a, size_t n, int nthreads)
{
    size_t each = n / (size_t)nthreads;
    struct part *parts = calloc((size_t)nthreads, sizeof *parts);
    sum = 0;
    for (int i = 0; i < nthreads; i++) {
        parts[i].a = a + (size_t)i * each;
        parts[i].count = each;
        pthread_create(&parts[i].thread, NULL, add_part, &parts[i]);
    }
    for (int i = 0; i < nthreads; i++)
        pthread_join(parts[i].thread, NULL);
    free(parts);
    return sum;
}
