/* heartbeat-stop.h - a thread that beats at intervals until it is told to stop. */
#ifndef HEARTBEAT_STOP_H
#define HEARTBEAT_STOP_H

#include <pthread.h>
#include <stdbool.h>

/* A request to stop, for which a thread can wait. The lab gives you this; see stop.c. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool stopped;
} stop_t;

void stop_init(stop_t *s);
/* Waits for `ms` milliseconds, or until somebody calls stop_now. Returns true if it was called, before
 * or meanwhile. */
bool stop_wait(stop_t *s, int ms);
void stop_now(stop_t *s);
void stop_destroy(stop_t *s);

/* One heartbeat. You say what is in it. */
typedef struct heartbeat hb_t;

/* Starts a thread that calls beat(arg) at once, and then every `period_ms` milliseconds. Returns the
 * heartbeat, or NULL if there is no thread to be had. */
hb_t *hb_start(int period_ms, void (*beat)(void *), void *arg);

/* Stops the heartbeat, also when it is between two beats: it does not wait for the next one. When this
 * returns, its thread has ended, beat will not be called again, and all memory is given back. */
void hb_stop(hb_t *hb);

#endif
