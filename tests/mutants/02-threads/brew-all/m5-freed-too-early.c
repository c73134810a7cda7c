/* mutant: frees the argument right after pthread_create
 * expect: RACE in three_brews, message contains "after it was freed"
 * belief: M26 the thread has taken its argument when pthread_create returns */
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
        struct job *job = malloc(sizeof *job);
        job->id = started;
        job->brew = brew;
        error = pthread_create(&jobs[started].thread, NULL, run, job);
        free(job);
        if (error == 0)
            started++;
    }
    for (int i = 0; i < started; i++)
        pthread_join(jobs[i].thread, NULL);
    free(jobs);
    return error;
}
