/* world: what the rest of the engine asks of processes, descriptors and their memory; what they are is in kernel.h. */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include "engine/machine/machine.h"

#define LEARNER_UID 1000 /* who runs all processes */

/* ---- processes: see kernel/process.c, kernel/image.c ---- */
void image_load(int process);             /* puts its memory in place; what was there is kept */
void image_fork(const struct thread *parent, const struct thread *child);
/* What the C library keeps for a process and its one thread: the child begins with a copy. */
void keys_fork(const struct thread *from, const struct thread *to);
void cleanups_fork(const struct thread *from, const struct thread *to);
void random_fork(const struct thread *from, const struct thread *to);
void jumps_fork(const struct thread *from, const struct thread *to);
void sems_fork(const struct thread *from, const struct thread *to);
bool process_atquick(void (*fn)(void));   /* false: too many */
void (*process_quick_next(void))(void);   /* takes the last one; NULL: none is left */
const void *image_at(int process, const void *addr); /* where that memory of it is now */
bool process_stack_alive(const char *addr);  /* in a stack of a thread of this process */
const struct thread *process_stack_thread(int slot);
void process_exit(int status, uint64_t pc) __attribute__((noreturn)); /* atexit handlers have run */
void program_leave(int status, uint64_t pc) __attribute__((noreturn)); /* what exit does; see intercept/process.c */
void atfork_fork(int from, int to);       /* pthread_atfork handlers: the child begins with a copy */
void process_killed(int process, int sig, uint64_t pc);    /* it ends now; returns unless it is mine */
/* Where lab_strict_fork asks for it: misuse, unless this process may call what is not async-signal-safe. */
void process_check_safe(const char *what, uint64_t pc);
bool process_others_alive(void);          /* other threads of this process */
const unsigned *process_family(int process); /* another number whenever one of its children was started, ended or waited for */
bool processes_related(int a, int b);      /* parent and child */
int process_leader(int process);
bool process_runs(int process);           /* it has not ended */
bool process_stopped(int process);        /* by a signal */
void process_stop(int process, int sig);  /* by a signal that nothing handles */
bool process_replaced(void);              /* this one became another program */
bool process_only(void);                  /* there never was another process */
/* Of several processes: in the area for that, or what of the C library all of them share, such as named semaphores. */
static inline bool library_shares(const void *addr)
{
    return lies_in(addr, engine.tls_area + (size_t)MAX_THREADS * TLS_SLOT + LIBRARY_PRIVATE, TLS_SLOT - LIBRARY_PRIVATE);
}
static inline bool memory_is_shared(const void *addr)
{
    return lies_in(addr, engine.shared_area, SHARED_SIZE) || library_shares(addr);
}
enum reason shared_check(const char *addr, size_t size);
void cells_reserve(int process);          /* where there are none yet */
void access_track(int process);           /* its memory may be raced on from now on */
void access_fork(int from, int to);
bool process_atexit(void (*fn)(void));    /* false: too many */
void process_exit_now(void);              /* no handlers, nothing flushed */
void process_digest(struct digest *out);
void process_run_atexit(uint64_t pc);     /* once; and what stdio holds back is written */
/* ---- signals: see kernel/handler.c, kernel/kill.c ---- */
static inline uint64_t signal_bit(int sig) { return UINT64_C(1) << (sig - 1); } /* in a set of them */
enum effect { EFFECT_NONE, EFFECT_END, EFFECT_STOP, EFFECT_CONTINUE, EFFECT_HANDLER };
enum effect signal_effect(int process, int sig); /* of one that arrives */
bool process_handles(int process);        /* it has handlers */
uint64_t process_pending(int process);    /* signals for whichever of its threads; bit sig - 1 */
struct signal_origin process_take(int process, int sig);  /* one of them is taken */
void process_signalled(int process, int sig, struct signal_origin from, uint64_t pc); /* arrives for whichever of its threads */
struct signal_origin origin_here(int code); /* sent by the running thread's process */
bool handler_due(const struct thread *t);    /* a handler may run before its announced operation, or break it */
bool handler_breaks(const struct thread *t); /* it waits in a call that then gives up */
bool handler_overdue(const struct thread *t); /* it has to be run first */
void handler_look(struct thread *t);      /* t has announced an operation, or a signal has come for it */
void handler_sent(int process, int sig, bool by_me); /* to it or one of its threads, and it is pending now */
void handler_learn(void);                 /* I may know now that a signal was sent to me */
void handler_catch_up(uint64_t pc);       /* then its handler runs before I go on */
/* The choice that brought me here was one of the two. */
static inline bool handler_chosen(void) { return engine.run.variant == CHOICE_HANDLER || engine.run.variant == CHOICE_BREAK; }
bool handler_interrupt(void);             /* runs it; true: my announced operation is not to be done, see broken */
void handlers_run(uint64_t pc);           /* those of all signals that are pending and not blocked, now */
uint64_t signal_steers(const struct thread *t, int variant); /* processes any of whose steps its step has to do with */
void handler_access(const void *addr, unsigned size, bool write); /* mine, a plain one */
bool call_broken(void);                   /* by a handler: errno is EINTR then */
struct trace_ref shared_ref(const void *addr);
void streams_flush(uint64_t pc);          /* of stdio; at exit */

