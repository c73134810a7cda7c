/* mutant: sleeps just as long as the tasting takes, and joins too late
 * expect: RACE in three_cups, message contains ".score"
 * belief: M07 a sleep that is long enough is as good as a join */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

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
    sleep(1);
    for (int i = 0; i < n; i++)
        if (tasters[i].score > best)
            best = tasters[i].score;
    for (int i = 0; i < n; i++)
        pthread_join(tasters[i].thread, NULL);
    free(tasters);
    return best;
}
