/* inside: what the files of run/ share; not for other rooms.
 *
 * Everything hangs on one rule: an object that libuv knows is freed only when the last of its
 * handles has closed, and a callback may ask for that at any moment. So every kind of thing here
 * has a count of open handles and a flag that says nobody wants to hear from it any more.
 */
#ifndef RUN_INSIDE_H
#define RUN_INSIDE_H

#include "run/run.h"

/* ---- child.c: one process, its output kept, its time limited ---- */

struct child_spec {
    char *const *argv; /* argv[0] is looked up in PATH */
    char *const *env;  /* NULL: ours */
    int capture;       /* 1 or 2: which of its outputs to keep; the other is thrown away */
    size_t max_output; /* more is read and dropped */
    int cpu_seconds;   /* limits; 0 = none */
    uint64_t memory_bytes, file_bytes;
    double seconds; /* wall clock */
};
struct child_end {
    int status; /* exit status; -1 when a signal ended it */
    int signal;
    bool late; /* it was killed because its wall clock time was over */
    char *output;
    size_t output_len;
    bool cut; /* output was longer than max_output */
};
struct child;
/* `end` and its strings last as long as the call; take `output` by setting it to NULL. */
typedef void child_cb(void *data, struct child_end *end);
struct child *child_start(uv_loop_t *loop, const struct child_spec *spec, child_cb *cb, void *data,
                          struct err *e);
/* Kills its process group; the callback is not called any more. NULL is fine. */
void child_cancel(struct child *c);
/* No core file of a process that was just started. */
void child_no_core(int pid);

/* ---- words.c: growing, NULL-terminated lists of strings, for command lines ---- */

struct words {
    char **v; /* NULL-terminated as soon as there is one word */
    size_t n, cap;
};
void words_add(struct words *w, const char *word);
void words_take(struct words *w, char *word); /* owns it from now on */
void words_addf(struct words *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void words_add_all(struct words *w, const char *const *list, size_t n);
void words_split(struct words *w, const char *text); /* at white space */
uint64_t words_hash(const struct words *w, uint64_t seed);
void words_fini(struct words *w);

/* ---- compiler.c: which compiler, which linker, which flags ---- */

struct compiler {
    struct words command; /* "gcc", or "ccache", "gcc" */
    bool clang;
    uint64_t id;  /* changes when the program does */
    char *linker; /* path */
};
void compiler_fini(struct compiler *c);
/* Command lines worth trying, best first: `wanted` alone when given. Caller fini's each. */
size_t compiler_candidates(const char *wanted, struct words out[5]);
/* The path of a program by PATH; NULL when there is none. Caller frees. */
char *program_find(const char *name);
/* What identifies the program behind a command, also when it is upgraded in place. */
uint64_t compiler_identity(const struct words *command);
/* A command that says all we want to know about a compiler, and what it said. */
void compiler_probe(const struct words *command, struct words *argv);
bool compiler_understand(struct compiler *c, const char *said);
void compiler_flags(const struct compiler *c, enum run_mode mode, struct words *argv);
/* The environment compilers run in: ours, in the C locale, without search paths. */
void compiler_environment(struct words *env);

/* ---- cache.c: objects by the content of all they were made from ---- */

struct cached {
    char *object;    /* path of the .o */
    char *output;    /* warnings */
    bool suspicious; /* its text could hide assembly or attributes: scan it */
};
void cached_fini(struct cached *c);
/* A name nobody else uses, in the cache folder. Caller frees. */
char *cache_scratch(const char *dir, const char *suffix);
bool cache_lookup(const char *dir, uint64_t key, struct cached *out);
/* Moves a fresh object into the cache. `depfile` is the compiler's -MMD output; `trusted` a folder
 * whose headers are ours. Both scratch files are gone afterwards. */
bool cache_store(const char *dir, uint64_t key, const char *object, const char *depfile,
                 const char *trusted, const char *output, struct cached *out, struct err *e);
void cache_touch(const char *path);
/* Removes the oldest files when there are many; never young ones. */
void cache_prune(const char *dir);

/* ---- diagnose.c: what a compiler said ---- */

/* Without escapes and control bytes, valid UTF-8, at most `cap` bytes. Caller frees. */
char *diagnose_clean(const char *bytes, size_t n, size_t cap);
struct diagnosis {
    char *file, *message; /* NULL when no line looks like an error */
    int line;
};
struct diagnosis diagnose_first_error(const char *output);

/* ---- scan.c: what preprocessed source holds that an object does not show ---- */

struct finding {
    const char *what, *why; /* "inline assembly", "the lab cannot see what it does" */
    char *file;
    int line;
};
/* False when there is nothing to object to. */
bool scan_preprocessed(const char *text, size_t len, struct finding *ret);
/* Could this raw source, once preprocessed, hold something scan_preprocessed looks for? */
bool scan_suspicious(const char *text, size_t len);

/* ---- audit.c: what the objects refer to ---- */

#define AUDIT_LIBRARIES 3
struct audit_input {
    const char *const *objects, *const *sources;
    size_t count;
    const char *const *forbid;
    size_t forbid_count;
    bool exercise, native;
    bool *ret_needs; /* AUDIT_LIBRARIES flags: which libraries the plugin needs */
};
/* Fills verdict (PASS, LIMIT, COMPILE or TROUBLE), message, file, line, scenarios, has_main. */
void audit_objects(const struct audit_input *in, struct run_built *out);
const char *audit_library(int i); /* its path; NULL when there is none */
/* "cannot be used in an exercise" or "cannot be explored". */
const char *audit_refusal(bool exercise);

#endif
