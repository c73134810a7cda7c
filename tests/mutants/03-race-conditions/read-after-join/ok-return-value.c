/* ok: the score is the thread's return value */
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
    const struct taster *me = arg;
    return (void *)(long)me->taste(me->cup);
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
        if ((int)(long)score > best)
            best = (int)(long)score;
    }
    free(tasters);
    return best;
}
