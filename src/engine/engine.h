/* engine: what the engine's own files share. Nothing outside src/engine includes it.
 *
 * One OS thread. Each learner thread is a fiber; at every visible operation it announces
 * what it will do and calls point(), which returns when the strategy has chosen it and
 * the operation is enabled. What follows, up to the next point(), is executed at once and
 * nobody else runs. So every primitive is written with four verbs:
 *
 *     announce(op)   fill in me->op
 *     point()        park until chosen
 *     (do it)        change the object, join clocks, note the event
 *     fail(...)      end the run with a verdict
 *
 * Everything that belongs to one run lives in `run` and in the per-thread structs and is
 * put back by run_reset; everything that outlives a run is in `engine`.
 *
 * Race detection: happens-before by vector clocks; each granule of 8 bytes keeps the accesses
 * that are not yet ordered before all others (FastTrack, Flanagan and Freund, PLDI 2009,
 * kept exact by holding every concurrent read).
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <time.h>

#include "trace/trace.h"

#define MAX_THREADS TRACE_MAX_THREADS
#define MAX_FRAMES 512      /* call depth remembered */
#define MAX_HELD 16         /* mutexes held at once, remembered for reports */
#define STACK_SIZE (8 * 1024 * 1024) /* as Linux gives a thread by default */
#define STACK_SLOT (64 * 1024 * 1024) /* its address space: what lies below the stack cannot be touched */
#define TLS_SLOT (16 * 1024) /* thread-local storage of one thread; errno in its first bytes */
#define TLS_COPY 64          /* where in a slot the thread's copy of the variables begins */
#define HEAP_PER_THREAD (UINT64_C(8) << 20)
#define HEAP_LIMIT (UINT64_C(32) << 20) /* bytes a run may have allocated in total */
#define SHARED_SIZE (UINT64_C(64) << 20) /* of all memory that processes share */
#define OUTPUT_KEEP (64 * 1024)
#define OUTPUT_LIMIT (1024 * 1024)
#define STEP_LIMIT 1000000  /* visible operations in one run */
#define EARLY_LIMIT 2       /* sleeps and time-outs of one thread that end early in a run, while exploring */
#define ACCESS_LIMIT UINT64_C(50000000) /* instrumented accesses between two visible operations */
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
    /* what next */
    struct op op;
    const void *expects;         /* ATOMIC_RMW: it stores only if this is there; NULL: always */
    bool yielded;                /* its last operation gave the turn away: no preemption */
    bool signalled;              /* COND_WAIT: somebody woke it */
    bool missed;                 /* COND_WAIT: the last signal came before, and this is its first chance since */
    struct { void *mutex; int at; } left; /* the mutex it gave up last, and the step */
    bool cancelled, uncancellable, cancel_woken, ending; /* see sync/cancel.c */
    void *sem_taken;             /* the semaphore it took from last and has not posted since */
    int policy;                  /* SCHED_OTHER ..., and on which cores; 0: all: see sync/scheduling.c */
    uint64_t cores;
    uint64_t sig_blocked, sig_pending; /* bit sig - 1, see sync/signals.c */
    int64_t deadline;            /* WAKE, and waits with a time-out: virtual time, else NEVER */
    int process;                 /* see kernel/ */
    bool interruptible;          /* its announced operation may fail with EINTR */
    int64_t worked;              /* lab_work: ns of a core it has had */
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
    uint64_t accesses;           /* since the last visible operation */
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
    int type;            /* PTHREAD_MUTEX_NORMAL ... */
    int owner;           /* tid or -1 */
    int count;           /* recursive depth */
    uint64_t owner_pc;
    bool owner_ended;
    bool robust, orphaned, lost; /* see mutex.c */
    int ceiling;         /* of a PTHREAD_PRIO_PROTECT mutex; 0: none */
    /* condvar, barrier: who waits, in order of arrival; rwlock: who reads */
    int waiters[MAX_THREADS];
    int waiter_count;
    void *mutex;         /* the one its waiters use */
    clockid_t clock;     /* what its deadlines are measured on */
    int lost_at;         /* the step of the last signal, if it met nobody */
    /* once: 0 not yet, 1 running, 2 done */
    int once_state, once_runner;
    /* semaphore: its count; barrier: its round, and how many it takes */
    uint64_t value;
    unsigned needed;
    struct release vc[1]; /* what its releases happened after */
    struct release readers_vc[1]; /* rwlock: what its readers' releases happened after */
};

