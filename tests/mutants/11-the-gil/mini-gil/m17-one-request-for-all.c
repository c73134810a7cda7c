/* mutant: the request is noted in one place, for all locks
 * expect: WRONG in two_interpreters, message contains "nobody has asked for the second lock"
 * belief: M15 one request is enough for all locks */
#include "mini-gil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static bool wanted_;
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
    if (g->taken && g->turns == turn)
        wanted_ = true;
    while (g->taken && g->turns == turn)
        pthread_cond_wait(&g->dropped, &g->lock);
}

void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    while (g->taken)
        wait_or_ask(g);
    g->taken = true;
    wanted_ = false;
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
    while (wanted_ && g->turns == turn)
        pthread_cond_wait(&g->taken_over, &g->lock);
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = wanted_;
    pthread_mutex_unlock(&g->lock);
    return wanted;
}
