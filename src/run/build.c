/* build: sources -> plugin.
 *
 *   read   every source is a readable text file of sane size
 *   probe  which compiler and which linker (once per compiler, kept in the cache)
 *   make   an object for each source: from the cache, or compiled, all at once
 *   scan   preprocess those whose text could hide something from the audit
 *   audit  what the objects refer to
 *   link   ld -shared, every reference the engine takes over moved by --wrap
 *
 * A stage starts its children and counts them in `running`; when the last one has ended, the
 * next stage begins. Whatever ends a job early goes through `finish`.
 */
#include "run/inside.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_SOURCE   (1u << 20)
#define MAX_SAID     (64u << 10)
#define MAX_EXPANDED (64u << 20)
#define CPU_SECONDS  10
#define WALL_SECONDS 60.0
#define MEMORY_BYTES (UINT64_C(3) << 29)
#define FILE_BYTES   (UINT64_C(256) << 20)

struct unit {
    struct run_job *job;
    char *source;
    uint64_t key;
    char *object, *depfile; /* being made */
    struct cached made;
    bool have;
    char *said; /* compiler output of a failed compile */
    bool failed;
    struct child_end end; /* how it failed; its output is `said` */
    struct child *child;
};

struct run_job {
    uv_loop_t *loop;
    uv_timer_t later; /* callbacks never come from inside run_build_start */
    char *include, *cache;
    enum run_mode mode;
    bool exercise;
    struct words includes, cflags, forbid;
    char *wanted_cc;
    struct unit *units;
    size_t unit_count;
    struct words candidates[5];
    size_t candidate_count, candidate;
    struct compiler cc;
    struct words env;
    int running;
    struct child *child; /* probe or link */
    char *linked, *plugin;
    bool needs[AUDIT_LIBRARIES];
    struct run_built built;
    run_built_cb *cb;
    void *data;
    uint64_t began;
};

static void stage_probe(struct run_job *job);
static void stage_make(struct run_job *job);
static void stage_scan(struct run_job *job);
static void stage_audit(struct run_job *job);
static void stage_link(struct run_job *job);

/* ---- ends ------------------------------------------------------------------------- */

void run_built_fini(struct run_built *b)
{
    free(b->plugin);
    free(b->message);
    free(b->output);
    free(b->file);
    for (size_t i = 0; i < b->scenario_count; i++)
        free(b->scenarios[i]);
    free(b->scenarios);
    *b = (struct run_built){0};
}

static void unit_fini(struct unit *u)
{
    child_cancel(u->child);
    if (u->object)
        unlink(u->object);
    if (u->depfile)
        unlink(u->depfile);
    free(u->object);
    free(u->depfile);
    free(u->source);
    free(u->said);
    cached_fini(&u->made);
}

static void on_closed(uv_handle_t *h)
{
    struct run_job *job = h->data;
    for (size_t i = 0; i < job->unit_count; i++)
        unit_fini(&job->units[i]);
    for (size_t i = 0; i < job->candidate_count; i++)
        words_fini(&job->candidates[i]);
    if (job->linked)
        unlink(job->linked);
    compiler_fini(&job->cc);
    words_fini(&job->env);
    words_fini(&job->includes);
    words_fini(&job->cflags);
    words_fini(&job->forbid);
    run_built_fini(&job->built);
    free(job->units);
    free(job->wanted_cc);
    free(job->include);
    free(job->cache);
    free(job->linked);
    free(job->plugin);
    free(job);
}

static void drop_children(struct run_job *job)
{
    child_cancel(job->child);
    job->child = NULL;
    for (size_t i = 0; i < job->unit_count; i++) {
        child_cancel(job->units[i].child);
        job->units[i].child = NULL;
    }
}

void run_job_cancel(struct run_job *job)
{
    if (!job)
        return;
    drop_children(job);
    job->cb = NULL;
    if (!uv_is_closing((uv_handle_t *)&job->later))
        uv_close((uv_handle_t *)&job->later, on_closed);
}