/* ---- memory shadow -------------------------------------------------------------- */

struct record {
    uint32_t clk;
    uint32_t pc; /* offset in the plugin */
    uint8_t tid, mask, write, locks; /* locks: index+1 into run.locksets in record mode */
    uint8_t atomic;
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
    bool observed; /* it asked for something that depends on the order of steps that do not conflict */
    /* decisions */
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
    /* output */
    size_t output_len, output_total;
    /* heap */
    uint64_t heap_total, heap_live;
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
    /* races met in this run (unique by line pair), and hooks for others */
    struct race_note races[64];
    int race_count;
    const char *answer; /* lab_answer_races in this test */
    bool collect_races; /* set by it: races do not fail */
};
extern struct engine engine;

static inline struct thread *me(void) { return engine.run.me; }
static inline int *learner_errno_at(void) { return (int *)(me()->tls - 64); }
/* What is looked up by address from now on belongs to t's process. */
static inline void look_at(const struct thread *t) { engine.space = t->process; }
/* For calls that fail by errno: sets the learner's, returns -1. */
static inline int learner_errno(int error)
{
    *learner_errno_at() = error;
    return -1;
}

/* ---- machine/plugin ---- */
bool plugin_load(const char *path, struct err *e);
struct trace_test_info *plugin_tests(size_t *n); /* scenarios by line; or one "main" */
bool plugin_select(const char *test, struct err *e);
uint32_t plugin_offset(uint64_t pc); /* 0 when outside */

/* ---- machine/run ---- */
/* Runs the selected test once under engine.set; returns when the run is over. */
void run_once(void);
void point(void);                 /* see the head of this file */
void count_op(void);              /* my announced operation is done now */
struct thread *thread_new_bare(uint64_t pc); /* without a stack */
struct thread *thread_new(void *(*start)(void *), void *arg, uint64_t pc); /* NULL: too many */
void thread_end(void *result) __attribute__((noreturn));
void run_end(void) __attribute__((noreturn)); /* the run is over; back to run_once */
/* End the run with a failure. detail may be NULL; it is copied. */
struct failing {
    enum reason reason;
    int other;           /* tid + 1; 0 = nobody */
    void *object;
    unsigned size;
    uint64_t pc, pc2;    /* absolute; pc 0: of the announced operation */
    uint64_t value, value2;
    const char *detail;
};
void fail_with(struct failing f) __attribute__((noreturn));
#define fail(...) fail_with((struct failing){__VA_ARGS__})
/* Note a failure that counts only if nothing worse happens; the run goes on. */
void fail_soft(struct failing f);
void run_exit(int status, uint64_t pc) __attribute__((noreturn));
struct thread *choose(void);      /* whose turn it is; ends the run where there is nobody */
void hand_over(struct thread *from, struct thread *to);
void let_time_pass(const struct trace_choice *c); /* until the chosen thread is due */
#define CHOICES_MAX (8 * MAX_THREADS)
int gather(struct trace_choice *choices, uint8_t *costs, int max);
enum thread_status thread_status(const struct thread *t);
/* Makes the function push the registers that its caller may keep values in, right below its frame address. */
#if defined(__x86_64__)
#define KEPT_REGISTERS 40 /* bytes */
#define KEEP_REGISTERS __asm__ volatile("" ::: "rbx", "r12", "r13", "r14", "r15")
#else
#define KEPT_REGISTERS 0
#define KEEP_REGISTERS (void)0
#endif
/* Entering the engine from learner code: remembers where. */
#define ENTER(pc_)                                                                                 \
    do {                                                                                           \
        KEEP_REGISTERS;                                                                            \
        me()->learner_sp = (uintptr_t)__builtin_frame_address(0);                                  \
        me()->entered = true;                                                                      \
        me()->op.pc = (pc_);                                                                       \
        me()->op.with = 0;                                                                         \
    } while (0)
#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)
/* Announces an operation and parks until chosen, where this run's style wants a decision there; an
 * operation that is not enabled always parks. */
void step(enum event_kind kind, void *object, bool (*enabled)(const struct thread *));
void step2(enum event_kind kind, void *object, void *object2, uint64_t value,
           bool (*enabled)(const struct thread *));
bool always(const struct thread *t);

/* Digest of an argument that the announced operation will use beyond its object and value; before step(). */
static inline void op_with(uint64_t x)
{
    uint64_t h = (me()->op.with ^ x) * UINT64_C(0x9e3779b97f4a7c15);
    me()->op.with = h ^ h >> 32;
}

