/* mutant: the thread returns the address of its own local counter
 * expect: CRASH in two_by_two, message contains "a local variable of a function that has returned"
 * belief: M26 a local variable outlives the function it belongs to */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
};

static void *count(void *arg)
{
    struct helper *me = arg;
    long mine = 0;
    long *result = &mine;
    for (int i = 0; i < me->cups; i++)
        mine++;
    return result;
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
        void *result;
        pthread_join(helpers[i].thread, &result);
        total += *(long *)result;
    }
    free(helpers);
    return total;
}
