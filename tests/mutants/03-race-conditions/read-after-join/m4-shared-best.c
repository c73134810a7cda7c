/* mutant: every taster raises one shared best score
 * expect: RACE in three_cups, message contains "access best and nothing orders them; here: best_of returned"
 * belief: M04 comparing and storing is one step */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
};

static int best;

static void *run(void *arg)
{
    struct taster *me = arg;
    int score = me->taste(me->cup);
    if (score > best)
        best = score;
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    struct taster *tasters = calloc((size_t)n, sizeof *tasters);
    best = -1;
    for (int i = 0; i < n; i++) {
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    free(tasters);
    return best;
}
