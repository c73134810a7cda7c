/* ok: each thread owns its argument and frees it; if there is no thread, the creator does */
#include "brew-all.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
    int id;
    void (*brew)(int id);
};

static void *run(void *arg)
{
    struct job job = *(struct job *)arg;
    free(arg);
    job.brew(job.id);
    return NULL;
}

static int start(pthread_t *thread, int id, void (*brew)(int id))
{
    struct job *job = malloc(sizeof *job);
    *job = (struct job){id, brew};
    int error = pthread_create(thread, NULL, run, job);
    if (error != 0)
        free(job);
    return error;
}

int brew_all(int n, void (*brew)(int id))
{
    pthread_t threads[n + 1];
    int started = 0, error = 0;
    while (started < n && (error = start(&threads[started], started, brew)) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return error;
}
