/* trace: the seam between the engine (its own process) and the app.
 *
 * Everything the two say to each other is one of the messages below, written as
 * one JSON object a line (codec.c). The vocabularies (verdicts, reasons, events)
 * are tables in *.def files, so that names, help and decoder cannot disagree.
 *
 * The engine knows addresses, never names: it sends places (struct trace_ref) and
 * program counters as offsets in the plugin. The room symbols/ fills the fields
 * marked "named by symbols"; until then they are NULL.
 *
 * All strings inside a message belong to the message; trace_msg_fini frees them.
 */
#ifndef TRACE_TRACE_H
#define TRACE_TRACE_H

#include "base/base.h"

#define TRACE_PROTOCOL 1
#define TRACE_MAX_THREADS 48 /* threads alive or ended in one run, main included */
#define TRACE_NO_THREAD (-1)
#define TRACE_FRESH 0xBE /* every byte of memory that malloc gave and nobody has written */

/* ---- vocabularies ----------------------------------------------------- */

/* verdict.def: V(NAME, "id", "what it means"). Ids are the ones in JSON and grades. */
enum verdict {
#define V(name, id, text) VERDICT_##name,
#include "trace/verdict.def"
#undef V
    VERDICT_COUNT
};
const char *verdict_id(enum verdict v);      /* "race" */
const char *verdict_meaning(enum verdict v); /* one sentence */
/* VERDICT_COUNT when `id` names none. */
enum verdict verdict_parse(const char *id);
/* 0 pass, 2 unjudged or trouble, 1 all others. */
int verdict_exit_status(enum verdict v);

/* reason.def: R(NAME, "id", VERDICT, "sentence"). What exactly happened. In the sentence:
 * %T the thread, %O the object, %H the other thread, %V the number in `value`, %W `value2`,
 * %X the text in `detail`. report/ fills it in. */
enum reason {
#define R(name, id, verdict, sentence) REASON_##name,
#include "trace/reason.def"
#undef R
    REASON_COUNT
};
const char *reason_id(enum reason r);
enum verdict reason_verdict(enum reason r);
const char *reason_sentence(enum reason r);

/* event.def: E(NAME, "id", "verb", visible). What a thread did in one step. `visible` is 1
 * for operations that are scheduling points by themselves. */
enum event_kind {
#define E(name, id, verb, visible) EVENT_##name,
#include "trace/event.def"
#undef E
    EVENT_COUNT
};
const char *event_id(enum event_kind k);
const char *event_verb(enum event_kind k); /* for people: "locks", "reads" */
bool event_visible(enum event_kind k);

/* ---- places ----------------------------------------------------------- */

enum ref_kind {
    REF_NONE,
    REF_GLOBAL, /* offset in the plugin image */
    REF_HEAP,   /* inside (or just beside) a heap block */
    REF_STACK,  /* in a frame of a thread's stack */
    REF_OTHER,  /* a raw address that belongs to nobody */
    REF_TLS,    /* in a thread's copy of its _Thread_local variables */
    REF_LIBRARY, /* what the C library keeps for all threads; the engine names it */
    REF_FILE,   /* what a descriptor stands for */
    REF_SHARED  /* in memory that several processes see */
};
/* file.def: F(NAME, "noun"): what descriptors stand for, and the kernel's other things. */
enum file_noun {
#define F(name, noun) FILE_##name,
#include "trace/file.def"
#undef F
    FILE_COUNT
};
const char *file_noun(uint64_t noun); /* "pipe" */

/* Where an address lies, in terms that do not change from run to run or machine to machine. */
struct trace_ref {
    enum ref_kind kind;
    int64_t offset;       /* GLOBAL: from the plugin's base. HEAP: from the block's start.
                           * STACK: address minus the frame pointer. OTHER: the address.
                           * TLS: from the start of the copy. LIBRARY: from its start.
                           * FILE: its first number. SHARED: from the start of its mapping */
    uint64_t size;        /* bytes accessed; 0 where that means nothing */
    int tid;              /* STACK: whose stack. TLS: whose copy. HEAP: who allocated */
    int process;          /* whose copy of it, where each process has one: 0: the first's; else as in struct trace_thread */
    uint64_t block;       /* HEAP: nth allocation of that thread, from 0. FILE: enum file_noun. SHARED: where the mapping
                           * begins in the part that all such memory lies in */
    uint64_t block_size;  /* HEAP, SHARED */
    uint64_t pc;          /* HEAP: where allocated. SHARED: where mapped. STACK: a pc inside the frame's function */
    char *name;           /* named by symbols: "queue.items[2]", "lock_a"; NULL before, but for LIBRARY */
    char *decl;           /* named by symbols: "int", "pthread_mutex_t"; may stay NULL */
    char *file;           /* named by symbols: HEAP: source line of the allocation */
    int line;
};

