/* machine: one run of the program: whose turn it is, what each access may touch, what happened before what, the heap, and
 * what is recorded of it. Each part is the file in machine/ that its heading names (output and talk: intercept/stdio.c,
 * main.c).
 */
#ifndef ENGINE_MACHINE_H
#define ENGINE_MACHINE_H

#include "engine/machine/state.h"

/* ---- machine/plugin ---- */
bool plugin_load(const char *path, struct err *e);
struct trace_test_info *plugin_tests(size_t *n); /* scenarios by line; or one "main" */
bool plugin_select(const char *test, struct err *e);
static inline uint32_t plugin_offset(uint64_t pc) /* 0 when outside */
{
    bool inside = lies_in((const void *)(uintptr_t)pc, engine.text, (size_t)(engine.text_end - engine.text));
    return inside ? (uint32_t)(pc - (uintptr_t)engine.base) : 0;
}

/* ---- machine/run ---- */
/* Runs the selected test once under engine.set; returns when the run is over. */
void run_once(void);
void point(void);                 /* see engine.h */
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
    const char *detail, *right_if; /* copied */
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
/* Not what the thread waits for: time may move first, and where nothing else is possible it must. */
static inline bool choice_is_odd(const struct trace_choice *c)
{
    return c->variant == CHOICE_SPURIOUS || c->variant == CHOICE_EARLY || c->variant == CHOICE_INTERRUPTED ||
           c->variant == CHOICE_ALARM;
}
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
/* The same in two halves: all but the kernel's objects, and then these, which may be many. */
bool run_digest_memory(struct digest *out);
bool run_digest_whole(struct digest *memory);
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

/* ---- machine/access ---- */
void access_check(void *addr, size_t size, bool write, uint64_t pc); /* legal, or the run fails */
void access_range(const void *addr, size_t size, bool write, uint64_t pc); /* for wrapped calls */
/* Length of a string in learner memory, checked up to its NUL. */
#define ANY_LENGTH ((size_t)1 << 40) /* as max: however long it is */
size_t access_string(const char *s, size_t max, uint64_t pc);
/* Is a byte of these marked? marks: offsetof(struct cell, promoted) or shared. */
bool cells_marked(const void *addr, size_t size, size_t marks);
/* Whose stack slot an address lies in; TRACE_NO_THREAD outside. The slot's lower part is not mapped. */
int stack_owner(const void *addr);

/* ---- machine/races ---- */
/* In bits, so that one that races with all that another races with has all of its bits: 1 writes, 2 ends, 4 is plain. */
enum access {
    ACCESS_ATOMIC_READ = 0,
    ACCESS_ATOMIC_WRITE = 1,
    ACCESS_READ = 4,
    ACCESS_WRITE = 5,
    ACCESS_END = 7 /* the function whose variable this is returns */
};
#define ACCESS_WRITES 1
#define ACCESS_PLAIN  4
void race_note(void *addr, size_t size, enum access how, uint64_t pc); /* may end the run */
void race_forget(struct cell *c);                /* its accesses so far */
void race_reset(void);
void shared_reset(void);
void ranges_add(struct ranges *r, const void *addr, unsigned size); /* each once */
void ranges_push(struct ranges *r, const struct trace_range *x);
void access_promote(const struct trace_range *ranges, size_t n); /* replaces what was promoted */
void access_reset(void);  /* a new run begins */
void access_forget(void *addr, size_t size); /* memory was allocated or freed */
void promote_block(struct thread *owner, uint64_t block, char *addr, size_t size);

/* ---- machine/lasso ---- */
void lasso_look(struct thread *t); /* t has announced an operation: does it go round and round? May end the run */
bool time_advance(void);           /* virtual time moves to the next deadline; false: there is none */

/* ---- machine/spin ---- */
void spin_effect(struct thread *t);  /* t did something: no loop without effect */
void spin_wrote(struct thread *t);   /* the same for plain memory: a loop that counts its rounds polls all the same */
/* t read something: true when it provably goes round the same loop for ever unless somebody else
 * changes what it read. size 0: addr is a lock or a semaphore. */
bool spin_read(struct thread *t, const void *addr, unsigned size, uint64_t pc);
void spin_saw(struct thread *t, const void *addr, unsigned size); /* a plain read, in between */
bool spin_changed(const struct thread *t); /* something it read since the anchor differs now */
void spin_tried(struct thread *t, const void *addr); /* before a trylock and the like does it */
void spin_looked(struct thread *t);          /* after an atomic read: does the loop still stand still? */

/* ---- machine/library: memory of the C library, in a slot behind the last thread's TLS ---- */
enum library_part { LIBRARY_STRTOK, LIBRARY_TM, LIBRARY_TIME_TEXT, LIBRARY_ADDRESS_TEXT, LIBRARY_ERROR_TEXT, LIBRARY_LOCALE, LIBRARY_STDOUT,
                    LIBRARY_SIGNALS, LIBRARY_SEM_NAMES, LIBRARY_SEMS };
#define NAMED_SEMS 32
#define LIBRARY_PRIVATE 640 /* its first bytes, which each process has for itself */
void *library_memory(enum library_part part); /* learner code may use it; sizes are in library.c */
void *library_place(enum library_part part);  /* the same as an address alone: nothing is stored there */
bool library_used(void); /* in this run; else all of it is 0 */
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
struct block {
    char *addr;
    size_t size, room;
    int tid;
    uint64_t number, pc, free_pc;
    bool freed;
    uint32_t freed_at; /* on the clock of the thread ... */
    int freed_by;      /* ... that did it */
};
const struct block *heap_find(const void *addr); /* the block at or just before addr */
const struct block *heap_near(const void *addr); /* ... or just behind it, for reports; NULL: none */
/* 0: addressable; else why not */
enum reason heap_check(const char *addr, size_t size);
void heap_leaks(void); /* fail_soft with the first block that the first process never freed */
uint64_t heap_live(void); /* bytes the first process holds */

void heap_fork(int from, int to);     /* the blocks of one process become those of another, too */
size_t heap_used(int process, int region, char **ret_from); /* bytes of a thread's region that hold blocks of it */

/* ---- machine/faults ---- */
void faults_init(void);
void faults_arm(bool on); /* learner code is about to run / has stopped */

/* ---- record: events of a run worth showing ---- */
void record_reset(void);
bool record_is_step(enum event_kind kind); /* in the schedule with every step */
struct trace_event *record_event(enum event_kind kind, void *object, uint64_t value, uint64_t pc);
static inline struct trace_event *record(enum event_kind kind, void *object, uint64_t value, uint64_t pc)
{
    return engine.set.record && me() ? record_event(kind, object, value, pc) : NULL; /* exploring: nobody will look */
}
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

/* ---- talk ---- */
void talk_send(struct trace_msg *m); /* writes and frees */
void talk_close(void); /* this process says nothing any more */
void talk_trouble(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