/* ---- machine/digest: a state as 128 bits ---- */
struct digest {
    uint64_t a, b;
};
#define DIGEST_START ((struct digest){UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344)})
void digest_word(struct digest *d, uint64_t word);
void digest_bytes(struct digest *d, const void *from, size_t size);
void digest_add(struct digest *sum, struct digest d); /* order does not matter */
/* The whole state between two decisions, and what decides which races the next steps show. False: some part of
 * it is unknown to the digest, so states cannot be compared. Needs settings.digests. */
bool run_digest(struct digest *out);
/* Each part's own. objects: false as above. */
bool objects_digest(struct digest *out);
void heap_digest(struct digest *out);
void keys_digest(struct digest *out);
void cleanups_digest(struct digest *out);
void random_digest(struct digest *out);
void library_digest(struct digest *out);
void lab_digest(struct digest *out);

/* ---- machine/clocks: happens-before ---- */
void hb_release(struct release *object); /* me -> object */
void hb_acquire(const struct release *object);
void hb_fork(struct thread *child);
void hb_join(const struct thread *ended);

/* ---- explore/order: order between steps that is no conflict ---- */
void order_fork(int parent, int child); /* parent -1: main */
void order_join(int tid, int ended);    /* also: tid was woken by a step of `ended` */
void order_release(int16_t *object);
void order_acquire(const int16_t *object);
void order_time(void);                  /* ideal time passed: all before, before all after */
void order_ended(const struct thread *t); /* another one ends it: what it announced will not come */

/* ---- machine/access ---- */
void access_check(void *addr, size_t size, bool write, uint64_t pc); /* legal, or the run fails */
void access_range(const void *addr, size_t size, bool write, uint64_t pc); /* for wrapped calls */
/* Length of a string in learner memory, checked up to its NUL. */
size_t access_string(const char *s, size_t max, uint64_t pc);
struct cell *cell_of(const void *addr); /* NULL outside the learner's memory */
/* Is a byte of these marked? marks: offsetof(struct cell, promoted) or shared. */
bool cells_marked(const void *addr, size_t size, size_t marks);
/* Whose stack slot an address lies in; TRACE_NO_THREAD outside. The slot's lower part is not mapped. */
int stack_owner(const void *addr);

/* ---- machine/races ---- */
enum access {
    ACCESS_READ, ACCESS_WRITE, ACCESS_ATOMIC_READ, ACCESS_ATOMIC_WRITE,
    ACCESS_END /* the function whose variable this is returns */
};
void race_note(void *addr, size_t size, enum access how, uint64_t pc); /* may end the run */
void race_forget(struct cell *c);                /* its accesses so far */
void race_reset(void);
void shared_reset(void);
void ranges_add(struct ranges *r, const void *addr, unsigned size); /* each once */
void access_promote(const struct trace_range *ranges, size_t n); /* replaces what was promoted */
void access_reset(void);  /* a new run begins */
void access_forget(void *addr, size_t size); /* memory was allocated or freed */
void promote_block(struct thread *owner, uint64_t block, char *addr, size_t size);

/* ---- machine/lasso ---- */
void lasso_look(struct thread *t); /* t has announced an operation: does it go round and round? May end the run */
bool time_advance(void);           /* virtual time moves to the next deadline; false: there is none */

/* ---- machine/spin ---- */
void spin_effect(struct thread *t);  /* t changed something: no loop without effect */
/* t read something: true when it provably goes round the same loop for ever unless somebody else
 * changes what it read. size 0: addr is a lock or a semaphore. */
bool spin_read(struct thread *t, const void *addr, unsigned size, uint64_t pc);
void spin_saw(struct thread *t, const void *addr, unsigned size); /* a plain read, in between */
bool spin_changed(const struct thread *t); /* something it read since the anchor differs now */
void spin_tried(struct thread *t, const void *addr); /* before a trylock and the like does it */
void spin_looked(struct thread *t);          /* after an atomic read: does the loop still stand still? */

/* ---- machine/library: memory of the C library, in a slot behind the last thread's TLS ---- */
enum library_part { LIBRARY_STRTOK, LIBRARY_TM, LIBRARY_TIME_TEXT, LIBRARY_ERROR_TEXT, LIBRARY_LOCALE, LIBRARY_STDOUT,
                    LIBRARY_SIGNALS, LIBRARY_SEM_NAMES, LIBRARY_SEMS };
