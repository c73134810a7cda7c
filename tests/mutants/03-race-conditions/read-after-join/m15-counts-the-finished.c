/* mutant: waits until a shared counter says that all have finished
 * expect: RACE in three_cups, message contains "access finished and nothing orders them"
 * belief: M11 a counter that is only added to needs no order */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
    int score;
};

static volatile int finished;

static void *run(void *arg)
{
    struct taster *me = arg;
    me->score = me->taste(me->cup);
    finished++;
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    struct taster *tasters = calloc((size_t)n, sizeof *tasters);
    int best = -1;
    finished = 0;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    while (finished < n)
        ;
    for (int i = 0; i < n; i++)
        if (tasters[i].score > best)
            best = tasters[i].score;
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    free(tasters);
    return best;
}
