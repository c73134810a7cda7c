/* ok: who gives way gives it to the one who has waited longest */
#include "mini-gil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct waiter {
    pthread_cond_t turn;
    bool given;
    struct waiter *next;
};

struct gil {
    pthread_mutex_t lock; /* protects everything below, and the waiters */
    bool taken, wanted;
    struct waiter *first, **end;
};

gil_t *gil_new(void)
{
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_mutex_init(&g->lock, NULL);
    g->end = &g->first;
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

static void wait_for_it(gil_t *g)
{
    pthread_condattr_t monotonic;
    struct waiter w = {.given = false};
    struct timespec end = moment_in(GIL_INTERVAL_MS);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w.turn, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *g->end = &w;
    g->end = &w.next;
    while (!w.given)
        if (pthread_cond_timedwait(&w.turn, &g->lock, &end) != 0 && !w.given) {
            g->wanted = true;
            end = moment_in(GIL_INTERVAL_MS);
        }
    pthread_cond_destroy(&w.turn);
}

void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    if (g->taken)
        wait_for_it(g);
    g->taken = true;
    pthread_mutex_unlock(&g->lock);
}

void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    struct waiter *w = g->first;
    g->wanted = false;
    g->taken = w != NULL;
    if (w) {
        g->first = w->next;
        if (!g->first)
            g->end = &g->first;
        w->given = true;
        pthread_cond_signal(&w->turn);
    }
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = g->wanted;
    pthread_mutex_unlock(&g->lock);
    return wanted;
}