#define NAMED_SEMS 32
#define LIBRARY_PRIVATE 640 /* its first bytes, which each process has for itself */
void *library_memory(enum library_part part); /* learner code may use it; sizes are in library.c */
void library_reset(void);
bool library_owns(const void *addr);
struct trace_ref library_ref(const void *addr); /* with its name, which the caller frees */
char *sem_name(const void *addr); /* of a named semaphore; malloc'd */

bool sem_is_named(const void *addr);
bool sem_is_closed(const void *addr); /* a named one that this process has not open */

/* ---- machine/heap ---- */
bool heap_init(void); /* engine.heap is set; false: no address space */
void heap_reset(void);
void *heap_alloc(size_t size, size_t align, bool zero, uint64_t pc);
void heap_free(void *p, uint64_t pc);
void *heap_resize(void *p, size_t size, uint64_t pc);
struct block { char *addr; size_t size; int tid; uint64_t number, pc, free_pc; bool freed; };
const struct block *heap_find(const void *addr); /* the block at or just before addr */
const struct block *heap_near(const void *addr); /* ... or just behind it, for reports; NULL: none */
/* 0: addressable; else why not */
enum reason heap_check(const char *addr, size_t size);
void heap_leaks(void); /* fail_soft with the first block never freed */

void heap_fork(int from, int to);     /* the blocks of one process become those of another, too */
size_t heap_used(int process, int region, char **ret_from); /* bytes of a thread's region that hold blocks of it */

/* ---- machine/faults ---- */
void faults_init(void);
void faults_arm(bool on); /* learner code is about to run / has stopped */

/* ---- objects ---- */
enum { SPACE_SHARED = -1 };
void object_check_shared(const struct object *o, uint64_t pc); /* may this process use it? */
void objects_fork(const struct thread *from, const struct thread *to); /* a process has copies of what another has */
struct object *object_get(void *addr, enum object_kind kind);
struct object *object_peek(const void *addr); /* NULL when unknown in this run */
struct object *object_renew(void *addr, enum object_kind kind); /* as object_get, and as if never used */
/* Its owner, or one of its readers, and (if wanted) where it was taken; or TRACE_NO_THREAD. */
int object_holder(const struct object *o, uint64_t *ret_pc);
int object_waiter(const void *addr); /* a thread blocked there, or TRACE_NO_THREAD */
/* What a loop that polls `addr` would see change. */
uint64_t object_state(const void *addr);
/* The locks a thread holds, for reports. */
void held_add(void *lock, uint64_t pc);
void held_remove(void *lock);
uint64_t held_since(const struct thread *t, const void *lock); /* 0 when it does not */
void mutex_forget_owner(struct thread *t); /* t ended */
bool mutex_free_for(const struct thread *t);
void mutex_take(struct object *m, uint64_t pc);
void mutex_give(struct object *m);
void mutex_orphan(void); /* I end: my robust mutexes lose their owner */
/* ---- cancel: asked for, and t's announced operation is where it happens; if so, ends me ---- */
bool cancel_due(const struct thread *t);
void cancel_point(void);
void keys_end_thread(void); /* runs the destructors of its thread-specific data */
void once_init_tables(void);

enum { COND_TIMED = 1 }; /* op.value of COND_WAIT with a deadline, of RELOCK after it */
/* The condition variable t waits on and was not woken from; NULL: none. */
void *cond_of(const struct thread *t);
void cond_forget(struct object *c, const struct thread *t); /* t waits there no longer */
void cond_woken(struct thread *t); /* what remains for it is to lock the mutex again */
void cond_wake_for_nothing(struct thread *t); /* without a signal; it waits on one */

/* ---- time: deadlines ---- */
/* Absolute time on that clock -> virtual time. EINVAL: no such clock, or no such time. */
int time_deadline(clockid_t clock, const struct timespec *when, uint64_t pc, int64_t *ret);
bool deadline_passed(const struct thread *t);
/* step(), for an operation that is enabled also when the deadline has passed: `enabled` says so. */
void step_until(enum event_kind kind, void *object, int64_t deadline, bool (*enabled)(const struct thread *));

