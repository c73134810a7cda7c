/* ok: the slot lies in the argument, slots are added after all joins */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
    long tally;
};

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++)
        me->tally++;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    struct helper *helpers = calloc((size_t)nthreads, sizeof *helpers);
    for (int i = 0; i < nthreads; i++) {
        helpers[i].cups = per_thread;
        pthread_create(&helpers[i].thread, NULL, count, &helpers[i]);
    }
    for (int i = nthreads - 1; i >= 0; i--)
        pthread_join(helpers[i].thread, NULL);
    long total = 0;
    for (int i = 0; i < nthreads; i++)
        total += helpers[i].tally;
    free(helpers);
    return total;
}