/* A line of the learner's code. */
struct trace_place {
    uint64_t pc; /* offset in the plugin; 0 = unknown */
    char *file;  /* named by symbols; basename or path as compiled; NULL = unknown */
    char *func;  /* named by symbols */
    int line;    /* named by symbols; 0 = unknown */
};

/* ---- events ----------------------------------------------------------- */

/* One thing that happened. Events are numbered from 0 in a run; `choice` counts the
 * decisions made before it, so the event belongs to the step of decision `choice - 1`
 * (0 = before the first decision). */
struct trace_event {
    int index;
    int choice;
    int tid;
    enum event_kind kind;
    bool decision;        /* this event was chosen: it is a step in the drive */
    bool preemption;      /* choosing it took the turn from a thread that could go on */
    int variant;          /* which alternative of the operation; 0 = the ordinary one */
    struct trace_ref object;
    struct trace_ref object2; /* COND_WAIT: the mutex. CLOSE by dup2: what the number leads to now. OPEN of
                               * two at once: the other one. Empty otherwise */
    struct trace_place at;
    uint64_t value;       /* READ: value read; WRITE: value written; CREATE/JOIN/SIGNAL: the other
                           * thread (UINT64_MAX = none); SLEEP: nanoseconds; CLOSE, and OPEN by dup: the
                           * number; FD_READ, FD_WRITE: bytes moved; results elsewhere */
    uint64_t before;      /* WRITE: value before. ALLOC: the block's address, to name pointers. EXIT: whose end, as
                           * in struct trace_thread, process. FD_READ, FD_WRITE: errno. SIGACTION, SETALARM: 1: it
                           * only asks */
    bool has_value;       /* false for ranges longer than 8 bytes */
    int64_t clock_ns;     /* virtual time after the event */
    char *text;           /* OUTPUT: what was printed; CHECK: the message; NULL otherwise */
    char *value_text;     /* named by symbols: `value` by the object's type ("-1", "'x'", "3.5") */
    char *before_text;    /* named by symbols */
};

enum thread_status {
    THREAD_NONE,
    THREAD_READY,   /* its next operation can be executed now */
    THREAD_BLOCKED, /* waits for a mutex, a join target, once: see `waits_for` */
    THREAD_WAITING, /* in pthread_cond_wait, nobody has signalled it */
    THREAD_ASLEEP,  /* until wake_ns */
    THREAD_SPINNING,/* repeats the same reads until one of them changes */
    THREAD_ENDED
};
const char *thread_status_id(enum thread_status s);

/* One thread at a moment: what it will do next, and why it cannot. */
struct trace_thread {
    int tid;
    enum thread_status status;
    enum event_kind next;      /* its announced operation; meaningless when ENDED */
    struct trace_ref object, object2;
    struct trace_place at;     /* where the announced operation stands */
    struct trace_place start;  /* its start routine */
    struct trace_place *stack; /* innermost first, `at` is the first; NULL when ENDED */
    size_t stack_len;
    uint64_t value;            /* WRITE announced: unknown, 0; SLEEP: ns; JOIN: target; POLL of an epoll set: how many of
                                * its entries are ready */
    int64_t wake_ns;           /* ASLEEP or timed: when */
    bool computes;             /* ASLEEP: no, it has a core until wake_ns */
    int holder;                /* BLOCKED: thread that holds `object`, or TRACE_NO_THREAD */
    struct trace_place since;  /* BLOCKED: where the holder took it */
    int left_by;               /* BLOCKED: 1 + the thread of another process that held `object` when fork copied it;
                                * nobody holds the copy, and nobody can give it back. 0: it is no such copy */
    bool joined, detached;
    int process;               /* 0: the first; else the first thread of the process it belongs to */
    int created_by;            /* TRACE_NO_THREAD for main */
    char *name;                /* named by symbols: "main", "T1 deposit" (number, start routine) */
    char *short_name;          /* what a drive calls it: "W"; NULL: "T1". Never sent */
};

