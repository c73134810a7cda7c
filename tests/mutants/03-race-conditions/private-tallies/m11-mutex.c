/* mutant: a lock around every addition
 * expect: LIMIT, message contains "pthread_mutex_lock"
 * belief: none */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

struct helper {
    pthread_t thread;
    int cups;
};

static long total;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *count(void *arg)
{
    struct helper *me = arg;
    for (int i = 0; i < me->cups; i++) {
        pthread_mutex_lock(&lock);
        total++;
        pthread_mutex_unlock(&lock);
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
