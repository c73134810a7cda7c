/* two-stalls.h - each stall has one place to brew, and several baristas. */
#ifndef TWO_STALLS_H
#define TWO_STALLS_H

#include <pthread.h>

typedef struct {
    pthread_mutex_t lock; /* protects: barista */
    int barista;          /* how many are brewing at this stall: 0 or 1 */
} stall_t;

/* Makes `s` a stall at which nobody brews. The first call for a stall; no other thread knows it. */
void stall_init(stall_t *s);

/* One cup at stall `s`: counts a barista in, brews for `ms`, and counts the barista out. Waits
 * until the place is free. Baristas at different stalls do not wait for each other. */
void serve(stall_t *s, int ms);

/* Yours to call: stands at the place and brews for `ms`. Looks at s->barista, which must be 1. */
void brew_at(stall_t *s, int ms);

#endif
