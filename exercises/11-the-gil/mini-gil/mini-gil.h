/* mini-gil.h - one lock for a whole interpreter, handed over when somebody has asked for it. */
#ifndef MINI_GIL_H
#define MINI_GIL_H

#include <stdbool.h>

enum { GIL_INTERVAL_MS = 5 }; /* so long a waiting thread waits before it asks */

typedef struct gil gil_t; /* in mini-gil.c: what it needs is up to you */

/* A lock that nobody holds. gil_free: nobody holds it or waits for it any more. */
gil_t *gil_new(void);
void gil_free(gil_t *g);

/* Takes the lock, waiting for it as long as another thread has it. Who has waited for GIL_INTERVAL_MS
 * asks for it. */
void gil_take(gil_t *g);

/* Gives the lock back, which the caller holds. If somebody has asked for it, returns only when another thread has
 * taken it: who gives way must not be the one who gets it again. If nobody has asked it never waits. */
void gil_drop(gil_t *g);

/* Asked by the holder at its safe points: has somebody asked for the lock since the holder took it? */
bool gil_wanted(gil_t *g);

#endif
