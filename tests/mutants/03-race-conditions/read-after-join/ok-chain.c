/* ok: each taster joins its neighbour and hands on the better of the two scores */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

struct taster {
    pthread_t neighbour; /* the taster of the cup before; none for cup 0 */
    int cup;
    int (*taste)(int);
    int best;
};

static void *run(void *arg)
{
    struct taster *me = arg;
    me->best = me->taste(me->cup);
    if (me->cup > 0) {
        pthread_join(me->neighbour, NULL);
        struct taster *before = me - 1;
        if (before->best > me->best)
            me->best = before->best;
    }
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    struct taster *tasters = calloc((size_t)n + 1, sizeof *tasters);
    pthread_t newest = 0;
    for (int i = 0; i < n; i++) {
        tasters[i].neighbour = newest;
        tasters[i].cup = i;
        tasters[i].taste = taste;
        pthread_create(&newest, NULL, run, &tasters[i]);
    }
    int best = -1;
    if (n > 0) {
        pthread_join(newest, NULL);
        best = tasters[n - 1].best;
    }
    free(tasters);
    return best;
}
