/* mutant: returns which cup is best instead of how good it is
 * expect: WRONG in three_cups, message contains "returned 1, the best score is 9"
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
    int best = -1;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    for (int i = 0; i < n; i++)
        if (best < 0 || tasters[i].score > tasters[best].score)
            best = i;
    free(tasters);
    return best;
}