/* Something a person can choose now. */
struct trace_choice {
    int tid;
    int variant; /* 0: the thread's announced operation. Others: see enum choice_variant */
    bool preempts;
};
enum choice_variant {
    CHOICE_PLAIN = 0,
    CHOICE_SPURIOUS = 1, /* a waiter of a condition variable wakes without a signal */
    CHOICE_EARLY = 2,    /* hostile clock: time jumps to this sleeper's deadline though others could
                          * run (they are late). With the ideal clock time moves by itself, when
                          * nobody can run, and is no choice */
    CHOICE_INTERRUPTED = 3, /* a call fails with EINTR: lab_interrupts */
    CHOICE_HANDLER = 4, /* before its operation the thread runs the handler of a signal */
    CHOICE_BREAK = 5,   /* ... while it waits in it, and the call gives up: EINTR */
    CHOICE_ALARM = 6,   /* hostile clock: the alarm of this thread's process goes off now */
    CHOICE_WAKES = 16    /* signal: 16 + k wakes the k-th waiter, in order of arrival; k = 0 is
                          * CHOICE_PLAIN. Calls that may go in several ways: 16 + k is the k-th */
};
#define TRACE_ORDERED 4 /* epoll_wait with up to so many ready entries: its ways are all their orders, as report_order()
                         * tells them; with more, each is the first once */

/* A variable to watch: where and how long. Values travel as raw bytes. */
struct trace_watch {
    char *name;      /* as the person wrote it */
    struct trace_ref place; /* GLOBAL only */
    int process;     /* whose: 0: the first; else the first thread of a process, as in struct trace_thread */
    unsigned size;   /* bytes, at most 64 */
    unsigned char bytes[64];
    char *text;      /* named by symbols: the value by its type */
};

/* ---- schedules -------------------------------------------------------- */

/* Every decision of a run, so that the run can be made again. A step is one visible operation
 * (event.def) of one thread, or one access to memory inside `ranges`. */
struct trace_step {
    uint8_t tid, variant;
};
struct trace_range { /* plain memory whose accesses are scheduling points */
    enum ref_kind kind; /* GLOBAL, HEAP, STACK, SHARED */
    int tid;
    uint64_t block;
    int64_t offset; /* GLOBAL: plugin offset; HEAP: in the block; STACK: from the stack's top; SHARED: in
                     * the part that all such memory lies in */
    uint64_t size;
};
struct trace_schedule {
    char *test;      /* scenario name; "main" for a program with main() */
    bool hostile;    /* clock */
    bool watched_visible; /* drive: accesses to the watched variables are scheduling points */
    uint64_t driven; /* bit per thread whose steps are decisions; the others run by themselves
                      * whenever they can (a drive's main). 0 = everybody */
    struct trace_range *ranges;
    size_t range_count, range_cap;
    struct trace_step *steps;
    size_t step_count, step_cap;
    uint32_t check;  /* hash over the kinds and lines of the events; 0 = not checked */
};
void trace_schedule_fini(struct trace_schedule *s);
void trace_schedule_copy(struct trace_schedule *to, const struct trace_schedule *from);
void trace_schedule_push(struct trace_schedule *s, int tid, int variant);

/* Token: "test:i:bc2b:1f3a" - scenario, clock (i or h, then w, the driven threads, the ranges), the decisions run
 * length coded (a = main, b = T1 ...; "c2" = twice; "b.1" = variant 1), the check. Plain
 * ASCII, no character a shell minds. Caller frees. */
char *trace_schedule_token(const struct trace_schedule *s);
bool trace_schedule_parse(const char *token, struct trace_schedule *out, struct err *e);
/* For people: "A B*2 A" with the given thread names; NULL names: main, T1, T2. Caller frees. */
char *trace_schedule_words(const struct trace_schedule *s, const char *const *names);

/* ---- what the app asks ------------------------------------------------ */

enum request_kind {
    REQUEST_EXPLORE, /* judge the tests */
    REQUEST_REPLAY,  /* make one run again and tell everything */
    REQUEST_COUNT,   /* run every schedule of a drive, count outcomes */
    REQUEST_SHARED,  /* find which memory threads share, answer with MSG_SHARED */
    REQUEST_QUIT
};
enum races_mode {
    RACES_REPORT,
    RACES_IGNORE, /* plain accesses are sequentially consistent scheduling points */
};
enum strategy {
    STRATEGY_AUTO, /* simplest first, then the proof */
    STRATEGY_DFS,  /* every schedule, no levels, no reduction */
    STRATEGY_DPOR, /* one schedule for each class of equivalent ones, no levels */
    STRATEGY_STATES, /* each state once */
    STRATEGY_RANDOM, /* schedules by dice: each step anybody who can act */
    STRATEGY_PCT,    /* ... by random priorities that change now and then */
    STRATEGY_SURW,   /* ... each order of what is done to one object alike */
};

