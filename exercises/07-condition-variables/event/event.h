/* event.h - something that has happened, or not yet; threads can wait for it. */
#ifndef EVENT_H
#define EVENT_H

#include <pthread.h>
#include <stdbool.h>

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* measures by CLOCK_MONOTONIC */
    bool set;               /* under the lock */
} event_t;

void event_init(event_t *e); /* not set */
/* It has happened. All who wait go on, and whoever comes later does not wait. */
void event_set(event_t *e);
/* Not set any more; from now on one waits for the next event_set. */
void event_clear(event_t *e);
/* Waits until the event is set, but at most `timeout_ms` milliseconds (0 or more). Returns true if it is
 * set, before or meanwhile; false if the time is over and it is not set. */
bool event_wait(event_t *e, int timeout_ms);

#endif
