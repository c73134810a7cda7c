/* brew-async.h - a brew as a task of an event loop. */
#ifndef BREW_ASYNC_H
#define BREW_ASYNC_H

#include <lab/loop.h>

struct brew {
    const char *name;
    int at;     /* the bookmark: 0 when the task begins. From there on it is yours */
    long until; /* yours too, if you want it: 0 when the task begins */
};

/* The step of a brew; co is its struct brew. Tells that it is brewing, waits 3 seconds without keeping the loop
 * from its other tasks, tells that it is ready, and ends. */
int brew_step(loop_t *l, void *co);

/* Yours to call: prints "Brewing NAME..." */
void tell_brewing(const char *name);
/* Yours to call: prints "NAME is ready..." */
void tell_ready(const char *name);

#endif
