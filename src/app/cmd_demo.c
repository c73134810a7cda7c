/* demo: a program on real threads: live in the terminal, or as plain lines; or a run of it that was
 * recorded before (--record writes one).
 */
#include "app/cmd.h"
#include "app/lanes.h"
#include "app/ui.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORDS = 24, LIMIT_SECONDS = 60, LOOK_MS = 50, KEEP_OUTPUT = 8000 };

struct showing {
    const char *variant, *record;
    bool recorded; /* show the run that was recorded */
    const struct lesson *lesson;
    const struct step *step;
    const struct block *block;
    char *file, *args, *cflags;
    const char *recording; /* relative to the lesson; NULL: none */
    char *const *more; /* arguments from the command line instead of the demo's own */
    size_t more_count;
};

struct running {
    bool ended;
    const struct lane_log *log;
    struct lanes lanes;
    struct lanes_run run;
    struct strbuf output;
};

static size_t split(char *text, const char **words, size_t most)
{
    size_t n = 0;
    char *save = NULL;
    for (char *w = strtok_r(text, " \t", &save); w && n < most; w = strtok_r(NULL, " \t", &save))
        words[n++] = w;
    return n;
}

static void print_output(void *data, const char *bytes, size_t n)
{
    struct running *r = data;
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n; i++)
        if (bytes[i] == '\n' || bytes[i] == '\t' || (unsigned char)bytes[i] >= ' ')
            strbuf_addc(&b, bytes[i] == 127 ? ' ' : bytes[i]);
    out_text(b.s);
    fflush(stdout);
    if (r->output.len + b.len < KEEP_OUTPUT)
        strbuf_adds(&r->output, b.s);
    strbuf_fini(&b);
}

static void note_end(void *data, int status, double elapsed, double cpu)
{
    struct running *r = data;
    r->ended = true;
    r->run.status = status;
    r->run.elapsed = elapsed;
    r->run.cpu = cpu;
}

static int tell_end(const struct lanes_run *r)
{
    out_format("elapsed %.3f s, CPU %.3f s\n", r->elapsed, r->cpu);
    if (WIFSIGNALED(r->status)) {
        int s = WTERMSIG(r->status);
        return app_fail("demo: the program was ended by signal %d (%s)%s", s, strsignal(s),
                        s == SIGKILL ? "; the limit is 60 seconds" : ""),
               EXIT_FAILS;
    }
    if (WIFEXITED(r->status) && WEXITSTATUS(r->status))
        return app_fail("demo: the program ended with status %d", WEXITSTATUS(r->status)),
               EXIT_FAILS;
    return EXIT_HOLDS;
}

/* ---- recorded runs -------------------------------------------------------------- */

static char *this_machine(void)
{
    struct utsname u;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return xasprintf("%ld core%s, %s", cores, cores == 1 ? "" : "s",
                     uname(&u) == 0 ? u.machine : "Linux");
}

static bool write_recording(const char *path, struct running *r)
{
    struct err e = {0};
    r->run.machine = this_machine();
    r->run.output = xstrdup(r->output.s);
    char *text = lanes_print(&r->lanes, &r->run);
    bool ok = file_write_atomic(path, text, strlen(text), &e);
    free(text);
    if (!ok)
        app_fail("demo: the run could not be written: %s", e.msg);
    return ok;
}

static char *recording_path(const struct showing *s)
{
    if (str_ends(s->file, ".lanes"))
        return xstrdup(s->file);
    return s->recording ? path_join(s->lesson->dir, s->recording) : NULL;
}

static int show_recording(const struct showing *s)
{
    struct lanes lanes = {0};
    struct lanes_run run = {0};
    struct err e = {0};
    char *path = recording_path(s),
         *text = path ? file_read(path, LANES_FILE_MOST, NULL, &e) : NULL;
    int status;
    if (!path) {
        status = app_fail("demo: there is no recorded run of this one");
    } else if (!text || !lanes_parse(text, &lanes, &run, &e)) {
        status = app_fail("demo: %s", e.msg);
    } else {
        char *shown = lanes_text(&lanes, 80);
        out_format("%srecorded on %s\n%s", run.output, run.machine ? run.machine : "", shown);
        free(shown);
        status = tell_end(&run);
    }
    lanes_fini(&lanes);
    lanes_run_fini(&run);
    free(text);
    free(path);
    return status;
}

/* ---- a run ---------------------------------------------------------------------- */

static void look(uv_timer_t *t)
{
    struct running *r = t->data;
    lanes_take(&r->lanes, r->log);
}

static void wait_for_end(struct app *app, struct running *r)
{
    uv_timer_t *t = xcalloc(1, sizeof *t);
    uv_timer_init(app->loop, t);
    t->data = r;
    uv_timer_start(t, look, LOOK_MS, LOOK_MS);
    while (!r->ended)
        uv_run(app->loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)t, (uv_close_cb)free);
    uv_run(app->loop, UV_RUN_NOWAIT);
    lanes_take(&r->lanes, r->log);
}

static int run(struct app *app, const char *plugin, const char *const *args, const char *record)
{
    struct running r = {.output = STRBUF_INIT};
    struct err e = {0};
    struct run_native *n = run_native_start(app->loop, &app->paths, plugin, args, LIMIT_SECONDS,
                                            print_output, note_end, &r, &e);
    if (!n)
        return app_fail("demo: %s", e.msg);
    r.log = run_native_log(n);
    wait_for_end(app, &r);
    run_native_stop(n);
    char *text = lanes_text(&r.lanes, 80);
    out_text(text);
    free(text);
    int status = tell_end(&r.run);
    if (record && !write_recording(record, &r))
        status = EXIT_UNJUDGED;
    lanes_fini(&r.lanes);
    lanes_run_fini(&r.run);
    strbuf_fini(&r.output);
    return status;
}

