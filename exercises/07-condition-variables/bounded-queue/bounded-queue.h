/* bounded-queue.h - a queue with a limited number of places, between threads. */
#ifndef BOUNDED_QUEUE_H
#define BOUNDED_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bounded_queue bq_t;

bq_t *bq_new(size_t cap); /* empty, with `cap` places; at least 1 */
/* Appends the item. Waits while the queue is full. The item itself is never touched: it passes from
 * whoever puts it to whoever gets it, and may be any pointer, NULL as well. */
void bq_put(bq_t *q, void *item);
/* Takes the oldest item out. Waits while the queue is empty. */
void *bq_get(bq_t *q);
/* Appends the item and returns true; or returns false if the queue is full. Does not wait for a place. */
bool bq_try_put(bq_t *q, void *item);
size_t bq_len(bq_t *q); /* how many items are in it at this moment */
/* Gives the memory back. Nobody uses the queue any more, and it is empty. */
void bq_free(bq_t *q);

#endif
