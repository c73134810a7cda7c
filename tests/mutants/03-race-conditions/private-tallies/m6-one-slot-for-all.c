/* mutant: everybody has a pointer of their own, to the same slot
 * expect: RACE in two_by_two, message contains "nothing orders them; here: count_all(2, 2) returned 2, expected 4"
 * belief: M04, M08 what is reached through a private pointer is private */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
    long *tally;
};

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++)
        (*me->tally)++;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    struct helper *helpers = calloc((size_t)nthreads, sizeof *helpers);
    long *slots = calloc((size_t)nthreads, sizeof *slots);
    for (int i = 0; i < nthreads; i++) {
        helpers[i].cups = per_thread;
        helpers[i].tally = &slots[0];
        pthread_create(&helpers[i].thread, NULL, count, &helpers[i]);
    }
    for (int i = 0; i < nthreads; i++)
        pthread_join(helpers[i].thread, NULL);
    long total = nthreads > 0 ? slots[0] : 0;
    free(slots);
    free(helpers);
    return total;
}
