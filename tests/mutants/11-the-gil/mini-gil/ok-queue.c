/* ok: numbers: everybody is served in the order of coming */
#include "mini-gil.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* protects everything below */
    pthread_cond_t next;
    long numbers, served; /* numbers given out; whose turn it is */
    bool wanted;
};

gil_t *gil_new(void)
{
    pthread_condattr_t monotonic;
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->next, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return g;
}

void gil_free(gil_t *g)
{
    pthread_cond_destroy(&g->next);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

static struct timespec moment_in(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    long ns = t.tv_nsec + ms * 1000000L;
    t.tv_sec += ns / 1000000000L;
    t.tv_nsec = ns % 1000000000L;
    return t;
}

void gil_take(gil_t *g)
{
    struct timespec end = moment_in(GIL_INTERVAL_MS);
    pthread_mutex_lock(&g->lock);
    long mine = g->numbers++;
    while (g->served != mine)
        if (pthread_cond_timedwait(&g->next, &g->lock, &end) == ETIMEDOUT && g->served != mine) {
            g->wanted = true;
            end = moment_in(GIL_INTERVAL_MS);
        }
    g->wanted = false;
    pthread_mutex_unlock(&g->lock);
}

void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    g->served++;
    pthread_cond_broadcast(&g->next);
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = g->wanted;
    pthread_mutex_unlock(&g->lock);
    return wanted;
}
