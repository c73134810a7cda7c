/* mutant: who has waited long enough unlocks the mutex of the holder
 * expect: MISUSE in in_turn
 * belief: M08, M13 a lock can be given back by anybody */
#define _GNU_SOURCE
#include "mini-gil.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* held by the one who runs */
    atomic_bool wanted;
};

gil_t *gil_new(void)
{
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_mutex_init(&g->lock, NULL);
    return g;
}

void gil_free(gil_t *g)
{
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
    if (pthread_mutex_clocklock(&g->lock, CLOCK_MONOTONIC, &end) != 0) {
        g->wanted = true;
        pthread_mutex_unlock(&g->lock);
        pthread_mutex_lock(&g->lock);
    }
    g->wanted = false;
}

void gil_drop(gil_t *g)
{
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    return g->wanted;
}
