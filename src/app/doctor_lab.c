/* doctor_lab: the compiler, the engine and real threads, each tried on a small program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "app/doctor.h"
#include "app/judge.h"

/* Two threads, one lost update: a working engine finds it within a few runs. */
static const char program[] = "#include <pthread.h>\n"
                              "static int cups;\n"
                              "static void *add(void *x) { cups++; return x; }\n"
                              "int main(void)\n"
                              "{\n"
                              "    pthread_t a, b;\n"
                              "    if (pthread_create(&a, NULL, add, NULL) ||\n"
                              "        pthread_create(&b, NULL, add, NULL))\n"
                              "        return 3;\n"
                              "    pthread_join(a, NULL);\n"
                              "    pthread_join(b, NULL);\n"
                              "    return 0;\n"
                              "}\n";

/* The program as a file in the cache, where a check writes too. Caller frees; NULL with `e`. */
static char *program_file(struct doctor *d, struct err *e)
{
    char *path = path_join(d->app->paths.cache, "doctor.c");

    if (dir_make_all(d->app->paths.cache, e) &&
        file_replace(path, program, strlen(program), false, e))
        return path;
    free(path);
    return NULL;
}

/* ---- the compiler ---------------------------------------------------------- */

static char *first_line_of(const char *command)
{
    char line[160] = "";
    FILE *f = popen(command, "r");

    if (f && fgets(line, sizeof line, f))
        line[strcspn(line, "\n")] = '\0';
    if (f)
        pclose(f);
    return xstrdup(line);
}

/* The one a check takes: the same order, see run.h. */
static char *compiler_version(void)
{
    return first_line_of("for c in \"$THREADMILL_CC\" \"$CC\" cc gcc clang; do [ -n \"$c\" ] && "
                         "$c --version 2>/dev/null | head -n 1 | grep . && break; done");
}

static void note_clang(struct doctor *d)
{
    char *clang = first_line_of("clang --version 2>/dev/null");

    if (*clang)
        doctor_add(d, "clang", FINDING_GOOD, "%s", clang);
    else
        finding_advice(doctor_add(d, "clang", FINDING_NOTE, "not there"),
                       "a second compiler to try (CC=clang); nothing needs it", NULL);
    free(clang);
}

static const char compiler_fix[] = "install gcc and the C library's headers: sudo apt-get install "
                                   "gcc libc6-dev binutils";

void doctor_compiler(struct doctor *d)
{
    struct err e = {0};
    struct run_built built = {0};
    char *version = compiler_version(), *file = program_file(d, &e);
    const char *sources[1] = {file};
    const struct run_build build = {.mode = RUN_CHECK, .sources = sources, .source_count = 1};

    if (!file)
        doctor_add(d, "compiler", FINDING_BAD, "could not be tried: %s", e.msg);
    else if (run_build_wait(d->app->loop, &d->app->paths, &build, &built, &e) &&
             built.verdict == VERDICT_PASS)
        doctor_add(d, "compiler", FINDING_GOOD, "%s", *version ? version : "it works");
    else
        finding_advice(doctor_add(d, "compiler", FINDING_BAD, "%s",
                                  built.message ? built.message
                                  : e.msg[0]    ? e.msg
                                                : "it does not work"),
                       "no exercise, drive or demo can be built", compiler_fix);
    run_built_fini(&built);
    free(file);
    free(version);
    note_clang(d);
}

/* ---- the engine ------------------------------------------------------------ */

static void engine_answered(struct doctor *d, const struct report *r)
{
    if (r->verdict == VERDICT_RACE && r->test_count > 0)
        doctor_add(d, "engine", FINDING_GOOD,
                   "found the race of a small program in run %llu, all in %.2f s",
                   (unsigned long long)r->tests[0].result.runs, r->seconds);
    else
        finding_advice(doctor_add(d, "engine", FINDING_BAD, "%s instead of a race%s%s",
                                  verdict_id(r->verdict), r->message ? ": " : "",
                                  r->message ? r->message : ""),
                       "no check, drive or replay works",
                       "if the limits below are in order, this is worth a bug report");
}

void doctor_engine(struct doctor *d)
{
    struct err e = {0};
    struct judge_options o;
    char *file = program_file(d, &e);

    if (!file)
        return; /* the compiler's finding says why */
    judge_options_init(&o);
    o.seconds = 20;
    struct report *r = judge_wait(d->app->loop, &d->app->paths, NULL, "doctor.c", file, &o, NULL);
    engine_answered(d, r);
    report_free(r);
    free(file);
}

/* ---- real threads ---------------------------------------------------------- */

struct native_end {
    bool ended;
    int status;
};

static void native_output(void *data, const char *bytes, size_t n)
{
    (void)data;
    (void)bytes;
    (void)n;
}

static void native_ended(void *data, int status, double elapsed, double cpu)
{
    struct native_end *end = data;

    (void)elapsed;
    (void)cpu;
    end->ended = true;
    end->status = status;
}

/* Wait status, or -1 with `e`. */
static int run_native(struct doctor *d, const char *plugin, struct err *e)
{
    struct native_end end = {0};
    const char *const args[] = {NULL};
    struct run_native *n = run_native_start(d->app->loop, &d->app->paths, plugin, args, 10,
                                            native_output, native_ended, &end, e);

    while (n && !end.ended)
        uv_run(d->app->loop, UV_RUN_ONCE);
    run_native_stop(n);
    return n ? end.status : -1;
}

void doctor_threads(struct doctor *d)
{
    struct err e = {0};
    struct run_built built = {0};
    char *file = program_file(d, &e);
    const char *sources[1] = {file};
    const struct run_build build = {.mode = RUN_NATIVE, .sources = sources, .source_count = 1};

    if (!file)
        return;
    bool ok = run_build_wait(d->app->loop, &d->app->paths, &build, &built, &e) &&
              built.verdict == VERDICT_PASS;
    int status = ok ? run_native(d, built.plugin, &e) : -1;
    if (status == 0)
        doctor_add(d, "threads", FINDING_GOOD, "a program ran on real threads");
    else
        finding_advice(doctor_add(d, "threads", FINDING_BAD, "%s",
                                  e.msg[0]        ? e.msg
                                  : built.message ? built.message
                                  : WIFSIGNALED(status)
                                      ? "the program was killed"
                                      : "the program could not start its threads"),
                       "demos cannot be watched; checks and drives need no real threads",
                       "look at 'processes' and 'memory' below");
    run_built_fini(&built);
    free(file);
}
