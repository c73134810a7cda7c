/* mutant: a struct inside the loop: one for each turn, but only until the turn is over
 * expect: CRASH in three_brews
 * belief: M26 a variable declared in the loop is a new one that stays */
#include "brew-all.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
    int id;
    void (*brew)(int id);
};

static void *run(void *arg)
{
    struct job *me = arg;
    me->brew(me->id);
    return NULL;
}

static int start(pthread_t *thread, int id, void (*brew)(int id))
{
    struct job job = {id, brew};
    return pthread_create(thread, NULL, run, &job);
}

int brew_all(int n, void (*brew)(int id))
{
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    int started = 0, error = 0;
    while (started < n && (error = start(&threads[started], started, brew)) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return error;
}
