/* ok: the caller tastes the last cup itself while the others taste */
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
    if (n == 0)
        return -1;
    struct taster *tasters = malloc((size_t)n * sizeof *tasters);
    for (int i = 0; i < n - 1; i++) {
        tasters[i] = (struct taster){.cup = i, .taste = taste};
        pthread_create(&tasters[i].thread, NULL, run, &tasters[i]);
    }
    int best = taste(n - 1);
    for (int i = 0; i < n - 1; i++) {
        pthread_join(tasters[i].thread, NULL);
        best = tasters[i].score > best ? tasters[i].score : best;
    }
    free(tasters);
    return best;
}
