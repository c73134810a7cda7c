/* ok: nobody asks: the holder sees how long somebody has waited */
#include "mini-gil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* protects everything below */
    pthread_cond_t changed;
    bool taken;
    int waiting;
    long turns;
    struct timespec since; /* when the wait of the first one began, or this turn, whichever is later */
};

gil_t *gil_new(void)
{
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->changed, NULL);
    return g;
}

void gil_free(gil_t *g)
{
    pthread_cond_destroy(&g->changed);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

static bool long_enough(const gil_t *g)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long ns = (now.tv_sec - g->since.tv_sec) * 1000000000LL + now.tv_nsec - g->since.tv_nsec;
    return g->waiting > 0 && ns >= GIL_INTERVAL_MS * 1000000LL;
}

void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    if (g->taken && g->waiting == 0)
        clock_gettime(CLOCK_MONOTONIC, &g->since);
    g->waiting++;
    while (g->taken)
        pthread_cond_wait(&g->changed, &g->lock);
    g->waiting--;
    g->taken = true;
    g->turns++;
    clock_gettime(CLOCK_MONOTONIC, &g->since);
    pthread_cond_broadcast(&g->changed);
    pthread_mutex_unlock(&g->lock);
}

void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = long_enough(g);
    long turn = g->turns;
    g->taken = false;
    pthread_cond_broadcast(&g->changed);
    while (wanted && g->turns == turn)
        pthread_cond_wait(&g->changed, &g->lock);
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool wanted = long_enough(g);
    pthread_mutex_unlock(&g->lock);
    return wanted;
}
