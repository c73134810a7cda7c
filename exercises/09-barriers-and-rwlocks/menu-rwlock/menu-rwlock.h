/* menu-rwlock.h - many may read the menu at a time; who changes it is alone. */
#ifndef MENU_RWLOCK_H
#define MENU_RWLOCK_H

#include <pthread.h>
#include <stdbool.h>

typedef struct {
    pthread_mutex_t lock;   /* protects everything below */
    pthread_cond_t changed;
    int readers;         /* inside */
    bool writing;        /* a writer is inside */
    int writers_waiting; /* outside */
} rw_t;

/* A lock that nobody holds. Called once for each lock, before anybody uses it. */
void rw_init(rw_t *l);

/* Any number of readers may be inside at once, or one writer. A reader that comes while a writer is inside
 * or waits for its turn lets the writer go first. */
void rw_rdlock(rw_t *l);
void rw_rdunlock(rw_t *l);
void rw_wrlock(rw_t *l);
void rw_wrunlock(rw_t *l);

#endif
