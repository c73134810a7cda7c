/* state: what the engine is made of while it runs a program: threads and what they announced, objects, the shadow of
 * memory, one run, its settings, and the one struct that holds them all. Only data; what is done with it is in the
 * headers that engine.h gathers.
 *
 * Invariant: all that belongs to one run is in struct run, in the threads and objects, and is put back by run_reset;
 * what outlives a run is in struct engine.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include <time.h>

#include "trace/trace.h"

#define MAX_THREADS TRACE_MAX_THREADS
#define MAX_FRAMES 512      /* call depth remembered */
#define MAX_HELD 16         /* mutexes held at once, remembered for reports */
#define STACK_SIZE (8 * 1024 * 1024) /* as Linux gives a thread by default */
#define STACK_SLOT (64 * 1024 * 1024) /* its address space: what lies below the stack cannot be touched */
#define TLS_SLOT (16 * 1024) /* thread-local storage of one thread; errno in its first bytes */
#define TLS_COPY 64          /* where in a slot the thread's copy of the variables begins */
#define HEAP_PER_THREAD (UINT64_C(16) << 20)
#define HEAP_LIMIT HEAP_PER_THREAD /* bytes a process may hold at once */
#define HEAP_MACHINE (UINT64_C(4) << 30) /* more than this a machine may not have at all: malloc says so */
#define SHARED_SIZE (UINT64_C(64) << 20) /* of all memory that processes share */
#define OUTPUT_KEEP (64 * 1024)
#define OUTPUT_LIMIT (1024 * 1024)
#define STEP_LIMIT 1000000  /* visible operations in one run */
#define POLL_LIMIT 200      /* ... without effect, after which a thread gives the turn away */
#define SOLO_LIMIT 4000    /* ... of any kind in a row, likewise */
#define EARLY_LIMIT 2       /* sleeps and time-outs of one thread that end early in a run, while exploring */
#define ACCESS_LIMIT UINT64_C(50000000) /* instrumented accesses between two visible operations */
#define LONG_ACCESS 2 /* bytes of a range that take as long as an access */
#define START_CLOCK_NS INT64_C(0)
#define NEVER INT64_MAX

/* ---- machine/fiber: switching between stacks ----------------------------- */

struct fiber {
    void *sp; /* saved stack pointer; the rest is on the stack */
};
/* Saves the running context in `from` and continues `to`. */
void fiber_switch(struct fiber *from, struct fiber *to);
/* Makes `f` a context that will call entry() on the stack that ends at `top`; entry never returns. */
void fiber_init(struct fiber *f, void *top, void (*entry)(void));

/* ---- threads -------------------------------------------------------------- */

struct thread;

/* An announced operation. */
struct op {
    enum event_kind kind;
    void *object, *object2;
    uint64_t value;
    uint64_t pc;                             /* absolute */
    bool (*enabled)(const struct thread *);  /* NULL: always */
    uint64_t with; /* of what else it will use once chosen, and only the engine's own frames know: see op_with */
};

struct frame {
    uint64_t call_pc; /* absolute; where it was called from */
    uint64_t fp;      /* frame pointer of the function entered */
    bool touched;     /* locals whose address escapes were accessed */
};

struct spin_read { /* what a loop looked at, see machine/spin.c */
    const void *addr;
    uint64_t value;
    unsigned size; /* 0: the state of a lock, see object_state */
};
#define SPIN_READS 24
struct spin {
    uint64_t pc, hash;   /* the anchor: a step, and the stack there; pc 0: none */
    const void *addr;
    bool armed;          /* hash is known, reads are collected */
    uint64_t count, next;/* steps without effect; when to move the anchor */
    int least_held; /* locks held, at least, since armed */
    struct spin_read reads[SPIN_READS];
    int read_count;      /* may exceed SPIN_READS: too many to wait for */
};

