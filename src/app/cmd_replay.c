/* replay: a failing run again: as text, or step by step in the terminal. */
#include "app/cmd.h"
#include "app/probe.h"
#include "app/tokens.h"
#include "app/ui.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is to be replayed: from the command line, else from what was remembered. */
struct subject {
    const struct exercise *ex;
    char *file;
    struct judge_options options;
    struct token_origin origin;
    char *args; /* what main gets; NULL = nothing */
};

static void subject_fini(struct subject *s)
{
    free(s->file);
    free(s->args);
    token_origin_fini(&s->origin);
}

static bool looks_like_file(const char *s)
{
    return str_ends(s, ".c") || strncmp(s, "./", 2) == 0 || *s == '/';
}

static bool name_subject(struct app *app, const char *what, struct subject *s, struct err *e)
{
    if (looks_like_file(what)) {
        s->file = xstrdup(what);
        s->ex = s->origin.exercise && app_course(app)
                    ? course_exercise(app->course, s->origin.exercise, NULL)
                    : NULL;
        return true;
    }
    s->ex = cmd_exercise(app, what, e);
    if (!s->ex || !app_workspace_ready(app, e))
        return false;
    s->file = workspace_file(app->workspace_root, s->ex);
    return true;
}

static bool remembered_subject(struct app *app, const char *token, bool known, struct subject *s,
                               struct err *e)
{
    if (known) {
        s->file = xstrdup(s->origin.file);
        s->ex = s->origin.exercise && app_course(app)
                    ? course_exercise(app->course, s->origin.exercise, NULL)
                    : NULL;
        return true;
    }
    const char *at = strchr(token, '@');
    char *name = xstrndup(token, at ? (size_t)(at - token) : 0);
    const struct exercise *ex =
        *name && app_course(app) ? course_exercise(app->course, name, NULL) : NULL;
    bool ok = ex && app_workspace_ready(app, e);
    s->ex = ex;
    s->file = ok ? workspace_file(app->workspace_root, ex) : NULL;
    free(name);
    return ok || err_set(e, ENOENT,
                         "this token comes from another machine or account; name the C file or the "
                         "exercise it "
                         "belongs to: threadmill replay TOKEN FILE.c");
}

static bool find_subject(struct app *app, const struct args *a, struct subject *s, struct err *e)
{
    bool known = tokens_find(app->paths.cache, a->items[0], &s->origin);
    const char *args = s->origin.args;
    s->args = a->rest_count ? args_join(a) : args ? xstrdup(args) : NULL;
    judge_options_init(&s->options);
    s->options.cflags = (const char *const *)s->origin.cflags;
    s->options.cflag_count = s->origin.cflag_count;
    s->options.races =
        s->origin.races && strcmp(s->origin.races, "ignore") == 0 ? RACES_IGNORE : RACES_REPORT;
    return a->count > 1 ? name_subject(app, a->items[1], s, e)
                        : remembered_subject(app, a->items[0], known, s, e);
}

static void print_run(const struct trace_run *run)
{
    const struct trace_state *st = &run->state;
    char *columns = report_columns(run, 80);
    out_text(columns);
    free(columns);
    if (st->output && *st->output)
        out_format("\nprinted:\n%s%s", st->output, str_ends(st->output, "\n") ? "" : "\n");
    char *sentence = report_sentence(&st->failure, st);
    if (st->failure.reason != REASON_NONE)
        out_format("\n%s: %s\n", verdict_id(reason_verdict(st->failure.reason)), sentence);
    else
        out_text("\nThis run ends well.\n");
    free(sentence);
}

static int answer(const struct trace_run *run)
{
    const struct trace_state *st = &run->state;
    if (st->diverged) {
        print_run(run);
        return app_fail("replay: the program is not the one this token was made with%s%s",
                        st->detail ? ": " : "", st->detail ? st->detail : "");
    }
    print_run(run);
    return st->failure.reason == REASON_NONE ? EXIT_HOLDS : EXIT_FAILS;
}

static int replay_text(struct app *app, const struct subject *s,
                       const struct trace_schedule *schedule)
{
    struct probe p;
    struct err e = {0};
    if (!probe_open(&p, app, s->ex, s->file, &s->options, &e))
        return app_fail("replay: %s", e.msg);
    int status = probe_replay(&p, schedule, s->args, &e) ? answer(&p.run) : app_fail("replay: %s", e.msg);
    probe_close(&p);
    return status;
}

static int replay_step(struct app *app, const struct subject *s, const char *token,
                       const char *test)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return app_fail("replay --step needs a terminal; without --step the run is printed");
    struct target t = {.kind = s->ex ? TARGET_EXERCISE : TARGET_FILE,
                       .exercise = s->ex,
                       .file = xstrdup(s->file),
                       .token = xstrdup(token),
                       .test = xstrdup(test),
                       .args = s->args ? xstrdup(s->args) : NULL};
    struct ui_start start = {.target = &t, .screen = SCREEN_FAILURE};
    int status = ui_main(app, &start);
    target_fini(&t);
    return status;
}

int cmd_replay(struct app *app, int argc, char **argv)
{
    bool step = false;
    const struct opt opts[] = {{"step", OPT_FLAG, &step}};
    struct args a;
    struct err e = {0};
    struct subject s = {0};
    struct trace_schedule schedule = {0};
    if (!opt_parse(argc, argv, opts, 1, 1, 2, &a, &e))
        return opt_fail("replay", &e);
    const char *at = strchr(a.items[0], '@'), *token = at ? at + 1 : a.items[0];
    if (!trace_schedule_parse(token, &schedule, &e))
        return app_fail("replay: '%s' is no replay token: %s", a.items[0], e.msg);
    int status;
    if (!find_subject(app, &a, &s, &e))
        status = app_fail("replay: %s", e.msg);
    else
        status =
            step ? replay_step(app, &s, token, schedule.test) : replay_text(app, &s, &schedule);
    trace_schedule_fini(&schedule);
    subject_fini(&s);
    return status;
}
