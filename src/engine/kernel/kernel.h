/* kernel: what a program asks of the system, made of nothing but memory: descriptors and what they stand for,
 * time that makes them ready, processes.
 *
 * A descriptor is a small number in a process's table; it stands for a file (in the manual's words an open file
 * description), which several descriptors of several processes may share. What all files can do is in struct
 * file_kind; each kind is one small source file. A blocking call announces itself with a predicate on its
 * file, like every other operation (engine.h), so it is explored and timed like a lock.
 *
 * Everything here belongs to one run. Files stay where they are until the run is over, also when nobody has them
 * open any more: an operation that was announced may still look at them.
 */
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include <poll.h>
#include <stdio.h>
#include <sys/types.h>

#include "engine/engine.h"

#define DESCRIPTORS_MAX 16384 /* in one process */
#define STREAM_ROOM 65536     /* bytes a pipe holds, as on Linux */
#define ATOMIC_WRITE 4096     /* PIPE_BUF: so many bytes of one write stay together */

/* ---- streams: bytes in the order they were written ------------------------------------------ */

struct file;

struct stream {
    unsigned number;             /* see kernel_bit: its bytes; + 1: can it be written to; + 2: ... be read */
    char *bytes;
    size_t cap, head, len, room; /* a ring of cap bytes; len may not exceed room */
    struct file *reader, *writer;/* NULL: that end is closed */
    bool packets;                /* messages, each with its length before it, are kept apart */
    bool lasting;                /* ... of datagrams: that nobody is left to write is no end */
    struct release sync[1];      /* what its writes happened after */
};

/* ---- files ---------------------------------------------------------------------------------- */

struct file_kind {
    enum file_noun noun;                                     /* for reports */
    short (*events)(const struct file *f);                   /* what poll would say now */
    ssize_t (*read)(struct file *f, char *to, size_t n);     /* never waits: -EAGAIN, or -errno */
    ssize_t (*write)(struct file *f, const char *from, size_t n);
    bool (*fits)(const struct file *f, size_t n);            /* would a write of n bytes wait? NULL: POLLOUT says it */
    void (*drop)(struct file *f);                            /* the last descriptor was closed; may be NULL */
};

struct item; /* one file in one epoll set */

struct file {
    const struct file_kind *kind; /* NULL: closed */
    enum file_noun noun;
    unsigned number;       /* see kernel_bit */
    int refs;              /* descriptors that stand for it, in all processes */
    bool nonblocking;
    int fd;                /* of its first descriptor, for its name */
    uint64_t pc;           /* where it was opened */
    struct stream *in, *out;
    uint64_t count;        /* eventfd: its counter */
    bool semaphore;        /* eventfd: reads take one */
    int64_t due, every;    /* timerfd: next expiry in virtual time (NEVER: not set), period (0: once) */
    clockid_t clock;       /* timerfd */
    struct item *items, *first, *last; /* epoll: its set, and those that may be ready, in order of that */
    char *memory;          /* shm_open: where it lies; its size is in count */
    struct item *watchers; /* the epoll sets it is in */
    struct release sync[1];
};

struct file *file_new(const struct file_kind *kind);
void file_release(struct file *f);  /* one descriptor less */
void file_changed(struct file *f);  /* those who watch it look again; NULL is nobody */
short file_events(const struct file *f); /* POLLNVAL when it is closed */
int64_t file_due(const struct file *f);  /* when time alone makes it ready; NEVER */
/* What happened before somebody changed it now happens before whoever sees that. */
void file_publish(struct file *f);
void file_observe(const struct file *f);

bool files_digest(struct digest *out); /* false: there are some whose state is more than what it knows */

struct stream *stream_new(void);
void stream_publish(struct stream *s);
ssize_t stream_read(struct file *f, char *to, size_t n);
ssize_t stream_write(struct file *f, const char *from, size_t n);
bool stream_fits(const struct file *f, size_t n);
short stream_events(const struct file *f);
void stream_drop(struct file *f);

/* ---- processes ------------------------------------------------------------------------------- */

