/* ok: each thread detaches itself, and frees its task when it has done it: a daemon still holds its own at the end */
#include "non-daemon.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t nobody_left = PTHREAD_COND_INITIALIZER;
static int running;

struct task {
    void *(*fn)(void *);
    void *arg;
    bool daemon;
};

static void change(int by)
{
    pthread_mutex_lock(&lock);
    running += by;
    bool none = running == 0;
    pthread_mutex_unlock(&lock);
    if (none)
        pthread_cond_signal(&nobody_left);
}

static void *run(void *arg)
{
    struct task *task = arg;
    pthread_detach(pthread_self());
    task->fn(task->arg);
    bool daemon = task->daemon;
    free(task);
    if (!daemon)
        change(-1);
    return NULL;
}

int thr_start(void *(*fn)(void *), void *arg, bool daemon)
{
    pthread_t thread;
    struct task *task = malloc(sizeof *task);
    *task = (struct task){fn, arg, daemon};
    if (!daemon)
        change(1);
    int error = pthread_create(&thread, NULL, run, task);
    if (error) {
        free(task);
        if (!daemon)
            change(-1);
    }
    return error;
}

void thr_wait_all(void)
{
    pthread_mutex_lock(&lock);
    while (running > 0)
        pthread_cond_wait(&nobody_left, &lock);
    pthread_mutex_unlock(&lock);
}