static void gather_output(struct run_job *job)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < job->unit_count; i++) {
        const struct unit *u = &job->units[i];
        const char *said = u->failed ? u->said : u->made.output;
        strbuf_adds(&b, said ? said : "");
    }
    free(job->built.output);
    job->built.output = strbuf_take(&b);
}

static void finish(struct run_job *job)
{
    run_built_cb *cb = job->cb;
    drop_children(job);
    gather_output(job);
    job->built.seconds = (double)(uv_hrtime() - job->began) / 1e9;
    job->cb = NULL;
    if (cb)
        cb(job->data, &job->built);
    run_job_cancel(job);
}

/* Ends the job; takes over `message`. */
static void fail(struct run_job *job, enum verdict v, char *message)
{
    job->built.verdict = v;
    free(job->built.message);
    job->built.message = message;
    finish(job);
}

/* ---- read --------------------------------------------------------------------------- */

static bool source_usable(const char *path, uint64_t *ret_hash, struct err *e)
{
    size_t n;
    char *text = file_read(path, MAX_SOURCE, &n, e);
    if (!text)
        return false;
    bool fine = text_valid(path, text, n, e);
    *ret_hash = hash_bytes(text, n, HASH_SEED);
    free(text);
    return fine;
}

static void begin(uv_timer_t *timer)
{
    struct run_job *job = timer->data;
    struct err e = {0};
    for (size_t i = 0; i < job->unit_count; i++) {
        struct unit *u = &job->units[i];
        if (!source_usable(u->source, &u->key, &e)) {
            job->built.file = xstrdup(u->source);
            fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
            return;
        }
    }
    if (!dir_make_all(job->cache, &e)) {
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
        return;
    }
    compiler_environment(&job->env);
    stage_probe(job);
}

/* ---- probe ---------------------------------------------------------------------------- */

static void no_compiler(struct run_job *job)
{
    const char *order = job->wanted_cc ? job->wanted_cc : getenv("THREADMILL_CC");
    if (order && *order)
        fail(job, VERDICT_TROUBLE, xasprintf("the C compiler '%s' does not work here", order));
    else
        fail(job, VERDICT_TROUBLE,
             xstrdup("no C compiler found; install gcc (on Debian and Ubuntu: apt install gcc "
                     "libc6-dev)"));
}

static char *probe_file(struct run_job *job, uint64_t id)
{
    return xasprintf("%s/cc2-%016llx", job->cache, (unsigned long long)id);
}

static bool adopt_compiler(struct run_job *job, uint64_t id, const char *said)
{
    const struct words *w = &job->candidates[job->candidate];
    if (!compiler_understand(&job->cc, said)) {
        compiler_fini(&job->cc);
        return false;
    }
    words_add_all(&job->cc.command, (const char *const *)w->v, w->n);
    job->cc.id = id;
    return true;
}

static void on_probed(void *data, struct child_end *end)
{
    struct run_job *job = data;
    job->child = NULL;
    uint64_t id = compiler_identity(&job->candidates[job->candidate]);
    if (end->status == 0 && adopt_compiler(job, id, end->output)) {
        char *file = probe_file(job, id);
        file_write_atomic(file, end->output, end->output_len, NULL);
        free(file);
        stage_make(job);
        return;
    }
    job->candidate++;
    stage_probe(job);
}

static void start_probe(struct run_job *job)
{
    struct words argv = {0};
    struct err e;
    compiler_probe(&job->candidates[job->candidate], &argv);
    struct child_spec spec = {.argv = argv.v,
                              .env = job->env.v,
                              .capture = 1,
                              .max_output = 16384,
                              .cpu_seconds = CPU_SECONDS,
                              .seconds = WALL_SECONDS};
    job->child = child_start(job->loop, &spec, on_probed, job, &e);
    if (!job->child)
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
    words_fini(&argv);
}

