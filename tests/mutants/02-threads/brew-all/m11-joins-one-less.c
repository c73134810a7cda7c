/* mutant: joins all but the last one
 * expect: RACE in three_brews, message contains "1 of its threads still running"
 * belief: M08, M24, M01 the last one is ready last, and then the function is over anyway */
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
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct job *job = &jobs[started]; /* a slot that nobody changes until the join */
        job->id = started;
        job->brew = brew;
        error = pthread_create(&job->thread, NULL, run, job);
        if (error == 0)
            started++;
    }
    for (int i = 0; i < started - 1; i++)
        pthread_join(jobs[i].thread, NULL);
    free(jobs);
    return error;
}
