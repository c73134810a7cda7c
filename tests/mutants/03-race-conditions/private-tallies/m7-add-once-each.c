/* mutant: counts privately, then adds to the shared total at the end of the thread
 * expect: RACE in two_by_two, message contains "access total and nothing orders them; here: count_all(2, 2) returned 2"
 * belief: M04, M05 one addition per thread is too little to go wrong */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
};

static long total;

static void *count(void *arg)
{
    struct helper *me = arg;
    long mine = 0;
    for (int i = 0; i < me->cups; i++)
        mine++;
    total += mine;
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
