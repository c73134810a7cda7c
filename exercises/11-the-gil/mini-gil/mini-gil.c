/* A lock that can be taken and given back. Who computes keeps it to the end of its program: nobody can ask for it.
 * Add that. Everything in this file may be changed. */
#include "mini-gil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* protects everything below; held for moments only */
    pthread_cond_t dropped;
    bool taken;
};

gil_t *gil_new(void)
{
    pthread_condattr_t monotonic; /* for timed waits by CLOCK_MONOTONIC */
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->dropped, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return g;
}

void gil_free(gil_t *g)
{
    pthread_cond_destroy(&g->dropped);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    while (g->taken)
        pthread_cond_wait(&g->dropped, &g->lock);
    g->taken = true;
    pthread_mutex_unlock(&g->lock);
}

void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    g->taken = false;
    pthread_cond_broadcast(&g->dropped);
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    (void)g;
    return false;
}
