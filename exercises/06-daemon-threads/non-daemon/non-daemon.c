/* Starts threads, and waits for nobody. Count those that are no daemons. */
#include "non-daemon.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t nobody_left = PTHREAD_COND_INITIALIZER;
static int running; /* threads that are no daemons; under the lock */

struct task {
    void *(*fn)(void *);
    void *arg;
    bool daemon;
};

static void *run(void *arg)
{
    struct task task = *(struct task *)arg;
    free(arg);
    task.fn(task.arg);
    return NULL;
}

int thr_start(void *(*fn)(void *), void *arg, bool daemon)
{
    pthread_t thread;
    struct task *task = malloc(sizeof *task);
    *task = (struct task){fn, arg, daemon};
    int error = pthread_create(&thread, NULL, run, task);
    if (error == 0)
        pthread_detach(thread);
    else
        free(task);
    return error;
}

void thr_wait_all(void)
{
    pthread_mutex_lock(&lock);
    if (running > 0) /* and nobody counts, and nobody waits: */
        pthread_cond_wait(&nobody_left, &lock);
    pthread_mutex_unlock(&lock);
}
