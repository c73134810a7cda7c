/* mutant: the total of the call before is still there
 * expect: WRONG in second_call, message contains "returned 6, expected 4"
 * belief: M08 a static variable starts at 0 in each call */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
    long tally;
};

static long total;

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
    for (int i = 0; i < nthreads; i++) {
        pthread_join(helpers[i].thread, NULL);
        total += helpers[i].tally;
    }
    free(helpers);
    return total;
}
