/* mutant: the taster returns the address of its own local score
 * expect: CRASH in three_cups, message contains "a local variable of a function that has returned"
 * belief: M26 a local variable outlives the function it belongs to */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t thread;
    int cup;
    int (*taste)(int);
};

static void *run(void *arg)
{
    struct taster *me = arg;
    int score = me->taste(me->cup);
    int *result = &score;
    return result;
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
        void *score;
        pthread_join(tasters[i].thread, &score);
        if (*(int *)score > best)
            best = *(int *)score;
    }
    free(tasters);
    return best;
}