struct descriptor {
    struct file *file; /* NULL: closed, or never open */
    bool closed_before; /* the fork this process comes from: closing all numbers of a range is no fault then */
    bool cloexec, used;
    bool nonblocking;  /* of message queues, as is this: O_RDONLY, O_WRONLY, O_RDWR; what others have is the file's */
    int access;
    uint64_t open_pc, close_pc;
};

enum process_state { PROCESS_RUNS, PROCESS_ENDED /* nobody has waited for it */, PROCESS_GONE };

struct output_stream { /* stdout: what was printed and not yet written */
    char *pending;
    size_t len, cap;
    int mode; /* setvbuf's, + 1; 0: nothing was printed so far, so nothing is decided */
};

struct signal_action { /* what a signal does */
    void *handler;
    uint64_t mask; /* blocked while it runs; bit sig - 1 */
    int flags;
};

struct process {
    enum process_state state;
    int parent, leader;     /* a process, -1: the system; a thread */
    unsigned family_changes;/* children started, ended or waited for so far */
    int status;             /* as wait tells it */
    int news, news_status;  /* of one that runs: WUNTRACED, WCONTINUED, and as wait tells it; 0: none */
    bool stopped, exiting;
    bool tool;              /* it became another program, see exec.c */
    bool of_threads;        /* a copy of a process with other threads, and no other program yet */
    uint64_t ignored, handled, pending; /* signals, bit sig - 1; pending: for whichever thread */
    uint64_t mappings;      /* see shared.c */
    struct { int64_t due, every; uint64_t pc; } alarm; /* in virtual time; due 0: not set */
    uintptr_t inherited[MAX_THREADS]; /* copies of the stacks of threads that are not here: their lowest bytes */
    struct release ending[1];
    struct output_stream out;
    int exit_count, quick_count; /* of exit_fns, quick_fns */
    unsigned family_number; /* see kernel_bit: it, its children, who waits for it */
    int fd_free;            /* below it all numbers are in use */
    struct descriptor *fds; /* by number; fd_count: above are only fresh ones */
    int fd_count, fd_cap;
    unsigned table_number;  /* see kernel_bit: its table of descriptors */
    struct signal_action actions[64]; /* by number; flags also of those that are not handled */
    void (*exit_fns[32])(void), (*quick_fns[32])(void); /* atexit, at_quick_exit */
    struct signal_origin origins[64]; /* of those that are pending, by number */
};
extern struct process processes[];
extern int process_count; /* of this run */
/* ---- wait.c ---- */
int wait_choices(const struct thread *t); /* at least 1 */
int wait_child(const struct thread *t); /* the one it waits for; -1: any */
bool wait_is_for(const struct thread *t, int child); /* it waits for the end of that one, and nothing else */
void stream_append(struct output_stream *s, const char *bytes, size_t n);
void shared_reset_all(void);
void queues_reset(void);
void sockets_reset(void);
void output_print(FILE *f, const char *bytes, size_t n, uint64_t pc); /* stdout or stderr */
void output_mode(int mode, uint64_t pc);
static inline struct process *mine(void) { return &processes[me()->process]; }
pid_t process_pid(void);                              /* of this process */
pid_t process_pid_of(int index);
struct signal_origin origin_child(const struct process *p, int news, int status); /* news: WCONTINUED, WUNTRACED; else it ended */
int process_with(pid_t pid);                          /* that nobody has waited for yet; -1 */
pid_t process_fork(uint64_t pc);                      /* what fork does */
void process_end_others(void);                        /* all threads of this process but me */
int process_signal(int target, int sig, uint64_t pc); /* what kill does to a process; 0, or -1 and ESRCH */
void process_reset(void); /* the first one, with its three standard descriptors */

/* ---- exec.c ---- */
bool exec_exists(const char *path, bool search, uint64_t pc);
/* Becomes the program, or comes back with -1 and errno. */
int exec_become(const char *path, char *const *words, bool search, uint64_t pc);

/* ---- descriptors ------------------------------------------------------------------------------- */

