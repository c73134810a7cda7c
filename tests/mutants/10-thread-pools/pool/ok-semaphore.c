/* ok: a semaphore counts the tasks, and the workers that are to go */
#include "pool.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct task {
    int (*fn)(void *, void **);
    void *arg;
    future_t *slip;
    struct task *next;
};

struct pool {
    pthread_mutex_t lock;
    sem_t news;
    struct task *first; /* accepted, not yet begun; under the lock */
    struct task **last; /* under the lock */
    bool stopping;      /* under the lock */
    int workers;
    pthread_t worker[];
};

/* Takes the oldest task out of the queue; NULL if there is none. Under the lock. */
static struct task *take(pool_t *p)
{
    struct task *t = p->first;
    if (t) {
        p->first = t->next;
        if (!p->first)
            p->last = &p->first;
    }
    return t;
}

static void run(struct task *t)
{
    void *val = NULL;
    int err = t->fn(t->arg, &val);
    future_set(t->slip, val, err);
    free(t);
}

/* Waits for a task. NULL: the pool is closed, and there is none left. */
static struct task *next_task(pool_t *p)
{
again:;
    while (sem_wait(&p->news))
        ;
    pthread_mutex_lock(&p->lock);
    struct task *t = take(p);
    bool end = p->stopping;
    pthread_mutex_unlock(&p->lock);
    if (!t && !end)
        goto again;
    return t;
}

static void *work(void *pool)
{
    struct task *t;
    while ((t = next_task(pool)) != NULL)
        run(t);
    return NULL;
}

pool_t *pool_new(int workers)
{
    pool_t *p = malloc(sizeof *p + (size_t)workers * sizeof p->worker[0]);
    pthread_mutex_init(&p->lock, NULL);
    sem_init(&p->news, 0, 0);
    p->first = NULL;
    p->last = &p->first;
    p->stopping = false;
    p->workers = workers;
    for (int i = 0; i < workers; i++)
        pthread_create(&p->worker[i], NULL, work, p);
    return p;
}

future_t *pool_submit(pool_t *p, int (*fn)(void *, void **), void *arg)
{
    future_t *slip = NULL;
    pthread_mutex_lock(&p->lock);
    if (!p->stopping) {
        struct task *t = malloc(sizeof *t);
        slip = future_new();
        *t = (struct task){fn, arg, slip, NULL};
        *p->last = t;
        p->last = &t->next;
        sem_post(&p->news);
    }
    pthread_mutex_unlock(&p->lock);
    return slip;
}

/* Drops what has not begun. Under the lock. */
static void drop_all(pool_t *p)
{
    struct task *t;
    while ((t = take(p)) != NULL) {
        future_set(t->slip, NULL, ECANCELED);
        free(t);
    }
}

void pool_shutdown(pool_t *p, bool drain)
{
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    if (!drain)
        drop_all(p);
    for (int i = 0; i < p->workers; i++)
        sem_post(&p->news);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->workers; i++)
        pthread_join(p->worker[i], NULL);
}

void pool_free(pool_t *p)
{
    sem_destroy(&p->news);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
