/* mutant: a daemon that could not be created is taken off the count, too
 * expect: WRONG in daemon_refused
 * belief: M23 a daemon is a thread like any other */
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

static void count(int change)
{
    pthread_mutex_lock(&lock);
    running += change;
    if (running == 0)
        pthread_cond_signal(&nobody_left);
    pthread_mutex_unlock(&lock);
}

static void *run(void *arg)
{
    struct task task = *(struct task *)arg;
    free(arg);
    task.fn(task.arg);
    if (!task.daemon)
        count(-1);
    return NULL;
}

int thr_start(void *(*fn)(void *), void *arg, bool daemon)
{
    pthread_t thread;
    struct task *task = malloc(sizeof *task);
    *task = (struct task){fn, arg, daemon};
    if (!daemon)
        count(+1); /* before it exists: from now on main would wait for it */
    int error = pthread_create(&thread, NULL, run, task);
    if (error == 0) {
        pthread_detach(thread);
        return 0;
    }
    free(task);
    count(-1);
    return error;
}

void thr_wait_all(void)
{
    pthread_mutex_lock(&lock);
    while (running > 0)
        pthread_cond_wait(&nobody_left, &lock);
    pthread_mutex_unlock(&lock);
}