/* The file behind a descriptor of this process; NULL with errno set when there never was one. One that was
 * closed ends the run: misuse. */
struct file *descriptor_file(int fd, uint64_t pc);
/* That number stands for something else now than f, or for nothing: my step, noted so, is only to have found that. */
bool descriptor_moved(int fd, const struct file *f);
void descriptor_misused(int fd, uint64_t pc) __attribute__((noreturn)); /* it was closed */
/* The lowest free number; -1 and EMFILE: none. */
int descriptor_new(struct file *f, bool cloexec, uint64_t pc);
int descriptor_from(int lowest, struct file *f, bool cloexec, uint64_t pc);
bool descriptor_is_open(int fd);
void descriptor_close(int fd, uint64_t pc);             /* an open one */
int descriptor_dup_to(int fd, int to, bool cloexec, uint64_t pc); /* as dup2 */
void descriptor_inherit(int fd);                        /* exec leaves it open */
void descriptor_forget(int fd, uint64_t pc); /* without the operation of closing */
int descriptors_open(void);                  /* of this process, the three standard ones left out */
/* Announces that the table of this process changes. */
void descriptor_step(uint64_t pc);

/* ---- announcing -------------------------------------------------------------------------------- */

/* step() for a call that may be interrupted and may have a deadline (NEVER: none). False: EINTR was set. */
bool kernel_step(enum event_kind kind, struct file *f, uint64_t value, int64_t deadline,
                 bool (*enabled)(const struct thread *));
int kernel_variant(void); /* of the operation that was just chosen: 0, 1 ... */
uint64_t kernel_bit(unsigned number);
unsigned kernel_number(void); /* of a new object: in order of making */

uint64_t kernel_file_bits(const struct file *f);
uint64_t kernel_close_bits(const struct file *f);
int io_choices(const struct thread *t);
ssize_t io_read(int fd, void *to, size_t n, uint64_t pc);           /* into the engine's memory */
ssize_t io_write(int fd, const char *from, size_t n, uint64_t pc); /* from the engine's memory */
void signal_broken_pipe(uint64_t pc); /* SIGPIPE: returns if it is ignored, or handled */
void process_rung(int process, uint64_t pc); /* SIGALRM, from nobody */
void signalfds_changed(void);
bool signalfds_open(void); /* there is one, or was */
bool signalfd_is(const struct file *f);
void alarms_expire(void);

void socket_connect(struct file *a, struct file *b);
int descriptor_first_open(uint64_t *ret_pc); /* -1: none but the standard three */
void descriptors_standard(void);
void files_reset(void);
void epoll_reset(void);

/* ---- poll: what a thread waits for ---------------------------------------------------------------- */

struct poll_entry {
    struct file *file; /* NULL: nothing */
    short events;
    int fd;
};
struct poll_set {
    struct poll_entry *at;
    int n, cap;
};
struct poll_set *poll_set_of(const struct thread *t);
struct poll_set poll_set_swap(struct poll_set with); /* of the caller; what it was */

/* ---- epoll.c -------------------------------------------------------------------------------------- */
extern const struct file_kind kind_epoll;
void epoll_digest(struct digest *out, const struct file *f); /* the sets it is in, and what is in it */
void epoll_forget(struct file *f);  /* f is gone: out of all sets */
void epoll_notice(struct file *f);  /* f changed */
bool epoll_any(const struct file *ep);
int epoll_ready(const struct file *ep);
int epoll_orders(int ready); /* in how many orders so many may be told */
int64_t epoll_due(const struct file *ep);
uint64_t epoll_bits(const struct file *ep);
bool epoll_takes(const struct file *ep); /* who is told an event of it may keep others from being told */
uint64_t epoll_state(const struct file *ep);

/* ---- timer.c --------------------------------------------------------------------------------------- */
extern const struct file_kind kind_timer;
struct file *timer_first(void); /* the one that is due first; NULL: none is set */
void timers_expire(void);
void timers_reset(void);

extern const struct file_kind kind_pipe_in, kind_pipe_out, kind_socket, kind_event, kind_standard;

#endif
