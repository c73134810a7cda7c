/* moment: what is true after the first so many events of a run: values, locks, waiters.
 *
 * Worked out from the events alone, so it holds for any moment of a finished run. Strings and
 * references point into the run, which must outlive the moment.
 */
#ifndef SESSION_MOMENT_H
#define SESSION_MOMENT_H

#include "trace/trace.h"

struct moment_value { /* memory somebody has read or written */
    const struct trace_ref *object;
    const struct trace_event *told; /* the event that says so */
    char *text;
    bool changed; /* by the newest events */
    int by;       /* who wrote it last; TRACE_NO_THREAD: only read so far */
};
struct moment_lock { /* a mutex or a read-write lock somebody has used */
    const struct trace_ref *object;
    int process; /* whose copy of it, as in struct trace_ref; `object` may be the one it was copied from */
    int holder;  /* TRACE_NO_THREAD: nobody, or readers */
    bool left;   /* fork copied it while another process had it: nobody can give it back */
    const struct trace_place *since;
    unsigned short readers[TRACE_MAX_THREADS]; /* how often each has it for reading */
};
struct moment_count { /* a semaphore somebody has used */
    const struct trace_ref *object;
    uint64_t value;
    bool changed; /* by the newest events */
};

struct moment {
    struct moment_value *values;
    size_t value_count, value_cap;
    uint32_t *index; /* hash of the place -> value + 1 */
    size_t index_cap;
    struct moment_lock *locks;
    size_t lock_count, lock_cap;
    struct moment_count *counts;
    size_t count_count, count_cap;
    int process_of[TRACE_MAX_THREADS]; /* as in struct trace_thread; 0: not started yet */
    const struct trace_ref *waits_on[TRACE_MAX_THREADS]; /* condition variable; NULL: none */
    int64_t clock_ns;
};

/* After the first `events` events; those from `newest` on count as new. */
void moment_at(struct moment *m, const struct trace_run *run, size_t events, size_t newest);
void moment_fini(struct moment *m);

/* The value an event tells, as text. Caller frees. */
char *moment_value_text(const struct trace_event *ev);
/* Does this event tell a value of the object? */
bool moment_tells(const struct trace_event *ev, const struct trace_ref *object);

bool moment_lock_free(const struct moment_lock *l); /* neither held nor read-held */
/* "lock_a, board (reading)" that a thread holds; NULL when none. Caller frees. */
char *moment_held(const struct moment *m, int tid);
/* The name of an object for people, also without one from symbols, and short: "node->next" without its block. Caller
 * frees. */
char *moment_name(const struct trace_ref *object);
/* The same, and in another process than the first "sold in C": `process` is whose copy is meant. Caller frees. */
char *moment_name_in(const struct trace_state *st, const struct trace_ref *object, int process);
bool moment_same(const struct trace_ref *a, const struct trace_ref *b);
bool moment_is_lock(const struct moment_lock *l, const struct trace_ref *object);

#endif
