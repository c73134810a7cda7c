/* mutant: keeps each score in a char
 * expect: WRONG in four_cups, message contains "the best score is 300"
 * belief: none */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
    signed char score;
};

static void *run(void *arg)
{
    struct taster *me = arg;
    me->score = (signed char)me->taste(me->cup);
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
        pthread_join(tasters[i].thread, NULL);
        if (tasters[i].score > best) /* joined: this score is final, and we may read it */
            best = tasters[i].score;
    }
    free(tasters);
    return best;
}
