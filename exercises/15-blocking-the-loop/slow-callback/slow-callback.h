/* slow-callback.h - who keeps the loop from serving the others? */
#ifndef SLOW_CALLBACK_H
#define SLOW_CALLBACK_H

#include <lab/loop.h>

/* From now on report(name, ms) is called for each step of a task that took longer than limit_ms, right after it:
 * with the name of the task and the milliseconds it took. The time that the loop itself waits for events is
 * nobody's. Called once in a program, before loop_run. Memory that it allocates goes into l->user; whoever made the
 * loop gives that to free(). */
void loop_watch(loop_t *l, int limit_ms, void (*report)(const char *name, int ms));

#endif
