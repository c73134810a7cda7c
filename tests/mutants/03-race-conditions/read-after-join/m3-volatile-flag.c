/* mutant: goes round in a loop until a volatile flag is set
 * expect: RACE in three_cups, message contains ".done"
 * belief: M11 volatile makes a flag fit for two threads */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
    int score;
    volatile int done;
};

static void *run(void *arg)
{
    struct taster *me = arg;
    me->score = me->taste(me->cup);
    me->done = 1;
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    struct taster *tasters = calloc((size_t)n, sizeof *tasters);
    int best = -1;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    for (int i = 0; i < n; i++)
        while (!tasters[i].done)
            ;
    for (int i = 0; i < n; i++)
        if (tasters[i].score > best)
            best = tasters[i].score;
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    free(tasters);
    return best;
}
