/* mutant: asks when the lock has gone to another one, whenever that was
 * expect: WRONG in too_early, message contains "waited for 4 ms"
 * belief: M08 who has waited for a moment has waited for 5 ms */
#include "mini-gil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* protects everything below; held for moments only */
    pthread_cond_t dropped, taken_over;
    bool taken, wanted;
    long turns; /* how often it was taken */
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
    pthread_cond_init(&g->dropped, &monotonic);
    pthread_cond_init(&g->taken_over, NULL);
    pthread_condattr_destroy(&monotonic);
    return g;
}

void gil_free(gil_t *g)
{
    pthread_cond_destroy(&g->taken_over);
    pthread_cond_destroy(&g->dropped);
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

/* Waits until the lock is dropped, or for an interval; then asks, if all that time one thread has had it. */
static void wait_or_ask(gil_t *g)
{
    struct timespec end = moment_in(GIL_INTERVAL_MS);
    long turn = g->turns;
    int error = 0;
    while (g->taken && g->turns == turn && error == 0)
        error = pthread_cond_timedwait(&g->dropped, &g->lock, &end);
    if (g->taken)
        g->wanted = true;
    while (g->taken && g->turns == turn)
        pthread_cond_wait(&g->dropped, &g->lock);
}

void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    while (g->taken)
        wait_or_ask(g);
    g->taken = true;
    g->wanted = false;
    g->turns++;
    pthread_cond_broadcast(&g->taken_over);
    pthread_mutex_unlock(&g->lock);
}

void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    long turn = g->turns;
    g->taken = false;
    pthread_cond_broadcast(&g->dropped);
    while (g->wanted && g->turns == turn)
        pthread_cond_wait(&g->taken_over, &g->lock);
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = g->wanted;
    pthread_mutex_unlock(&g->lock);
    return wanted;
}
