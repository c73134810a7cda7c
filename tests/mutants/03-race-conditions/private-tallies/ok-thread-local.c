/* ok: counts in a thread-local variable and puts it into the slot at the end */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
    long tally;
};

static _Thread_local long mine;

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++)
        mine++;
    me->tally = mine;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    struct helper *helpers = calloc((size_t)nthreads, sizeof *helpers);
    for (int i = 0; i < nthreads; i++) {
        helpers[i].cups = per_thread;
        pthread_create(&helpers[i].thread, NULL, count, &helpers[i]);
    }
    long total = 0;
    for (int i = 0; i < nthreads; i++) {
        pthread_join(helpers[i].thread, NULL);
        total += helpers[i].tally;
    }
    free(helpers);
    return total;
}
