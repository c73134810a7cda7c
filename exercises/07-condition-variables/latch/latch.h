/* latch.h - opens when n things have happened, and stays open. */
#ifndef LATCH_H
#define LATCH_H

#include <pthread.h>

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t open;
    int left; /* how many are missing; under the lock */
} latch_t;

void latch_init(latch_t *l, int n); /* n = 0: it is open */
/* One of the n has happened. When it is open, this does nothing. Does not wait for the others. */
void latch_down(latch_t *l);
/* Waits until the latch is open. Any number of threads may wait. */
void latch_wait(latch_t *l);

#endif