struct trace_request {
    enum request_kind kind;
    char **tests;          /* EXPLORE: names; none = all scenarios, or main */
    size_t test_count;
    enum races_mode races;
    enum strategy strategy;
    int clock;             /* -1 both, 0 ideal only, 1 hostile only */
    int spurious;          /* wakeups a run without a signal; -1 = default (1) */
    int preemptions;       /* highest bound; -1 = none */
    uint64_t runs;         /* budget; 0 = default */
    uint64_t seed;         /* of random schedules */
    int workers;           /* engine processes; below 2: this one */
    double seconds;        /* wall clock cap; 0 = none */
    bool count;            /* explore on past failures, tell outcomes (MSG_OUTCOME) */
    bool all_visible;      /* every access to memory that threads share is a scheduling point */
    struct trace_schedule schedule; /* REPLAY: all of it. COUNT: test, clock, driven, ranges */
    int64_t stop;          /* REPLAY: stop after that many decisions and tell the state; -1: go on to
                            * the end with default choices (keep running, else lowest thread) */
    bool accesses;         /* REPLAY: also send plain reads and writes of shared memory; with all_visible
                            * of all memory */
    struct trace_watch *watches;
    size_t watch_count;
    int cores;             /* virtual cores for lab_work; 0 = default (4) */
    char **args;           /* argv[1..] of main */
    size_t arg_count;
};
void trace_request_fini(struct trace_request *r);
char *trace_request_encode(const struct trace_request *r); /* one line, with '\n' */
bool trace_request_decode(const char *line, struct trace_request *out, struct err *e);

/* ---- what the engine answers ------------------------------------------ */

/* One side of a race. */
struct trace_access {
    int tid;
    bool write;
    struct trace_place at;
    struct trace_ref *locks; /* mutexes held */
    size_t lock_count;
};

/* Why a run failed. */
struct trace_failure {
    enum reason reason;   /* REASON_NONE when nothing failed */
    int tid, other;       /* TRACE_NO_THREAD where nobody */
    struct trace_ref object;
    struct trace_place at, at2;
    uint64_t value, value2; /* of a check of the test: value is the number of the belief it names, 0: none,
                           * 100: it says that none fits */
    char *detail;         /* assert's expression, lab_check's message, a call's name ... */
    char *right_if;       /* how a check puts the belief it names: "this would be right if ..."; NULL */
    struct trace_access race[2]; /* race: both sides, first in this run first */
    bool has_race;
};

/* A data race: an unordered pair of lines. Collected for lab_answer_races. */
struct trace_race {
    struct trace_ref object;
    struct trace_access a, b;
};

enum msg_kind {
    MSG_HELLO,    /* the plugin is loaded: `tests` */
    MSG_PROGRESS, /* while exploring, about ten times a second */
    MSG_TEST,     /* one test is judged */
    MSG_EVENT,    /* replay: one event, in order */
    MSG_STATE,    /* replay: where it stopped; the last message of a replay but MSG_DONE */
    MSG_OUTCOME,  /* count: one outcome */
    MSG_SHARED,   /* ranges that threads share */
    MSG_DONE,     /* this request is answered */
    MSG_TROUBLE   /* the engine cannot do that; `text` says why; request is over */
};

struct trace_test_info {
    char *name, *title, *misconception, *step; /* as in check.c; all "" for main but the name */
};

/* What the runs beside a failing one say about it; only what is certain. */
struct trace_explained {
    bool always;   /* every interleaving fails: no choice could have helped */
    int no_return; /* after this step of the schedule, counted from 1, every continuation fails; 0: unknown */
    struct trace_schedule passing; /* passes, and differs in the fewest choices; no steps: unknown */
    int differs;   /* ... in so many */
    int parts;     /* its first step, counted from 0, that is not the schedule's */
    struct trace_event instead; /* ... and what happens there; EVENT_NONE: unknown */
};

