/* ok: the count comes back as the thread's return value; nothing is shared at all */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

static void *count(void *arg)
{
    long cups = (long)arg, mine = 0;
    for (long i = 0; i < cups; i++)
        mine++;
    return (void *)mine;
}

long count_all(int nthreads, int per_thread)
{
    pthread_t *threads = malloc((size_t)nthreads * sizeof *threads);
    for (int i = 0; i < nthreads; i++)
        pthread_create(&threads[i], NULL, count, (void *)(long)per_thread);
    long total = 0;
    for (int i = 0; i < nthreads; i++) {
        void *mine;
        pthread_join(threads[i], &mine);
        total += (long)mine;
    }
    free(threads);
    return total;
}
