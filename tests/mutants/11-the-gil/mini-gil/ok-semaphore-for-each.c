/* ok: who waits has a semaphore of its own, and the lock is handed to the first one in the row */
#define _GNU_SOURCE
#include "mini-gil.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <errno.h>
#include <time.h>
struct wait {
    sem_t go;
    struct wait *next;
};
struct gil {
    pthread_mutex_t lock;
    bool taken, wanted;
    struct wait *first, **last;
};
gil_t *gil_new(void)
{
    gil_t *g = calloc(1, sizeof *g);
    pthread_mutex_init(&g->lock, NULL);
    g->last = &g->first;
    return g;
}
void gil_free(gil_t *g)
{
    pthread_mutex_destroy(&g->lock);
    free(g);
}
void gil_take(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    if (!g->taken) {
        g->taken = true;
        pthread_mutex_unlock(&g->lock);
        return;
    }
    struct wait w = {.next = NULL};
    sem_init(&w.go, 0, 0);
    *g->last = &w;
    g->last = &w.next;
    pthread_mutex_unlock(&g->lock);
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    long ns = t.tv_nsec + GIL_INTERVAL_MS * 1000000L;
    t.tv_sec += ns / 1000000000L;
    t.tv_nsec = ns % 1000000000L;
    int r;
    while ((r = sem_clockwait(&w.go, CLOCK_MONOTONIC, &t)) != 0 && errno == EINTR)
        ;
    if (r) {
        pthread_mutex_lock(&g->lock);
        g->wanted = true;
        pthread_mutex_unlock(&g->lock);
        while (sem_wait(&w.go))
            ;
    }
    pthread_mutex_lock(&g->lock);
    g->wanted = false;
    pthread_mutex_unlock(&g->lock);
    sem_destroy(&w.go);
}
void gil_drop(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    struct wait *w = g->first;
    if (w) {
        g->first = w->next;
        if (!g->first)
            g->last = &g->first;
        g->wanted = false;
        sem_post(&w->go);
    } else
        g->taken = false;
    pthread_mutex_unlock(&g->lock);
}
bool gil_wanted(gil_t *g)
{
    pthread_mutex_lock(&g->lock);
    bool w = g->wanted;
    pthread_mutex_unlock(&g->lock);
    return w;
}