struct trace_result { /* MSG_TEST */
    char *test;
    enum verdict verdict;
    struct trace_failure failure;
    struct trace_failure consequence; /* race: what it leads to, in the schedule shown */
    enum verdict caught;  /* of a test that has to fail: how it did; PASS for all others */
    bool complete;
    char *bound;          /* what limited it, in words; NULL when complete */
    uint64_t runs;
    uint64_t states;      /* met by the search over states; 0: it was not needed */
    uint64_t blocked;     /* runs given up half way because others cover them; not in `runs` */
    int preemptions;      /* of the schedule shown; -1 when none is shown */
    int switches;
    int workers;          /* engine processes that searched */
    struct trace_schedule schedule; /* of the failure; no steps when it passed */
    struct trace_explained explained;
    double seconds;
    int64_t best_ns, worst_ns; /* shortest and longest virtual duration seen; ideal clock */
    struct trace_race *races;  /* lab_answer_races: all pairs found */
    size_t race_count;
    char *answer;              /* lab_answer_races: what the learner wrote; NULL otherwise */
};

struct trace_outcome { /* MSG_OUTCOME: one distinct end of a run */
    enum reason reason;   /* REASON_NONE: ended well */
    struct trace_watch *watches; /* final values, in the request's order */
    size_t watch_count;
    char *output;         /* what the program printed */
    uint64_t schedules;   /* how many end like this */
    double probability;   /* of meeting it when every choice is equally likely */
    struct trace_schedule witness; /* fewest steps, then fewest switches */
    int steps, switches;  /* of the witness, driven threads only */
};

struct trace_state { /* MSG_STATE */
    int choice;           /* decisions made */
    bool ended;           /* the run is over */
    struct trace_failure failure;
    struct trace_thread *threads;
    size_t thread_count;
    struct trace_choice *choices; /* empty when ended */
    size_t choice_count;
    struct trace_watch *watches; /* of the first process, in the request's order; then of each other that runs */
    size_t watch_count;
    char *output;
    int64_t clock_ns;
    int preemptions, switches;
    bool diverged;        /* the program did not do what the schedule says: `detail` */
    char *detail;
    uint32_t check;       /* of the run so far, see trace_schedule.check */
};

struct trace_msg {
    enum msg_kind kind;
    struct trace_test_info *tests; /* HELLO */
    size_t test_count;
    uint64_t base;                 /* HELLO: where the plugin is loaded, to name pointers */
    struct { /* PROGRESS */
        char *test;
        char *phase; /* words: "up to 1 preemption", "every interleaving" */
        uint64_t runs;
        double rate;  /* runs a second */
        int finished; /* levels without a failure: 1 = no preemption, 2 = up to 1 ...; 0 = none */
    } progress;
    struct trace_result result;   /* TEST */
    struct trace_event event;     /* EVENT */
    struct trace_state state;     /* STATE */
    struct trace_outcome outcome; /* OUTCOME */
    struct { uint64_t total, states; bool complete; } count; /* DONE after COUNT */
    struct trace_range *ranges;   /* SHARED */
    size_t range_count;
    char *text;                   /* TROUBLE */
};
void trace_msg_fini(struct trace_msg *m);
char *trace_msg_encode(const struct trace_msg *m); /* one line, with '\n'; caller frees */
bool trace_msg_decode(const char *line, struct trace_msg *out, struct err *e);

/* Deep copies for those who keep a message's content. */
void trace_event_move(struct trace_event *to, struct trace_event *from);
void trace_event_fini(struct trace_event *ev);
void trace_state_fini(struct trace_state *s);
void trace_result_fini(struct trace_result *r);
void trace_failure_fini(struct trace_failure *f);
void trace_ref_fini(struct trace_ref *r);
void trace_outcome_fini(struct trace_outcome *o);

/* A whole run, for views and reports. */
struct trace_run {
    struct trace_event *events;
    size_t count, cap;
    struct trace_state state; /* at the end, or where it was stopped */
};
void trace_run_fini(struct trace_run *r);

/* ---- calls learner code may make -------------------------------------- */

/* calls.def: W(name) a call the engine takes over, H(name) a harmless libc function,
 * X(name, why) one that cannot be used, with the reason in the learner's words. */
enum call_class { CALL_UNKNOWN, CALL_WRAPPED, CALL_HARMLESS, CALL_REFUSED };
enum call_class trace_call_class(const char *name, const char **ret_why);
/* All W names, for the linker's --wrap; NULL-terminated. */
const char *const *trace_wrapped_calls(void);

#endif
