/* burners.h - at most k fetches at a time. */
#ifndef BURNERS_H
#define BURNERS_H

#include <semaphore.h>

typedef struct {
    sem_t tokens; /* one for each fetch that may start now */
} limiter_t;

/* At most k (1 or more) fetches at a time go through this limiter. Called once, before any fetch. */
void limiter_init(limiter_t *l, int k);

/* Fetches `url` and returns what fake_get returned. Any number of threads may call it at once: k of them
 * fetch, the others wait for their turn. It waits for as long as it takes, also if a wait is interrupted. */
int fetch_limited(limiter_t *l, const char *url);

/* Yours to call: asks the server, which takes a second. Returns the length of the answer, or -1 if the
 * server does not answer. */
int fake_get(const char *url);

#endif