struct thread {
    /* who */
    int tid;
    bool alive, started, ended, detached, joined, joining;
    int created_by;
    bool of_test; /* the scenario runs in it: main, and what lab_go started */
    void *(*start)(void *);
    void *arg, *result;
    uint64_t create_pc;
    char name[16];
    /* where */
    struct fiber fiber;
    struct thread *eager_return; /* set while it runs to its first point for its creator */
    char *stack, *tls;           /* lowest addresses; the stack is the top of its slot */
    int early_used;              /* sleeps and time-outs that ended early */
    uintptr_t learner_sp;        /* of the learner's frame when it last entered the engine */
    bool entered;                /* ... and has accessed nothing since */
    uintptr_t lowest_sp;         /* deepest the stack went in this run */
    struct frame frames[MAX_FRAMES];
    int depth;                   /* may exceed MAX_FRAMES: then only counted */
    uint64_t left_pc;            /* where it left its outermost function */
    /* what next */
    struct op op;
    const void *expects;         /* ATOMIC_RMW: it stores only if this is there; NULL: always */
    bool yielded;                /* its last operation gave the turn away: no preemption */
    int polls;                   /* operations since it last did something that others can see, or gave the turn away */
    bool signalled;              /* COND_WAIT: somebody woke it */
    bool missed;                 /* COND_WAIT: the last signal came before, and this is its first chance since */
    struct { void *mutex; int at; } left; /* the mutex it gave up last, and the step */
    bool cancelled, uncancellable, cancel_woken, ending; /* see sync/cancel.c */
    void *sem_taken;             /* the semaphore it took from last and has not posted since */
    int policy;                  /* SCHED_OTHER ..., and on which cores; 0: all: see sync/scheduling.c */
    uint64_t cores;
    struct signal_origin { int code, pid, status; } taken; /* of the signal it took last, as siginfo_t tells it */
    uint64_t sig_blocked, sig_pending; /* bit sig - 1, see sync/signals.c */
    int64_t deadline;            /* WAKE, and waits with a time-out: virtual time, else NEVER */
    int process;                 /* see kernel/ */
    bool interruptible;          /* its announced operation may fail with EINTR */
    enum breaks { BREAKS_NOT, BREAKS_UNLESS_RESTARTED, BREAKS } breaks; /* ... when a handler runs */
    bool broken;                 /* ... and so it did */
    bool mask_lent;              /* it waits with a mask for just as long as it waits */
    bool overdue;                /* a signal came while it was blocked: its handler runs before anything else */
    bool begun;                  /* time has passed while it was blocked: it is in the call for certain */
    bool too_early;              /* it waits in pause, and a handler ran just before */
    int handlers;                /* that run in it, one in the other */
    const char *unsafe;          /* since its last step it called this, or such a thing; NULL: nothing */
    uintptr_t stopped_sp;        /* learner_sp, when the outermost handler that runs began */
    const char *stopped_in;      /* ... when the handler that runs began */
    int64_t worked;              /* lab_work: ns of a core it has had */
    bool computes;               /* it has a core: what it announces, WAKE, is the end of that */
    struct { int64_t limit, beat, since; int turns; } loop; /* lab_loop: ns; limit 0: it is no event loop; turns since
                                                            * time has passed */
    int holds_core;
    bool quiet;                  /* checker code runs: accesses are not looked at */
    /* happens-before */
    uint32_t vc[MAX_THREADS];
    /* mutexes held, for reports */
    struct { void *mutex; uint64_t pc; } held[MAX_HELD];
    int held_count;
    /* endless loops */
    uint64_t accesses, volume;   /* since the last visible operation; long ones weigh more, see LONG_ACCESS */
    int clock_reads;             /* one after the other, with nothing else in between */
    bool await;                  /* it goes round a loop: wait until something it read changes */
    struct spin spin;
    /* heap */
    uint64_t alloc_count;
    char *heap_next;
    /* plain accesses that may still race with others' next step, see machine/digest.c */
    uint64_t open, closed;
    uint64_t within; /* of the frames of a wrapped call that accesses memory */
};

/* What an acquirer learns from the releases before: for data races, and for dpor.c. */
struct release {
    uint32_t vc[MAX_THREADS];
    int16_t order[MAX_THREADS];
};

/* ---- objects: what the engine knows about a mutex, condvar, once, atomic -------- */

enum object_kind { OBJECT_NONE, OBJECT_MUTEX, OBJECT_COND, OBJECT_ONCE, OBJECT_ATOMIC, OBJECT_SEM, OBJECT_RWLOCK,
                   OBJECT_BARRIER, OBJECT_SPINLOCK };

