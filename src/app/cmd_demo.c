/* demo: a program on real threads: live in the terminal, or as plain lines. */
#include "app/cmd.h"
#include "app/lanes.h"
#include "app/ui.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORDS = 24, LIMIT_SECONDS = 60 };

struct showing {
    const char *variant;
    const struct lesson *lesson;
    const struct step *step;
    const struct block *block;
    char *file, *args, *cflags;
    char *const *more; /* arguments from the command line instead of the demo's own */
    size_t more_count;
};

struct running {
    bool ended;
    int status;
    double elapsed, cpu;
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
    (void)data;
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n; i++)
        if (bytes[i] == '\n' || bytes[i] == '\t' || (unsigned char)bytes[i] >= ' ')
            strbuf_addc(&b, bytes[i] == 127 ? ' ' : bytes[i]);
    out_text(b.s);
    strbuf_fini(&b);
    fflush(stdout);
}

static void note_end(void *data, int status, double elapsed, double cpu)
{
    struct running *r = data;
    *r = (struct running){true, status, elapsed, cpu};
}

static uint64_t now_ns(void) { return uv_hrtime(); }

static int tell_end(const struct running *r)
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

static int run(struct app *app, const char *plugin, const char *const *args)
{
    struct running r = {0};
    struct err e = {0};
    struct run_native *n = run_native_start(app->loop, &app->paths, plugin, args, LIMIT_SECONDS,
                                            print_output, note_end, &r, &e);
    if (!n)
        return app_fail("demo: %s", e.msg);
    while (!r.ended)
        uv_run(app->loop, UV_RUN_ONCE);
    char *lanes = lanes_text(run_native_log(n), now_ns(), 80);
    out_text(lanes);
    free(lanes);
    run_native_stop(n);
    return tell_end(&r);
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
    else if (built.verdict != VERDICT_PASS)
        status = app_fail("demo: %s: %s", s->file,
                          built.message ? built.message : verdict_meaning(built.verdict));
    else
        status = run(app, built.plugin, args);
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
    const struct demo *d = &s->block->demo;
    const struct demo_variant *v = s->variant ? variant_named(d, s->variant) : NULL;
    if (s->variant && !v)
        return err_set(e, 0, "the demo has no variant '%s'", s->variant);
    s->args = v && v->args && *v->args ? v->args : d->args;
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

int cmd_demo(struct app *app, int argc, char **argv)
{
    bool plain = false;
    struct showing s = {0};
    const struct opt opts[] = {{"plain", OPT_FLAG, &plain}, {"variant", OPT_TEXT, &s.variant}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 2, 1, 1, &a, &e))
        return opt_fail("demo", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    s.block = course_find(c, BLOCK_DEMO, a.items[0], &s.lesson, &s.step);
    if (!s.block)
        return no_such(c, a.items[0]);
    if (!choose_variant(&s, &e))
        return opt_fail("demo", &e);
    s.more = a.rest;
    s.more_count = a.rest_count;
    const char *program = s.block->demo.program;
    s.file = xasprintf("%s/%s%s", s.lesson->dir, program, str_ends(program, ".c") ? "" : ".c");
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    int status = plain || !terminal || s.more || s.variant ? run_plain(app, &s) : run_live(app, &s);
    free(s.file);
    return status;
}
