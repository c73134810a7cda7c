/* ok: every thread allocates its own counter and hands it over when it is joined */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

static void *count(void *arg)
{
    long *mine = calloc(1, sizeof *mine);
    for (int i = 0; i < *(const int *)arg; i++)
        ++*mine;
    pthread_exit(mine);
}

long count_all(int nthreads, int per_thread)
{
    pthread_t threads[nthreads > 0 ? nthreads : 1];
    long total = 0;
    for (int i = 0; i < nthreads; i++)
        if (pthread_create(&threads[i], NULL, count, &per_thread) != 0)
            abort();
    for (int i = 0; i < nthreads; i++) {
        void *tally;
        pthread_join(threads[i], &tally);
        total += *(long *)tally;
        free(tally);
    }
    return total;
}