struct object {
    uint32_t run; /* valid when == run.id */
    int space;    /* the process whose address it is; SPACE_SHARED */
    bool shared;  /* made for use by several processes */
    int process;  /* the one that used it first */
    enum object_kind kind;
    void *addr;
    bool destroyed;
    /* mutex */
    int type;            /* PTHREAD_MUTEX_NORMAL ...; of a rwlock, whom it prefers */
    int owner;           /* tid or -1 */
    int count;           /* recursive depth; of a rwlock that prefers writers, how many wait */
    uint64_t owner_pc;
    bool owner_ended;
    bool robust, orphaned, lost; /* see mutex.c */
    int ceiling;         /* of a PTHREAD_PRIO_PROTECT mutex; 0: none */
    int waiter_count;    /* of waiters */
    void *mutex;         /* the one its waiters use */
    clockid_t clock;     /* what its deadlines are measured on */
    int lost_at;         /* the step of the last signal, if it met nobody */
    /* once: 0 not yet, 1 running, 2 done */
    int once_state, once_runner;
    /* semaphore: its count; barrier: its round, and how many it takes */
    uint64_t value;
    unsigned needed;
    struct release vc[1]; /* what its releases happened after */
    /* What follows means something only where the above says so. */
    int waiters[MAX_THREADS]; /* condvar, barrier: who waits, in order of arrival; rwlock: who reads */
    struct release readers_vc[1]; /* rwlock: what its readers' releases happened after */
};

/* ---- memory shadow -------------------------------------------------------------- */

struct record {
    union {
        struct {
            uint32_t clk;
            uint32_t pc; /* offset in the plugin */
            uint8_t tid, locks; /* locks: index+1 into run.locksets in record mode */
            uint8_t mask, how;  /* bytes of the granule; enum access */
        };
        struct {
            uint64_t when;
            uint16_t who, what; /* tid and locks; mask and how */
        };
        uint64_t words[2]; /* the same, to be made and moved at once */
    };
};
#define CELL_RECORDS 4
struct cell { /* one granule of 8 bytes */
    uint32_t run;
    uint8_t count;
    uint8_t promoted; /* bytes whose accesses are scheduling points; survives runs */
    uint8_t shared;   /* bytes that threads share, see REQUEST_SHARED */
    struct record r[CELL_RECORDS];
    struct cell_more *more;
};
struct cell_more {
    struct cell_more *next;
    struct record r;
};

/* ---- one run --------------------------------------------------------------------- */

struct lockset { int n; void *mutex[MAX_HELD]; };

struct race_note { /* a race in terms of this run */
    void *addr;
    unsigned size;
    struct record first, second;
};

struct run {
    uint32_t id;
    struct thread *me;    /* running now; NULL outside learner code */
    int thread_count;
    bool over;
    struct trace_failure *failure; /* owned by explore; filled by fail() */
    bool failed;
    bool soft;            /* the failure is only worth telling if nothing else is found */
    int exit_status;
    bool undigested;      /* it used something whose state is not in the digest: signals, named semaphores */
    bool deliberate;      /* not main ended it: nobody could have joined the others first */
    /* time */
    int64_t now, wall_jump; /* lab_jump_wall_clock: how far the wall clock was set forward */
    int busy_cores;
    uint64_t computed; /* bit for each thread that has asked for a core */
    bool used_time, used_cond, used_trylock, used_output, used_cancel, used_kernel;
    bool used_alarm;
    bool handling; /* it has installed a handler */
    bool catching_up; /* some thread has a handler to run before it goes on, see handler_catch_up */
    bool handled_more; /* it added to engine.handled */
    bool observed; /* it asked for something that depends on the order of steps that do not conflict */
    /* decisions */
    bool ordered;         /* the strategy's: order between steps is kept */
    bool stops;           /* a process was stopped: it may be still */
    uint64_t tracked;     /* processes whose memory may be raced on, a bit each */
    int steps;            /* visible operations executed */
    uint64_t accesses;    /* plain ones */
    int choices;          /* decisions taken (nodes) */
    int cost, preemptions, switches;
    int turns, ops;       /* visible operations done, and how often another thread did the next one */
    int last_op_tid;
    int unusual;          /* signals that woke another waiter than the first */
    int last_tid;         /* who took the last decision, -1 at the start */
    int spurious_used;
    bool early_capped; /* a sleeper was not woken early: it had been EARLY_LIMIT times */
    bool free_switch;     /* the next decision preempts nobody */
    int variant;          /* of the decision that is being executed */
    bool decision, preemption; /* of the next event */
    bool cut;             /* stopped without a verdict: unfair schedule, or by the strategy */
    bool lasso;           /* cut because one thread went round while others could go on */
    int last_ran[MAX_THREADS]; /* steps when each thread last ran */
    int solo;             /* steps in a row of the thread that goes on */
    bool unfair;          /* a thread was kept waiting for a quarter of STEP_LIMIT, or may have been */
    /* output */
    size_t output_len, output_total;
    /* lab_* */
    int started, at_once;
    int concurrency;      /* pthread_setconcurrency */
    int fail_create_in, fail_create_error; /* -1: none */
    int fail_fork_in;     /* -1: none */
    bool exec_clean;      /* lab_exec_clean */
    bool strict_fork;     /* lab_strict_fork */
    int short_io, interrupts; /* how many more of them this run may meet */
    size_t pipe_room;     /* of pipes to come; 0: as much as on Linux */
    int enough;           /* preemptions, see lab_preemptions; 0: all */
    bool (*invariant)(void);
    const char *invariant_message;
    bool no_polling;
    /* records */
    struct lockset locksets[256];
    int lockset_count;
};

