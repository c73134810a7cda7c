/* Every helper counts in the same place, and cups get lost. Repair it: no lock and no atomic
 * operation is needed. Everything in this file may be changed. */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;    /* how many this one counts */
    long *tally; /* where it counts them */
};

static long total;

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++)
        *me->tally += 1;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    struct helper *helpers = calloc((size_t)nthreads, sizeof *helpers);
    // region: arrange
    total = 0;
    for (int i = 0; i < nthreads; i++) {
        helpers[i].cups = per_thread;
        helpers[i].tally = &total;
        pthread_create(&helpers[i].thread, NULL, count, &helpers[i]);
    }
    for (int i = 0; i < nthreads; i++)
        pthread_join(helpers[i].thread, NULL);
    // endregion
    free(helpers);
    return total;
}