/* ---- kernel: see kernel/kernel.h ---- */
void kernel_reset(void);
bool kernel_digest(struct digest *out); /* false: some of its state is unknown to it */
int64_t kernel_due(const struct thread *t); /* when time alone ends what t waits for, its own deadline left out; NEVER */
/* Operations that have to do with the kernel; of others it knows nothing: no time, no choices, touching nothing. */
static inline bool kernel_concerns(enum event_kind k)
{
    switch (k) {
    case EVENT_OPEN:
    case EVENT_FORK:
    case EVENT_EXIT:
    case EVENT_EXEC:
    case EVENT_WAIT:
    case EVENT_GETPPID:
    case EVENT_KILL:
    case EVENT_CLOSE:
    case EVENT_POLL:
    case EVENT_FD_SET:
    case EVENT_FD_READ:
    case EVENT_FD_WRITE:
        return true;
    default:
        return false;
    }
}
static inline int64_t wake_time(const struct thread *t) /* when time alone ends what t waits for; NEVER */
{
    int64_t due = kernel_concerns(t->op.kind) ? kernel_due(t) : NEVER;
    return due < t->deadline ? due : t->deadline;
}
int64_t alarm_due(void);                 /* of the first alarm; NEVER */
bool alarm_may_ring(const struct thread *t); /* that of the process whose first thread t is, before its time */
void alarm_rings(struct thread *t);
void kernel_time_passed(void);              /* engine.run.now has moved */
/* In how many ways t's announced operation may go; each but the first costs *ret_cost more. */
int kernel_choices(const struct thread *t, int *ret_cost);
int kernel_ready(const struct thread *t); /* entries of the set it is about to ask that are ready; 0: it asks none */
bool kernel_may_interrupt(const struct thread *t);
/* Was the step that was just chosen my call being interrupted while it waited for `what`? Then errno is EINTR. */
bool call_interrupted(const void *what);
/* What t's announced operation has to do with: a bit each, several things may share one. */
uint64_t kernel_touches(const struct thread *t);
/* It waits for events, and takes none away from others. */
bool kernel_only_looks(const struct thread *t);
bool kernel_owns(const void *addr);
uint64_t kernel_state(const void *addr);        /* of its own: what a loop would see change */
struct trace_ref kernel_ref(const void *addr);  /* of its own, named */
/* Why t, blocked for ever in a call of the kernel's, is: REASON_NONE when it is not in one. *ret_other: who has
 * to do with it, or left alone. */
enum reason kernel_stuck(const struct thread *t, int *ret_other);
/* The loop thread came back from `op`, or never went: see lab_loop. */
void kernel_loop_check(struct thread *t);

#endif