static void stage_probe(struct run_job *job)
{
    if (job->candidate >= job->candidate_count) {
        no_compiler(job);
        return;
    }
    uint64_t id = compiler_identity(&job->candidates[job->candidate]);
    char *file = probe_file(job, id);
    char *said = file_read(file, 65536, NULL, NULL);
    bool known = said && adopt_compiler(job, id, said);
    free(file);
    free(said);
    if (known)
        stage_make(job);
    else
        start_probe(job);
}

/* ---- make ------------------------------------------------------------------------------- */

/* __FILE__ is the bare name, however the folder was spelled: its text is part of the program, and a token
 * speaks of places in the program. */
static void hide_folder(const char *folder, struct words *argv)
{
    words_addf(argv, "-fmacro-prefix-map=%s/=", folder);
}

static void hide_folders(const struct run_job *job, struct words *argv)
{
    for (size_t i = 0; i < job->includes.n; i++)
        hide_folder(job->includes.v[i], argv);
    hide_folder(job->include, argv);
    for (size_t i = 0; i < job->unit_count; i++) {
        char *folder = path_dirname(job->units[i].source);
        hide_folder(folder, argv);
        free(folder);
    }
}

/* Everything before the names of files, the same for compiling and for preprocessing. */
static void common_command(const struct run_job *job, struct words *argv)
{
    words_add_all(argv, (const char *const *)job->cc.command.v, job->cc.command.n);
    compiler_flags(&job->cc, job->mode, argv);
    for (size_t i = 0; i < job->includes.n; i++)
        words_addf(argv, "-I%s", job->includes.v[i]);
    words_addf(argv, "-I%s", job->include);
    hide_folders(job, argv);
    words_add_all(argv, (const char *const *)job->cflags.v, job->cflags.n);
}

static struct child_spec compile_limits(const struct words *argv, const struct run_job *job)
{
    return (struct child_spec){.argv = argv->v,
                               .env = job->env.v,
                               .capture = 2,
                               .max_output = MAX_SAID,
                               .cpu_seconds = CPU_SECONDS,
                               .memory_bytes = MEMORY_BYTES,
                               .file_bytes = FILE_BYTES,
                               .seconds = WALL_SECONDS};
}

static bool mentions(const char *text, const char *what) { return text && strcasestr(text, what); }

/* A compiler that was stopped, or says nothing we understand, gets a sentence of ours. */
static char *why_stopped(const struct unit *u)
{
    const char *name = path_basename(u->source);
    if (mentions(u->said, "out of memory") || mentions(u->said, "memory exhausted"))
        return xasprintf("the compiler ran out of memory at %s", name);
    if (u->end.signal == SIGXFSZ || mentions(u->said, "file too large") ||
        mentions(u->said, "file size limit"))
        return xasprintf("what the compiler makes of %s is too large", name);
    if (u->end.late || u->end.signal || mentions(u->said, "signal terminated program"))
        return xasprintf("the compiler was stopped: it did not get to the end of %s "
                         "(does it include itself, or something endless?)",
                         name);
    char *last = xstrdup(u->said && *u->said ? u->said : "the compiler failed and did not say why");
    last[strcspn(last, "\n")] = '\0';
    return last;
}

/* The C library's own headers are not the learner's to provide. */
static bool headers_missing(const struct diagnosis *d)
{
    static const char *const names[] = {"stdio.h:",  "stdlib.h:", "pthread.h:", "string.h:",
                                        "unistd.h:", "time.h:",   "errno.h:",   "assert.h:"};
    for (size_t i = 0; d->message && i < sizeof names / sizeof *names; i++)
        if (str_starts(d->message, names[i]) && strstr(d->message, "No such file"))
            return true;
    return false;
}

