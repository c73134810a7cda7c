/* pick-the-tool.h - from what was measured to the tool that fits. */
#ifndef PICK_THE_TOOL_H
#define PICK_THE_TOOL_H

#include <stdbool.h>

enum tool {
    KEEP_SIMPLE,     /* one thing after the other */
    EVENT_LOOP,      /* one thread, many waits */
    THREAD_POOL,     /* some threads that wait, and a limit on their number */
    LOOP_AND_POOL,   /* a loop in front, a pool for the calls that block */
    LOOP_AND_WORKERS, /* a loop in front, workers for what computes */
    THREADS,         /* one for each core, sharing as little as possible */
    PROCESSES        /* with memory of their own */
};

/* What is known of a program that does one thing after the other. */
struct profile {
    const char *what;
    double wall;          /* seconds it takes */
    double cpu;           /* seconds of them in which a core worked: user + sys */
    int waits;            /* how many of its waits could be in progress at once */
    bool pollable;        /* all it waits for can be polled: sockets, pipes, timers */
    bool blocking_lib;    /* a library in between knows only calls that block */
    bool needs_isolation; /* a part may crash, or must not see the memory of the rest */
    bool gil;             /* threads compute one at a time: Python with its GIL */
    double work_us;       /* one piece of the work, as it could be handed over: microseconds */
};

/* Where the lines are drawn. Somebody has to. */
#define TINY_US 100      /* a piece that takes less is not worth handing over */
#define FAST_ENOUGH 0.1  /* seconds: a program that takes less is not worth the trouble */
#define COMPUTES 0.8     /* cpu is at least this part of wall: it computes */
#define WAITS 0.2        /* at most this part: it waits; in between it does both */
#define MANY_WAITS 200   /* this many or more: a thread for each is no longer a good plan */

/* The tool for this profile, by the flowchart of lesson 16. */
enum tool choose(const struct profile *p);

#endif
