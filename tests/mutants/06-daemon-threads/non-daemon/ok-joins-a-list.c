/* ok: keeps a list of joinable threads and joins until it is empty */
#include "non-daemon.h"

#include <pthread.h>
#include <stdlib.h>

struct task {
    pthread_t thread;
    void *(*fn)(void *);
    void *arg;
    bool daemon;
    struct task *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct task *normal; /* created, not yet joined */

static void *run(void *arg)
{
    struct task *me = arg;
    void *(*fn)(void *) = me->fn;
    void *with = me->arg;
    if (me->daemon)
        free(me);
    return fn(with);
}

int thr_start(void *(*fn)(void *), void *arg, bool daemon)
{
    struct task *task = malloc(sizeof *task);
    *task = (struct task){.fn = fn, .arg = arg, .daemon = daemon};
    pthread_mutex_lock(&lock);
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, task);
    if (error) {
        free(task);
    } else if (daemon) {
        pthread_detach(thread);
    } else {
        task->thread = thread;
        task->next = normal;
        normal = task;
    }
    pthread_mutex_unlock(&lock);
    return error;
}

void thr_wait_all(void)
{
    for (;;) {
        pthread_mutex_lock(&lock);
        struct task *t = normal;
        if (t)
            normal = t->next;
        pthread_mutex_unlock(&lock);
        if (!t)
            return;
        pthread_join(t->thread, NULL);
        free(t);
    }
}