static void report_failure(struct run_job *job, struct unit *u)
{
    struct diagnosis d = diagnose_first_error(u->said);
    bool stopped = u->end.signal || u->end.late || !d.message ||
                   strstr(d.message, "signal terminated program");
    if (headers_missing(&d)) {
        fail(
            job, VERDICT_TROUBLE,
            xstrdup(
                "the C library's headers are missing; install libc6-dev (or your system's equal)"));
    } else {
        job->built.file = xstrdup(!stopped && d.file && *d.file ? d.file : u->source);
        job->built.line = stopped ? 0 : d.line;
        fail(job, VERDICT_COMPILE, stopped ? why_stopped(u) : xstrdup(d.message));
    }
    free(d.file);
    free(d.message);
}

static void all_made(struct run_job *job)
{
    for (size_t i = 0; i < job->unit_count; i++)
        if (job->units[i].failed) {
            report_failure(job, &job->units[i]);
            return;
        }
    stage_scan(job);
}

static bool keep_object(struct unit *u, const struct child_end *end, struct err *e)
{
    char *said = diagnose_clean(end->output, end->output_len, MAX_SAID);
    bool kept = cache_store(u->job->cache, u->key, u->object, u->depfile, u->job->include, said,
                            &u->made, e);
    free(said);
    return kept;
}

static void on_compiled(void *data, struct child_end *end)
{
    struct unit *u = data;
    struct run_job *job = u->job;
    struct err e = {0};
    u->child = NULL;
    job->running--;
    if (end->status != 0) {
        u->failed = true;
        u->end = *end;
        u->end.output = NULL;
        u->said = diagnose_clean(end->output, end->output_len, MAX_SAID);
    } else if (!keep_object(u, end, &e)) {
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
        return;
    }
    if (job->running == 0)
        all_made(job);
}

static bool start_compile(struct unit *u, struct err *e)
{
    struct run_job *job = u->job;
    struct words argv = {0};
    u->object = cache_scratch(job->cache, ".o");
    u->depfile = cache_scratch(job->cache, ".d");
    common_command(job, &argv);
    words_add(&argv, "-MMD");
    words_add(&argv, "-MF");
    words_add(&argv, u->depfile);
    words_add(&argv, "-c");
    words_add(&argv, "-o");
    words_add(&argv, u->object);
    words_add(&argv, u->source);
    struct child_spec spec = compile_limits(&argv, job);
    u->child = child_start(job->loop, &spec, on_compiled, u, e);
    words_fini(&argv);
    job->running += u->child != NULL;
    return u->child != NULL;
}

/* The key says how an object is made and from what source; cache_lookup compares the headers. */
static uint64_t unit_key(const struct run_job *job, const struct unit *u)
{
    struct words argv = {0};
    common_command(job, &argv);
    words_add(&argv, u->source);
    uint64_t key = words_hash(&argv, hash_bytes(&u->key, sizeof u->key, job->cc.id));
    words_fini(&argv);
    return key;
}

static void stage_make(struct run_job *job)
{
    struct err e;
    for (size_t i = 0; i < job->unit_count; i++) {
        struct unit *u = &job->units[i];
        u->key = unit_key(job, u);
        if (cache_lookup(job->cache, u->key, &u->made) || start_compile(u, &e))
            continue;
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
        return;
    }
    if (job->running == 0)
        stage_scan(job);
}

/* ---- scan ---------------------------------------------------------------------------------- */

static void on_expanded(void *data, struct child_end *end)
{
    struct unit *u = data;
    struct run_job *job = u->job;
    struct finding f;
    u->child = NULL;
    job->running--;
    if (end->status != 0 || end->cut) {
        job->built.file = xstrdup(u->source);
        fail(job, VERDICT_COMPILE,
             xasprintf("%s is too large once its macros are expanded", path_basename(u->source)));
        return;
    }
    if (scan_preprocessed(end->output, end->output_len, &f)) {
        job->built.file = f.file ? f.file : xstrdup(u->source);
        job->built.line = f.line;
        fail(job, VERDICT_LIMIT,
             xasprintf("%s %s: %s (line %d)", f.what, audit_refusal(job->exercise), f.why, f.line));
        return;
    }
    if (job->running == 0)
        stage_audit(job);
}

