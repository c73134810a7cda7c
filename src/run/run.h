/* run: compile, link, execute, watch. The only room besides app/ that touches libuv.
 *
 * It starts processes and passes on what they say; it never judges a program. Every
 * function returns at once; answers come by callback from the loop. Callbacks may
 * start new work, also kill the thing that called them.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include <uv.h>

#include "symbols/symbols.h"
#include "trace/trace.h"

/* Where the parts of the lab are (found by app/ from its own executable). */
struct run_paths {
    char *engine;   /* threadmill-engine */
    char *include;  /* holds lab/check.h */
    char *cache;    /* objects and plugins; made when missing */
};

/* ---- building ---------------------------------------------------------- */

enum run_mode {
    RUN_CHECK,  /* -O0, instrumented: for the engine */
    RUN_NATIVE  /* for real threads: the given flags, not instrumented */
};

struct run_build {
    enum run_mode mode;
    const char *const *sources; /* the learner's file first; it alone is audited by `forbid` */
    size_t source_count;
    const char *const *includes; /* directories for -I */
    size_t include_count;
    const char *const *cflags;
    size_t cflag_count;
    const char *const *forbid;  /* calls the exercise forbids; "atomics" */
    size_t forbid_count;
    bool exercise;              /* wording: "cannot be used in an exercise" */
    const char *cc;             /* NULL: $THREADMILL_CC, $CC, cc, gcc, clang - first that works */
};

struct run_built {
    enum verdict verdict; /* PASS: `plugin` is ready. COMPILE, LIMIT: the file's fault. TROUBLE: ours,
                           * or a file that is missing, unreadable or not text */
    char *plugin;         /* path; belongs to the cache */
    char *message;        /* first error, in one sentence; "system() cannot be used in an exercise" */
    char *output;         /* all the compiler said, escapes and control bytes removed, capped */
    char *file;
    int line;
    char **scenarios;     /* names of lab_scenario_* in the plugin */
    size_t scenario_count;
    bool has_main;
    double seconds;
};
void run_built_fini(struct run_built *b);

struct run_job; /* a build or an engine at work */
typedef void run_built_cb(void *data, struct run_built *built); /* callee may take over fields (NULL them) */
struct run_job *run_build_start(uv_loop_t *loop, const struct run_paths *paths,
                                const struct run_build *build, run_built_cb *cb, void *data);
/* Kills what runs; the callback is not called any more. NULL is fine. Frees the job. A job ends by
 * itself after its callback: forget the pointer there. */
void run_job_cancel(struct run_job *job);

/* ---- the engine -------------------------------------------------------- */

struct run_engine;
/* Each message, already named (symbols). When the engine ends by itself or is lost: a
 * MSG_TROUBLE with the reason in `text` (VERDICT_TROUBLE or a crash the engine could not
 * survive), once, as the last call. */
typedef void run_msg_cb(void *data, struct trace_msg *msg); /* callee may take over fields */
struct run_engine *run_engine_start(uv_loop_t *loop, const struct run_paths *paths,
                                    const char *plugin, run_msg_cb *cb, void *data, struct err *e);
/* Queues a request; answers end with MSG_DONE or MSG_TROUBLE. */
void run_engine_ask(struct run_engine *eng, const struct trace_request *req);
struct symbols *run_engine_symbols(struct run_engine *eng);
/* SIGKILL at once; no callback after this. NULL is fine. Frees. */
void run_engine_stop(struct run_engine *eng);

/* Waits for all of it, for the command line: runs the loop until the request is answered and
 * hands every message to cb. False with `e` when the engine was lost. */
bool run_engine_ask_wait(struct run_engine *eng, const struct trace_request *req, struct err *e);
bool run_build_wait(uv_loop_t *loop, const struct run_paths *paths, const struct run_build *build,
                    struct run_built *out, struct err *e);

/* ---- native runs (demos): see trace/lanes.h for what is logged ----------- */

struct lane_log; /* trace/lanes.h */
struct run_native;
/* `ended` once: exit status or signal as in waitpid, CPU seconds used. */
typedef void run_ended_cb(void *data, int status, double elapsed, double cpu);
typedef void run_output_cb(void *data, const char *bytes, size_t n);
/* Runs the plugin's main on real threads in its own process group with output capped at
 * 1 MiB and a limit of `seconds`. */
struct run_native *run_native_start(uv_loop_t *loop, const struct run_paths *paths,
                                    const char *plugin, const char *const *args, double seconds,
                                    run_output_cb *out, run_ended_cb *ended, void *data, struct err *e);
/* The shared log, readable while it runs and after it ended; valid until stop. */
const struct lane_log *run_native_log(const struct run_native *n);
void run_native_stop(struct run_native *n); /* SIGKILL the group; frees */

/* ---- watching files ------------------------------------------------------ */

struct run_watch;
typedef void run_changed_cb(void *data, const char *path);
/* Calls back once per save of the file (editors that rename over it included), inotify first,
 * polling each second where that fails. */
struct run_watch *run_watch_start(uv_loop_t *loop, const char *path, run_changed_cb *cb, void *data);
void run_watch_stop(struct run_watch *w);
/* Do events say at once what changes in this folder? False: it is looked at each second. */
bool run_watch_listens(uv_loop_t *loop, const char *dir);

#endif
