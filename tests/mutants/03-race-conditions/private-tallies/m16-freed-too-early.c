/* mutant: frees the slots before the threads have ended
 * expect: RACE in two_by_two, message contains "after it was freed"
 * belief: M26, M01 the threads have run by the time the loop that creates them is over */
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
    pthread_t *threads = calloc((size_t)nthreads, sizeof *threads);
    for (int i = 0; i < nthreads; i++)
        threads[i] = helpers[i].thread;
    free(helpers);
    for (int i = 0; i < nthreads; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return (long)nthreads * per_thread;
}