static int run_plain(struct app *app, const struct showing *s)
{
    const char *args[MAX_WORDS + 1] = {0}, *flags[MAX_WORDS], *sources[1] = {s->file};
    char *own_args = xstrdup(s->args ? s->args : ""),
         *own_flags = xstrdup(s->cflags && *s->cflags ? s->cflags : "-O2");
    struct run_build build = {
        .mode = RUN_NATIVE, .sources = sources, .source_count = 1, .cflags = flags};
    struct run_built built = {0};
    struct err e = {0};
    build.cflag_count = split(own_flags, flags, MAX_WORDS);
    size_t n = s->more ? 0 : split(own_args, args, MAX_WORDS);
    for (size_t i = 0; i < s->more_count && n < MAX_WORDS; i++)
        args[n++] = s->more[i];
    int status;
    if (!run_build_wait(app->loop, &app->paths, &build, &built, &e))
        status = app_fail("demo: %s", e.msg);
    else if (built.verdict == VERDICT_TROUBLE && built.message)
        status = app_fail("demo: %s", built.message); /* names the file itself */
    else if (built.verdict != VERDICT_PASS)
        status = app_fail("demo: %s: %s", s->file,
                          built.message ? built.message : verdict_meaning(built.verdict));
    else
        status = run(app, built.plugin, args, s->record);
    run_built_fini(&built);
    free(own_args);
    free(own_flags);
    return status;
}

static int run_live(struct app *app, const struct showing *s)
{
    struct target t = {.kind = TARGET_DEMO,
                       .lesson = s->lesson,
                       .step = s->step,
                       .block = s->block,
                       .file = xstrdup(s->file)};
    struct ui_start start = {.target = &t, .screen = SCREEN_DEMO};
    int status = ui_main(app, &start);
    target_fini(&t);
    return status;
}

static const struct demo_variant *variant_named(const struct demo *d, const char *name)
{
    for (size_t i = 0; i < d->variant_count; i++)
        if (strncmp(d->variants[i].label, name, strlen(name)) == 0)
            return &d->variants[i];
    return NULL;
}

static bool choose_variant(struct showing *s, struct err *e)
{
    if (!s->block)
        return !s->variant || err_set(e, 0, "a file has no variants");
    const struct demo *d = &s->block->demo;
    const struct demo_variant *v = s->variant ? variant_named(d, s->variant) : NULL;
    if (s->variant && !v)
        return err_set(e, 0, "the demo has no variant '%s'", s->variant);
    s->args = v && v->args && *v->args ? v->args : d->args;
    s->recording = v ? v->recorded : d->recorded;
    s->cflags = v && v->cflags && *v->cflags ? v->cflags : d->cflags;
    return true;
}

static int no_such(const struct course *c, const char *name)
{
    const char *names[256];
    size_t n = 0;
    for (size_t i = 0; i < c->lesson_count; i++)
        for (size_t k = 0; k < c->lessons[i].step_count; k++)
            for (size_t m = 0; m < c->lessons[i].steps[k].block_count && n < 256; m++)
                if (c->lessons[i].steps[k].blocks[m].kind == BLOCK_DEMO)
                    names[n++] = path_basename(c->lessons[i].steps[k].blocks[m].demo.program);
    const char *near = app_nearest(name, names, n);
    return near ? app_fail("demo: there is no demo '%s'; did you mean '%s'?", name, near)
                : app_fail(
                      "demo: there is no demo '%s'; 'threadmill list' shows the steps of kind demo",
                      name);
}

/* A demo of the course, a C file, or a recorded run. */
static bool find_subject(struct app *app, const char *name, struct showing *s, int *ret_status)
{
    *ret_status = EXIT_UNJUDGED;
    const struct course *c = app_course(app);
    if (!c)
        return false;
    if (str_ends(name, ".c") || str_ends(name, ".lanes")) {
        s->file = realpath(name, NULL);
        if (!s->file)
            app_fail("demo: cannot open '%s': %s", name, strerror(errno));
        return s->file != NULL;
    }
    s->block = course_find(c, BLOCK_DEMO, name, &s->lesson, &s->step);
    if (!s->block) {
        *ret_status = no_such(c, name);
        return false;
    }
    const char *program = s->block->demo.program;
    s->file = xasprintf("%s/%s%s", s->lesson->dir, program, str_ends(program, ".c") ? "" : ".c");
    return true;
}

static int show(struct app *app, const struct showing *s, bool plain)
{
    bool recording = s->recorded || str_ends(s->file, ".lanes");
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!plain && terminal && !s->more && !s->variant && !s->record && !s->recorded)
        return run_live(app, s);
    return recording ? show_recording(s) : run_plain(app, s);
}

int cmd_demo(struct app *app, int argc, char **argv)
{
    bool plain = false;
    struct showing s = {0};
    const struct opt opts[] = {{"plain", OPT_FLAG, &plain},
                               {"variant", OPT_TEXT, &s.variant},
                               {"record", OPT_TEXT, &s.record},
                               {"recorded", OPT_FLAG, &s.recorded}};
    struct args a;
    struct err e = {0};
    int status;
    if (!opt_parse(argc, argv, opts, sizeof opts / sizeof *opts, 1, 1, &a, &e))
        return opt_fail("demo", &e);
    if (!find_subject(app, a.items[0], &s, &status))
        return status;
    s.more = a.rest;
    s.more_count = a.rest_count;
    status = choose_variant(&s, &e) ? show(app, &s, plain) : opt_fail("demo", &e);
    free(s.file);
    return status;
}
