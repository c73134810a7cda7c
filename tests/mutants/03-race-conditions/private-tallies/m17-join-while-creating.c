/* mutant: joins each thread before it creates the next
 * expect: SERIAL in two_by_two, message contains "never more than 1 at the same time"
 * belief: M02 what runs in threads runs at the same time, wherever the join stands */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

static void *count(void *arg)
{
    long *tally = arg;
    long cups = *tally;
    *tally = 0;
    for (long i = 0; i < cups; i++)
        ++*tally;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    long total = 0;
    for (int i = 0; i < nthreads; i++) {
        pthread_t thread;
        long tally = per_thread;
        pthread_create(&thread, NULL, count, &tally);
        pthread_join(thread, NULL);
        total += tally;
    }
    return total;
}
