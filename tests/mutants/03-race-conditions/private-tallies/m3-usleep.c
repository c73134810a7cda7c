/* mutant: a pause between the additions of a shared counter
 * expect: RACE in two_by_two, message contains "access total and nothing orders them; here: count_all(2, 2) returned"
 * belief: M07 a short sleep keeps the threads out of each other's way */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct helper {
    pthread_t thread;
    int cups;
};

static long total;

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++) {
        usleep(1);
        total++;
    }
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
