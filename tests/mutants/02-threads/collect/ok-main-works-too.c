/* ok: the caller adds up the last part itself; one thread less, and none for no numbers */
#include "collect.h"

#include <pthread.h>
#include <stdlib.h>

struct part {
    const int *a;
    size_t count;
    long out;
};

static void *add_part(void *arg)
{
    struct part *me = arg;
    long out = 0;
    for (size_t i = 0; i < me->count; i++)
        out += me->a[i];
    me->out = out;
    return NULL;
}

long sum_parallel(const int *a, size_t n, int nthreads)
{
    size_t parts = nthreads < 1 ? 1 : (size_t)nthreads;
    if (parts > n)
        parts = n;
    if (parts == 0)
        return 0;
    struct part part[parts];
    pthread_t thread[parts];
    for (size_t i = 0, at = 0; i < parts; i++) {
        size_t count = n / parts + (i < n % parts);
        part[i] = (struct part){a + at, count, 0};
        at += count;
        if (i + 1 < parts)
            pthread_create(&thread[i], NULL, add_part, &part[i]);
        else
            add_part(&part[i]);
    }
    long sum = part[parts - 1].out;
    for (size_t i = 0; i + 1 < parts; i++) {
        pthread_join(thread[i], NULL);
        sum += part[i].out;
    }
    return sum;
}
