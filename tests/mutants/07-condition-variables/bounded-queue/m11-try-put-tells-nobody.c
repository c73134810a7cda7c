/* mutant: try_put does not signal
 * expect: DEADLOCK in try_put_wakes
 * belief: M08 whoever waits notices by himself */
#include "bounded-queue.h"

#include <pthread.h>
#include <stdlib.h>

struct bounded_queue {
    pthread_mutex_t lock;
    pthread_cond_t items, room; /* there is an item; there is room */
    size_t cap, n, first;       /* n items, the oldest in slots[first]; under the lock */
    void **slots;
};

bq_t *bq_new(size_t cap)
{
    bq_t *q = malloc(sizeof *q);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->items, NULL);
    pthread_cond_init(&q->room, NULL);
    q->cap = cap;
    q->n = q->first = 0;
    q->slots = malloc(cap * sizeof *q->slots);
    return q;
}

/* The lock is held, and there is room. */
static void append(bq_t *q, void *item)
{
    q->slots[(q->first + q->n++) % q->cap] = item;
}

/* The lock is held, and there is an item. */
static void *take_first(bq_t *q)
{
    void *item = q->slots[q->first];
    q->first = (q->first + 1) % q->cap;
    q->n--;
    return item;
}

void bq_put(bq_t *q, void *item)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->room, &q->lock);
    append(q, item);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
}

void *bq_get(bq_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    void *item = take_first(q);
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return item;
}

bool bq_try_put(bq_t *q, void *item)
{
    pthread_mutex_lock(&q->lock);
    bool room = q->n < q->cap;
    if (room) {
        append(q, item);
    }
    pthread_mutex_unlock(&q->lock);
    return room;
}

size_t bq_len(bq_t *q)
{
    pthread_mutex_lock(&q->lock);
    size_t n = q->n;
    pthread_mutex_unlock(&q->lock);
    return n;
}

void bq_free(bq_t *q)
{
    pthread_cond_destroy(&q->items);
    pthread_cond_destroy(&q->room);
    pthread_mutex_destroy(&q->lock);
    free(q->slots);
    free(q);
}