static bool start_expansion(struct unit *u, struct err *e)
{
    struct run_job *job = u->job;
    struct words argv = {0};
    common_command(job, &argv);
    words_add(&argv, "-E");
    words_add(&argv, u->source);
    struct child_spec spec = compile_limits(&argv, job);
    spec.capture = 1;
    spec.max_output = MAX_EXPANDED;
    u->child = child_start(job->loop, &spec, on_expanded, u, e);
    words_fini(&argv);
    job->running += u->child != NULL;
    return u->child != NULL;
}

static void stage_scan(struct run_job *job)
{
    struct err e;
    for (size_t i = 0; job->mode == RUN_CHECK && i < job->unit_count; i++)
        if (job->units[i].made.suspicious && !start_expansion(&job->units[i], &e)) {
            fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
            return;
        }
    if (job->running == 0)
        stage_audit(job);
}

/* ---- audit ----------------------------------------------------------------------------------- */

static void stage_audit(struct run_job *job)
{
    const char **objects = xcalloc(job->unit_count, sizeof *objects);
    const char **sources = xcalloc(job->unit_count, sizeof *sources);
    for (size_t i = 0; i < job->unit_count; i++) {
        objects[i] = job->units[i].made.object;
        sources[i] = job->units[i].source;
    }
    struct audit_input in = {.objects = objects,
                             .sources = sources,
                             .count = job->unit_count,
                             .forbid = (const char *const *)job->forbid.v,
                             .forbid_count = job->forbid.n,
                             .exercise = job->exercise,
                             .native = job->mode == RUN_NATIVE,
                             .ret_needs = job->needs};
    audit_objects(&in, &job->built);
    free(objects);
    free(sources);
    if (job->built.verdict == VERDICT_PASS)
        stage_link(job);
    else
        finish(job);
}

/* ---- link ---------------------------------------------------------------------------------------
 */

/* The linker's argument file: one --wrap for every call the engine takes over. */
static char *wrap_file(struct run_job *job, struct err *e)
{
    struct strbuf b = STRBUF_INIT;
    for (const char *const *name = trace_wrapped_calls(); *name; name++)
        strbuf_addf(&b, "--wrap=%s\n", *name);
    char *path = xasprintf("%s/wrap-%016llx", job->cache,
                           (unsigned long long)hash_bytes(b.s, b.len, HASH_SEED));
    bool there = path_is_file(path) || file_write_atomic(path, b.s, b.len, e);
    cache_touch(path);
    strbuf_fini(&b);
    if (there)
        return path;
    free(path);
    return NULL;
}

/* -Bsymbolic: a learner's own send() must not become libc's. norelro: the engine puts the
 * writable pages back before every run. */
static void link_command(struct run_job *job, const char *wraps, struct words *argv)
{
    static const char *const flags[] = {"-shared",
                                        "-z",
                                        "norelro",
                                        "-z",
                                        "now",
                                        "-z",
                                        "noexecstack",
                                        "--eh-frame-hdr",
                                        "-Bsymbolic",
                                        "--hash-style=gnu",
                                        "--build-id=none"};
    words_add(argv, job->cc.linker);
    words_add_all(argv, flags, sizeof flags / sizeof *flags);
    words_addf(argv, "@%s", wraps);
    for (size_t i = 0; i < job->unit_count; i++)
        words_add(argv, job->units[i].made.object);
    for (int i = 0; i < AUDIT_LIBRARIES; i++)
        if (job->needs[i])
            words_add(argv, audit_library(i));
}

static bool hash_objects(const struct run_job *job, uint64_t *key, struct err *e)
{
    for (size_t i = 0; i < job->unit_count; i++) {
        size_t n;
        char *bytes = file_read(job->units[i].made.object, FILE_BYTES, &n, e);
        if (!bytes)
            return false;
        *key = hash_bytes(bytes, n, *key);
        free(bytes);
    }
    return true;
}

