/* mutant: starts with 0, also when there is no cup
 * expect: WRONG in no_cup, message contains "returned 0, the best score is -1"
 * belief: none */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
    int score;
};

static void *run(void *arg)
{
    struct taster *me = arg;
    me->score = me->taste(me->cup);
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    struct taster *tasters = calloc((size_t)n, sizeof *tasters);
    int best = 0;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    for (int i = 0; i < n; i++)
        if (tasters[i].score > best)
            best = tasters[i].score;
    free(tasters);
    return best;
}
