/* pool.c - some workers and a pipe: the pipe keeps the orders in a row, and who reads from it when it is empty
 * sleeps. Its end is closed when no more orders come. */
#include "run-in-executor.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct order {
    void (*job)(void *);
    void *arg;
};

struct pool {
    int in, out; /* the two ends of the pipe */
    int workers;
    pthread_t worker[];
};

static void *work(void *pool)
{
    pool_t *p = pool;
    struct order o;
    while (read(p->out, &o, sizeof o) == sizeof o)
        o.job(o.arg);
    return NULL;
}

pool_t *pool_new(int workers)
{
    pool_t *p = malloc(sizeof *p + (size_t)workers * sizeof p->worker[0]);
    int end[2];
    if (pipe(end) != 0)
        abort();
    p->out = end[0];
    p->in = end[1];
    p->workers = workers;
    for (int i = 0; i < workers; i++)
        pthread_create(&p->worker[i], NULL, work, p);
    return p;
}

void pool_run(pool_t *p, void (*job)(void *), void *arg)
{
    struct order o = {job, arg};
    if (write(p->in, &o, sizeof o) != sizeof o)
        abort();
}

void pool_close(pool_t *p)
{
    close(p->in);
    for (int i = 0; i < p->workers; i++)
        pthread_join(p->worker[i], NULL);
    close(p->out);
    free(p);
}
