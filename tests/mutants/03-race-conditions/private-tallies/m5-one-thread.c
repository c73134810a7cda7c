/* mutant: one thread does all the work
 * expect: LIMIT in two_by_two, message contains "1 thread started, 2 asked"
 * belief: M10 only a single thread can be free of races */
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
    if (nthreads == 0)
        return 0;
    struct helper only = {.cups = nthreads * per_thread};
    pthread_create(&only.thread, NULL, count, &only);
    pthread_join(only.thread, NULL);
    return only.tally;
}
