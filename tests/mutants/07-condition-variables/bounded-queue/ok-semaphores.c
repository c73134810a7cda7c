/* ok: two semaphores count the items and the places */
#include "bounded-queue.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct bounded_queue {
    pthread_mutex_t m;
    sem_t items, room;
    size_t cap, n, first;
    void *slots[];
};

bq_t *bq_new(size_t cap)
{
    bq_t *q = malloc(sizeof *q + cap * sizeof(void *));
    pthread_mutex_init(&q->m, NULL);
    sem_init(&q->items, 0, 0);
    sem_init(&q->room, 0, (unsigned)cap);
    q->cap = cap;
    q->n = q->first = 0;
    return q;
}

static void append(bq_t *q, void *item)
{
    pthread_mutex_lock(&q->m);
    q->slots[(q->first + q->n++) % q->cap] = item;
    pthread_mutex_unlock(&q->m);
    sem_post(&q->items);
}

void bq_put(bq_t *q, void *item)
{
    sem_wait(&q->room);
    append(q, item);
}

bool bq_try_put(bq_t *q, void *item)
{
    if (sem_trywait(&q->room) != 0)
        return false;
    append(q, item);
    return true;
}

void *bq_get(bq_t *q)
{
    sem_wait(&q->items);
    pthread_mutex_lock(&q->m);
    void *item = q->slots[q->first];
    q->first = (q->first + 1) % q->cap;
    q->n--;
    pthread_mutex_unlock(&q->m);
    sem_post(&q->room);
    return item;
}

size_t bq_len(bq_t *q)
{
    pthread_mutex_lock(&q->m);
    size_t n = q->n;
    pthread_mutex_unlock(&q->m);
    return n;
}

void bq_free(bq_t *q)
{
    sem_destroy(&q->items);
    sem_destroy(&q->room);
    pthread_mutex_destroy(&q->m);
    free(q);
}
