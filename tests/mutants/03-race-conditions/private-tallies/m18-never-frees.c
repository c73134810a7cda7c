/* mutant: right, but the slots are never given back
 * expect: LEAK in two_by_two, message contains "never freed"
 * belief: M08 memory goes away with the function that asked for it, as in Python */
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
    for (int i = 0; i < nthreads; i++) {
        pthread_join(helpers[i].thread, NULL);
        total += helpers[i].tally;
    }
    return total;
}
