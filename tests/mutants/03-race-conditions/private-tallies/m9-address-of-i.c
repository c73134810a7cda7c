/* mutant: hands out the address of the loop variable as the number of the slot
 * expect: RACE in two_by_two, message contains "access i of count_all()"
 * belief: M26 each thread gets the value the variable had when it was created */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST = 16 };

static long tally[MOST];
static int cups;

static void *count(void *arg)
{
    int me = *(int *)arg;
    for (int i = 0; i < cups; i++)
        tally[me]++;
    return NULL;
}

long count_all(int nthreads, int per_thread)
{
    pthread_t thread[MOST];
    long total = 0;
    cups = per_thread;
    for (int i = 0; i < nthreads; i++)
        tally[i] = 0;
    for (int i = 0; i < nthreads; i++)
        pthread_create(&thread[i], NULL, count, &i);
    for (int i = 0; i < nthreads; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < nthreads; i++)
        total += tally[i];
    return total;
}