/* How points are chosen in this run. */
enum style {
    STYLE_EXPLORE, /* decisions only where the order matters */
    STYLE_EVERY    /* every visible operation is a step: drives, replays */
};

struct chooser {
    const char *name;
    /* Chooses one of n > 0 choices; index, or -1 to stop the run here. */
    int (*pick)(const struct trace_choice *choices, const uint8_t *costs, int n);
    /* Optional, asked before choices are gathered: the choice this strategy knows it will make. */
    bool (*known)(struct trace_choice *out, uint8_t *cost);
    bool ordered; /* it asks what happened before what, see explore/order.h */
};

#define COST_PREEMPTION 1
enum plain_mode {
    PLAIN_RACES,  /* happens-before detection; a race fails the run softly into run races */
    PLAIN_SHARED, /* the same with lock edges left out: finds what threads share */
    PLAIN_OFF     /* accesses are not compared */
};

struct settings { /* of a run; constant while it runs */
    enum style style;
    const struct chooser *strategy;
    enum plain_mode plain;
    bool races_fatal;      /* a race ends the run */
    bool hostile;
    int spurious;          /* budget */
    bool unlock_points;    /* unlocks are scheduling points (some thread uses trylock) */
    bool record;           /* keep every event */
    bool record_accesses;  /* also plain accesses of shared bytes */
    bool record_all;       /* ... and of all others */
    bool output_points;    /* prints are scheduling points (their order is observed) */
    bool digests;          /* states are compared: keep what only run_digest needs */
    uint64_t driven;       /* 0 = everybody */
    int cores;
};

struct ranges {
    struct trace_range *at;
    size_t n, cap;
};

struct cells { /* the shadow of a process's memory */
    struct cell *data, *heap, *stack, *tls;
};

struct engine {
    struct settings set;
    struct run run;
    struct thread threads[MAX_THREADS];
    struct fiber main_fiber;  /* the explorer's own context */
    char output[OUTPUT_KEEP];
    /* the plugin */
    char *base;               /* load address: offset 0 */
    char *data, *data_end;    /* its writable segment */
    char *image;              /* copy of it */
    char *text, *text_end;    /* all of it */
    char *tls_template;
    size_t tls_file, tls_size, tls_align;
    int (*main)(int, char **);
    char **argv;
    int argc;
    const struct scenario_ref { const char *name, *title, *misconception, *step; int line; void (*run)(void); const char *survived; } *scenario;
    /* regions */
    char *heap, *heap_end, *stacks, *stacks_end, *tls_area, *tls_area_end;
    struct cells *cells;      /* of each process; data NULL: its memory is its main thread's alone, nothing can race */
    struct cell *shared_cells; /* of memory that processes share */
    char *shared_area, *shared_end;
    int space;                /* whose addresses are meant: a process, see look_at */
    int loaded;               /* whose memory is in place now */
    uintptr_t lowest[MAX_THREADS]; /* of each stack, in the last run */
    struct thread *forking;   /* run_once is to make its process */
    bool end_points;  /* the plugin looks whether threads have ended: their ends are decisions */
    /* what plain accesses are scheduling points, for heap blocks not yet allocated */
    struct trace_range *ranges;
    size_t range_count, range_cap;
    bool any_promoted;
    struct ranges shared; /* found by PLAIN_SHARED runs since shared_reset */
    struct ranges handled; /* what handlers and the threads they stop both access, found since this test began */
    /* races met in this run (unique by line pair), and hooks for others */
    struct race_note races[64];
    int race_count;
    const char *answer; /* lab_answer_races in this test */
    bool collect_races; /* set by it: races do not fail */
};
extern struct engine engine;

static inline struct thread *me(void) { return engine.run.me; }
static inline bool lies_in(const void *p, const char *from, size_t size) { return (uintptr_t)p - (uintptr_t)from < size; }
static inline int *learner_errno_at(void) { return (int *)(me()->tls - 64); }
/* What is looked up by address from now on belongs to t's process. */
static inline void look_at(const struct thread *t) { engine.space = t->process; }
/* For calls that fail by errno: sets the learner's, returns -1. */
static inline int learner_errno(int error)
{
    *learner_errno_at() = error;
    return -1;
}

#endif
