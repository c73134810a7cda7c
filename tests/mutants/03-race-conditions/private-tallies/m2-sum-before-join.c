/* mutant: private slots, but added up before the joins
 * expect: RACE in two_by_two, message contains "[0].tally"
 * belief: M01 the threads have run by the time the loop that creates them is over */
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
    long total = 0;
    for (int i = 0; i < nthreads; i++)
        total += helpers[i].tally;
    for (int i = 0; i < nthreads; i++)
        pthread_join(helpers[i].thread, NULL);
    free(helpers);
    return total;
}
