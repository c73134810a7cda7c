/* mutant: leaves out the thread that could not be created, and creates the others
 * expect: WRONG in first_refused, message contains "could not be created"
 * belief: M36 a missing thread is nothing to stop for */
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
    for (int i = 0; i < n; i++) {
        struct job *job = &jobs[started]; /* a slot that nobody changes until the join */
        job->id = i;
        job->brew = brew;
        int failed = pthread_create(&job->thread, NULL, run, job);
        if (failed == 0)
            started++;
        else
            error = failed;
    }
    for (int i = 0; i < started; i++)
        pthread_join(jobs[i].thread, NULL);
    free(jobs);
    return error;
}
