/* mutant: detaches the threads and sleeps as long as a brew takes
 * expect: LEAK in three_brews, message contains "still running"
 * belief: M24, M07 a pause that is long enough is as good as a join */
#include "brew-all.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

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
            pthread_detach(jobs[started++].thread);
    }
    sleep(2);
    return error;
}
