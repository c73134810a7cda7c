/* mutant: an atomic counter
 * expect: LIMIT, message contains "atomic"
 * belief: none */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>
#include <stdatomic.h>

struct helper {
    pthread_t thread;
    int cups;
};

static atomic_long total;

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++)
        total++;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    struct helper *helpers = calloc((size_t)nthreads, sizeof *helpers);
    total = 0;
    for (int i = 0; i < nthreads; i++) {
        helpers[i].cups = per_thread;
        pthread_create(&helpers[i].thread, NULL, count, &helpers[i]);
    }
    for (int i = 0; i < nthreads; i++)
        pthread_join(helpers[i].thread, NULL);
    free(helpers);
    return total;
}
