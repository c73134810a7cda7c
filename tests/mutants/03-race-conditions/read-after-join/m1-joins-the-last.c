/* mutant: joins only the taster created last
 * expect: RACE in three_cups, message contains ".score"
 * belief: M01 threads end in the order in which they were created */
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
    if (n > 0)
        pthread_join(tasters[n - 1].thread, NULL);
    for (int i = 0; i < n; i++)
        if (tasters[i].score > best)
            best = tasters[i].score;
    free(tasters);
    return best;
}
