/* native: the learner's plugin on real threads, for demos.
 *
 * The same plugin file the engine explores, or one compiled at full speed, is loaded here, and
 * every call of calls.def goes to the real libc. Calls that make, join, block or end threads, sleep or print
 * also leave an event in the thread's lane (trace/lanes.h), which the app draws while the
 * program runs.
 *
 * Invariants: a thread writes only to its own ring, and finds its place there from private
 * memory, so logging takes no lock and nothing in the shared map is ever believed. A wrapper
 * leaves errno as libc left it. Only __wrap_* symbols are exported (and epoll_wait and epoll_pwait, for libuv): a
 * learner may call a function `main`, `say` or `log_event` without meeting ours.
 */
#ifndef ENGINE_NATIVE_NATIVE_H
#define ENGINE_NATIVE_NATIVE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/lanes.h"

/* Marks a definition as the one plugins call. */
#define EXPORT __attribute__((visibility("default")))

/* ---- lanes.c: the log ------------------------------------------------------ */

/* Maps the log passed as descriptor `fd` and closes it. When there is none (or something else is
 * open there) the program runs without a log. */
void lanes_init(int fd);
bool lanes_open(void); /* is there a log? */

/* One learner thread. Lanes are given in order of creation. */
struct native_thread {
    struct lane *lane; /* NULL: no log, or more threads than lanes */
    uint64_t head;     /* events logged by this thread; the map's copy is never read */
    unsigned number;   /* 0 = main */
    uint64_t marked_ns, cpu_ns; /* of the last RAN */
    bool unseen;       /* logs nothing from now on */
};

/* The calling thread's record; NULL in a thread that is none of ours. */
struct native_thread *lanes_self(void);
/* Makes a record for the thread to be created by the caller, not yet visible to readers. */
struct native_thread *lanes_thread_new(void);
/* The thread was made (true: readers see its lane) or could not be (false: frees it). Calls
 * come in pairs, serialised by the caller. */
void lanes_thread_made(struct native_thread *t, bool made, pthread_t id);
/* After fork, in the child: `t` is its lane; threads and processes it makes have none. */
void lanes_forked(struct native_thread *t);
/* A process was waited for: its lane has ended, if it did not say so itself. */
void lanes_process_over(unsigned number);
/* First and last thing a thread does. After `end` it logs nothing, and lanes_self is NULL. */
void lanes_thread_start(struct native_thread *t);
void lanes_thread_end(void);
/* Number of the newest thread with that id, or UINT64_MAX; and: that thread was joined, so that its
 * id may belong to another from now on. */
uint64_t lanes_number_of(pthread_t id);
void lanes_joined(uint64_t number);

void lanes_event(enum lane_kind kind, uint64_t object, uint32_t detail);
/* The same for a lane that stands for a task; only the thread that runs it may do so. */
void lanes_task_event(struct native_thread *t, enum lane_kind kind, uint64_t object, uint32_t detail);
void lanes_task_name(struct native_thread *t, const char *name);
void tasks_forked(void); /* in the child */
/* How much of the time since the last mark the thread had a core: an event, if that was long enough
 * ago. Called by lanes_event, and by what computes for long without any event. */
void lanes_mark(void);
void lanes_name(const char *name);
/* The calling thread logs no further events. */
void lanes_unseen(void);
/* Text is cut to fit. Without a log it is printed instead. */
void lanes_fact(enum fact_kind kind, const char *text, double value, const char *unit);
void lanes_sample(const char *histogram, double value);

uint64_t now_ns(void); /* CLOCK_MONOTONIC */
uint64_t own_cpu_ns(void); /* of the calling thread */

/* ---- around fork: nobody else is inside while `hold` --------------------------------- */

void threads_hold(bool hold);
void scenario_hold(bool hold);
void memory_hold(bool hold);

/* ---- scenario.c: check.c files on real threads ------------------------------- */

/* Runs one scenario; returns the exit status: 0 it held, 1 it did not. */
struct lab_scenario;
int scenario_run(const struct lab_scenario *s);
bool scenario_running(void);
/* Asked by pthread_create: 0, or the error this call has to fail with. */
int scenario_create_fault(void);
/* Asked by fork: is this one to fail? */
bool scenario_fork_fails(void);
/* +1 before a thread is made, -1 when it could not be; and: one that was made has ended. */
void scenario_thread_count(int n);
void scenario_thread_joined(void);
void scenario_thread_ended(void);

/* Exits with the status, as exit(3), after the caller's lane ended. */
_Noreturn void native_exit(int status);

#endif
