/* mutant: one slot on the heap, filled anew for each thread
 * expect: RACE in three_brews, message contains "id"
 * belief: M26 what is on the heap is safe to hand over */
#include "brew-all.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
    pthread_t thread;
    int id;
    void (*brew)(int id);
};

static void *run(void *arg)
{
    struct job *me = arg;
    me->brew(me->id);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    struct job *jobs = calloc((size_t)n + 1, sizeof *jobs);
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct job *job = &jobs[0];
        job->id = started;
        job->brew = brew;
        error = pthread_create(&threads[started], NULL, run, job);
        if (error == 0)
            started++;
    }
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(jobs);
    free(threads);
    return error;
}
