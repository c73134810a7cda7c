/* kill-the-queues.h - a bounded queue of which you see only what it promises. */
#ifndef KILL_THE_QUEUES_H
#define KILL_THE_QUEUES_H

#include <stddef.h>

typedef struct queue queue_t;

queue_t *queue_new(size_t cap);      /* empty, with `cap` places; 1 to 4 */
void queue_put(queue_t *q, int cup); /* appends the cup; waits while the queue is full */
int queue_get(queue_t *q);           /* takes the cup that came first; waits while the queue is empty */
void queue_free(queue_t *q);         /* nobody uses the queue any more */

/* Yours. Uses one or more queues and checks what they promise. It must hold with every queue that is right, in every
 * interleaving; with a queue that is broken some interleaving of it must fail. */
void test(void);

#endif
