/* mutant: looks at each score just before it joins its taster
 * expect: RACE in three_cups, message contains "best_of returned 0, the best score is 9"
 * belief: M01 the taster has run by the time somebody wants its result */
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
    int best = -1;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    for (int i = 0; i < n; i++) {
        if (tasters[i].score > best)
            best = tasters[i].score;
        pthread_join(tasters[i].thread, NULL);
    }
    free(tasters);
    return best;
}
