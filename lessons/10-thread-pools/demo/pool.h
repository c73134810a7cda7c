/* pool.h - the small thread pool of this lesson's demos: a queue, workers, futures.
 *
 * Everything is in one header so that a demo is one program. What is in the queue, and whether the shop is
 * closing, belongs to the pool's lock; each future has a lock of its own.
 */
#ifndef POOL_H
#define POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The slip for one task: result and error, once it is done. */
typedef struct future {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool done;
    void *val;
    int err;
} future_t;

struct task {
    int (*fn)(void *, void **);
    void *arg;
    future_t *slip;
    struct task *next;
};

enum { POOL_MOST = 64 };

typedef struct pool {
    pthread_mutex_t lock;
    pthread_cond_t news; /* a task came, or the end */
    struct task *first, **last;
    bool stopping;
    int workers;
    pthread_t worker[POOL_MOST];
} pool_t;

static inline void future_set(future_t *f, void *val, int err)
{
    pthread_mutex_lock(&f->lock);
    f->val = val;
    f->err = err;
    f->done = true;
    pthread_cond_broadcast(&f->ready);
    pthread_mutex_unlock(&f->lock);
}

/* Waits for the result. Returns the task's error number, 0 for none. */
static inline int future_get(future_t *f, void **val)
{
    pthread_mutex_lock(&f->lock);
    while (!f->done)
        pthread_cond_wait(&f->ready, &f->lock);
    if (val)
        *val = f->val;
    int err = f->err;
    pthread_mutex_unlock(&f->lock);
    return err;
}

static inline void future_free(future_t *f)
{
    pthread_cond_destroy(&f->ready);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

/* The next task, NULL when the pool is closed and empty. */
static inline struct task *pool_next(pool_t *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->stopping)
        pthread_cond_wait(&p->news, &p->lock);
    struct task *t = p->first;
    if (t) {
        p->first = t->next;
        if (!p->first)
            p->last = &p->first;
    }
    pthread_mutex_unlock(&p->lock);
    return t;
}

static inline void *pool_work(void *arg)
{
    struct task *t;
    while ((t = pool_next(arg)) != NULL) {
        void *val = NULL;
        int err = t->fn(t->arg, &val);
        future_set(t->slip, val, err);
        free(t);
    }
    return NULL;
}

static inline void *pool_alloc(size_t size)
{
    void *p = calloc(1, size);
    if (!p)
        abort();
    return p;
}

/* Hires `workers` threads, 1 to POOL_MOST. */
static inline pool_t *pool_new(int workers)
{
    pool_t *p = pool_alloc(sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->news, NULL);
    p->last = &p->first;
    for (p->workers = 0; p->workers < workers && p->workers < POOL_MOST; p->workers++)
        if (pthread_create(&p->worker[p->workers], NULL, pool_work, p) != 0) {
            fprintf(stderr, "no thread for worker %d\n", p->workers + 1);
            exit(2);
        }
    return p;
}

/* Queues fn(arg, &val) and returns its future, which the caller frees after future_get. */
static inline future_t *pool_submit(pool_t *p, int (*fn)(void *, void **), void *arg)
{
    struct task *t = pool_alloc(sizeof *t);
    future_t *f = pool_alloc(sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->ready, NULL);
    t->fn = fn;
    t->arg = arg;
    t->slip = f;
    pthread_mutex_lock(&p->lock);
    *p->last = t;
    p->last = &t->next;
    pthread_cond_signal(&p->news);
    pthread_mutex_unlock(&p->lock);
    return f;
}

/* Lets the workers finish what is queued, joins them, and frees the pool. */
static inline void pool_close(pool_t *p)
{
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->workers; i++)
        pthread_join(p->worker[i], NULL);
    pthread_cond_destroy(&p->news);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

#endif
