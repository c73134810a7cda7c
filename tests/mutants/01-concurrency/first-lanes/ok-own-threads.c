/* ok: a thread of its own for each job, which starts it and waits for it */
#include "first-lanes.h"

#include <stdlib.h>

#include <pthread.h>

static void *serve_one(void *job)
{
    stall_wait(stall_start(job));
    return NULL;
}

void serve_all(const job_t *jobs, int n)
{
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    for (int i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, serve_one, (void *)&jobs[i]);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