/* ---- record: events of a run worth showing ---- */
void record_reset(void);
bool record_is_step(enum event_kind kind); /* in the schedule with every step */
struct trace_event *record(enum event_kind kind, void *object, uint64_t value, uint64_t pc); /* NULL when not recording */
void record_access(void *addr, unsigned size, bool write, uint64_t pc);
void record_abandon(void); /* the write that was announced last will not be made */
struct trace_ref ref_of(const void *addr, uint64_t size);
struct trace_ref ref_accessed(const void *addr, uint64_t size, uint64_t pc); /* ... by the running thread, at pc */
struct trace_place place_of(uint64_t pc);
void record_send(void); /* every event, then frees them */
uint32_t record_check(void);
const struct trace_event *record_events(size_t *n);

/* ---- output ---- */
void output_write(const char *bytes, size_t n, uint64_t pc); /* without announcing it */
void output_pending(struct strbuf *b); /* printed, and not yet written */

/* ---- lab ---- */
void possible_reset(void); /* a new test begins */
/* The first lab_possible never reached: true and filled; else false. */
bool possible_missing(struct trace_failure *out);
size_t possible_reached(void); /* another number whenever one is new, or reached for the first time */
long lab_elapsed_ms(void);
void clock_point(uint64_t pc);          /* before a clock is read: a step, where the order may matter */

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
void process_killed(int process, int sig, uint64_t pc);    /* it ends now; returns unless it is mine */
/* Where lab_strict_fork asks for it: misuse, unless this process may call what is not async-signal-safe. */
void process_check_safe(const char *what, uint64_t pc);
bool process_others_alive(void);          /* other threads of this process */
const unsigned *process_family(int process); /* another number whenever one of its children was started, ended or waited for */
bool processes_related(int a, int b);      /* parent and child */
int process_leader(int process);
bool process_ignores(int process, int sig);
bool process_runs(int process);           /* it has not ended */
bool process_stopped(int process);        /* by SIGSTOP */
bool process_replaced(void);              /* this one became another program */
bool process_only(void);                  /* there never was another process */
bool memory_is_shared(const void *addr);
enum reason shared_check(const char *addr, size_t size);
void cells_reserve(int process);          /* where there are none yet */
void access_track(int process);           /* its memory may be raced on from now on */
void access_fork(int from, int to);
bool process_atexit(void (*fn)(void));    /* false: too many */
void process_exit_now(void);              /* no handlers, nothing flushed */
void process_digest(struct digest *out);
void process_run_atexit(uint64_t pc);     /* once; and what stdio holds back is written */
void signal_arrive(struct thread *t, int sig, uint64_t pc);
struct trace_ref shared_ref(const void *addr);
bool library_shares(const void *addr);    /* what of the C library all processes share: named semaphores */
void streams_flush(uint64_t pc);          /* of stdio; at exit */

/* ---- kernel: see kernel/kernel.h ---- */
void kernel_reset(void);
bool kernel_digest(struct digest *out); /* false: some of its state is unknown to it */
int64_t wake_time(const struct thread *t);  /* when time alone ends what t waits for; NEVER */
int64_t kernel_due(const struct thread *t); /* when time alone ends what t waits for, its own deadline left out; NEVER */
void kernel_time_passed(void);              /* engine.run.now has moved */
/* In how many ways t's announced operation may go; each but the first costs *ret_cost more. */
int kernel_choices(const struct thread *t, int *ret_cost);
bool kernel_may_interrupt(const struct thread *t);
/* Was the step that was just chosen my call being interrupted while it waited for `what`? Then errno is EINTR. */
bool call_interrupted(const void *what);
/* What t's announced operation has to do with: a bit each, several things may share one. */
uint64_t kernel_touches(const struct thread *t);
bool kernel_owns(const void *addr);
uint64_t kernel_state(const void *addr);        /* of its own: what a loop would see change */
struct trace_ref kernel_ref(const void *addr);  /* of its own, named */
/* Why t, blocked for ever in a call of the kernel's, is: REASON_NONE when it is not in one. *ret_other: who has
 * to do with it, or left alone. */
enum reason kernel_stuck(const struct thread *t, int *ret_other);
/* The loop thread came back from `op`, or never went: see lab_loop. */
void kernel_loop_check(struct thread *t);

/* ---- explore: see explore/explore.h ---- */
extern struct trace_failure run_failure; /* of the last run */
void diagnose_deadlock(void) __attribute__((noreturn));

/* ---- talk ---- */
void talk_send(struct trace_msg *m); /* writes and frees */
void talk_close(void); /* this process says nothing any more */
void talk_trouble(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
