/* check: the verdict on one exercise's file. */
#include "app/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session.h"

static const struct exercise *next_open(struct app *app, struct err *e)
{
    const struct course *c = app_course(app);
    for (size_t i = 0; c && i < c->lesson_count; i++)
        for (size_t k = 0; k < c->lessons[i].exercise_count; k++) {
            const struct exercise *ex = &c->lessons[i].exercises[k];
            if (workspace_state(app->workspace_root, app_progress(app), ex) != EXERCISE_PASSED)
                return ex;
        }
    err_set(e, 0,
            "every exercise has passed and none has changed since; name one to check it again");
    return NULL;
}

struct checking {
    const char *file;
    bool json;
    double seconds;
};

/* The workspace's file, made ready. NULL with `e`. */
static char *own_file(struct app *app, const struct exercise *ex, struct err *e)
{
    char *note = NULL, *file = NULL;
    if (app_workspace_ready(app, e) && workspace_prepare(app->workspace_root, ex, &note, e))
        file = workspace_file(app->workspace_root, ex);
    if (note)
        fprintf(stderr, "threadmill: %s\n", note);
    free(note);
    return file;
}

static void remember_pass(struct app *app, const struct exercise *ex, uint64_t hash)
{
    struct err e = {0};
    session_exercise_passed(app_course(app), app_progress(app), ex, hash);
    if (!progress_save(app_progress(app), &e))
        app_fail("check: the pass is not remembered: %s", e.msg);
}

static int check(struct app *app, const struct exercise *ex, const struct checking *c)
{
    struct err e = {0};
    struct judge_options o;
    char *file = c->file ? xstrdup(c->file) : own_file(app, ex, &e);
    if (!file)
        return cmd_trouble(ex->id, c->json, "check: %s", e.msg);
    judge_options_init(&o);
    o.seconds = c->seconds;
    bool passed = false;
    uint64_t hash = workspace_hash(file); /* before: what is saved meanwhile was not judged */
    int status = cmd_judge(app, ex, ex->id, file, &o, c->json, &passed);
    if (passed && !c->file)
        remember_pass(app, ex, hash);
    free(file);
    return status;
}

int cmd_check(struct app *app, int argc, char **argv)
{
    struct checking c = {.json = opt_wants_json(argc, argv)};
    const struct opt opts[] = {{"file", OPT_TEXT, &c.file},
                               {"json", OPT_FLAG, &c.json},
                               {"seconds", OPT_SECONDS, &c.seconds}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 3, 0, 1, &a, &e))
        return c.json ? cmd_trouble("", true, "check: %s", e.msg) : opt_fail("check", &e);
    if (!a.count && c.file)
        return cmd_trouble("", c.json, "check: --file needs the name of the exercise too");
    if (!a.count && !app_workspace_ready(app, &e))
        return cmd_trouble("", c.json, "check: %s", e.msg);
    const struct exercise *ex = a.count ? cmd_exercise(app, a.items[0], &e) : next_open(app, &e);
    if (!ex)
        return cmd_trouble(a.count ? a.items[0] : "", c.json, "check: %s", e.msg);
    return check(app, ex, &c);
}