static void deliver(struct run_job *job)
{
    job->built.plugin = job->plugin;
    job->plugin = NULL;
    cache_touch(job->built.plugin);
    cache_prune(job->cache);
    finish(job);
}

static void on_linked(void *data, struct child_end *end)
{
    struct run_job *job = data;
    job->child = NULL;
    if (end->status != 0) {
        char *said = diagnose_clean(end->output, end->output_len, 400);
        fail(job, VERDICT_TROUBLE, xasprintf("the linker failed: %s", str_trim(said)));
        free(said);
    } else if (rename(job->linked, job->plugin) != 0) {
        fail(job, VERDICT_TROUBLE,
             xasprintf("cannot write '%s': %s", job->plugin, strerror(errno)));
    } else {
        deliver(job);
    }
}

static void start_link(struct run_job *job, struct words *argv)
{
    struct err e;
    job->linked = cache_scratch(job->cache, ".so");
    words_add(argv, "-o");
    words_add(argv, job->linked);
    struct child_spec spec = compile_limits(argv, job);
    job->child = child_start(job->loop, &spec, on_linked, job, &e);
    if (!job->child)
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
}

/* A plugin made of the same objects by the same command is there already. */
static void stage_link(struct run_job *job)
{
    struct words argv = {0};
    struct err e;
    if (!job->cc.linker) {
        fail(job, VERDICT_TROUBLE, xstrdup("no linker found; install binutils"));
        return;
    }
    char *wraps = wrap_file(job, &e);
    uint64_t key = job->cc.id;
    if (!wraps || !hash_objects(job, &key, &e)) {
        fail(job, VERDICT_TROUBLE, xstrdup(e.msg));
        free(wraps);
        return;
    }
    link_command(job, wraps, &argv);
    job->plugin =
        xasprintf("%s/%016llx.so", job->cache, (unsigned long long)words_hash(&argv, key));
    if (path_is_file(job->plugin))
        deliver(job);
    else
        start_link(job, &argv);
    words_fini(&argv);
    free(wraps);
}

/* ---- starting
 * -------------------------------------------------------------------------------------- */

struct run_job *run_build_start(uv_loop_t *loop, const struct run_paths *paths,
                                const struct run_build *build, run_built_cb *cb, void *data)
{
    struct run_job *job = xcalloc(1, sizeof *job);
    job->loop = loop;
    job->cb = cb;
    job->data = data;
    job->began = uv_hrtime();
    job->include = xstrdup(paths->include);
    job->cache = xstrdup(paths->cache);
    job->mode = build->mode;
    job->exercise = build->exercise;
    words_add_all(&job->includes, build->includes, build->include_count);
    words_add_all(&job->cflags, build->cflags, build->cflag_count);
    words_add_all(&job->forbid, build->forbid, build->forbid_count);
    job->wanted_cc = build->cc ? xstrdup(build->cc) : NULL;
    job->candidate_count = compiler_candidates(build->cc, job->candidates);
    job->unit_count = build->source_count;
    job->units = xcalloc(job->unit_count, sizeof *job->units);
    for (size_t i = 0; i < job->unit_count; i++)
        job->units[i] = (struct unit){.job = job, .source = xstrdup(build->sources[i])};
    uv_timer_init(loop, &job->later);
    job->later.data = job;
    uv_timer_start(&job->later, begin, 0, 0);
    return job;
}

struct built_wait {
    struct run_built *out;
    bool done;
};

static void on_waited(void *data, struct run_built *built)
{
    struct built_wait *w = data;
    *w->out = *built;
    *built = (struct run_built){0};
    w->done = true;
}

bool run_build_wait(uv_loop_t *loop, const struct run_paths *paths, const struct run_build *build,
                    struct run_built *out, struct err *e)
{
    struct built_wait w = {.out = out};
    run_build_start(loop, paths, build, on_waited, &w);
    while (!w.done && uv_run(loop, UV_RUN_ONCE) != 0)
        ;
    if (!w.done)
        return err_set(e, 0, "the build never ended");
    return true;
}
