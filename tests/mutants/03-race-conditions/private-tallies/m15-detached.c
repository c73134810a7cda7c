/* mutant: detaches the threads and waits a while
 * expect: RACE in two_by_two, message contains "[0].tally"
 * belief: M07 a sleep that is long enough is as good as a join */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

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
    for (int i = 0; i < nthreads; i++)
        pthread_detach(helpers[i].thread);
    usleep(100000);
    long total = 0;
    for (int i = 0; i < nthreads; i++)
        total += helpers[i].tally;
    free(helpers);
    return total;
}
