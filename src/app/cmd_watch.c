/* watch: checks whatever exercise file is saved, until stopped. Saves that come while a check runs
 * are queued, one a file: the last state counts. */
#include "app/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session.h"

struct watched {
    struct watching *all;
    const struct exercise *ex;
    char *file;
    struct run_watch *watch;
    bool pending;
};

struct watching {
    struct app *app;
    struct watched *item;
    size_t count;
    struct judge *judge;
    const struct watched *judging;
    uint64_t hash;
    bool stopped;
};

static void next(struct watching *w);

static void judged(void *data, struct report *r)
{
    struct watching *w = data;
    struct err e = {0};
    char *text = report_text(r, 80);
    w->judge = NULL;
    out_format("%s\n", text);
    fflush(stdout);
    free(text);
    if (r->verdict == VERDICT_PASS) {
        session_exercise_passed(app_course(w->app), app_progress(w->app), w->judging->ex, w->hash);
        if (!progress_save(app_progress(w->app), &e))
            app_fail("watch: the pass is not remembered: %s", e.msg);
    }
    report_free(r);
    next(w);
}

static void next(struct watching *w)
{
    struct judge_callbacks cb = {.done = judged, .data = w};
    struct judge_options o;
    judge_options_init(&o);
    o.course = w->app->course;
    for (size_t i = 0; i < w->count && !w->judge; i++) {
        struct watched *x = &w->item[i];
        if (!x->pending)
            continue;
        x->pending = false;
        w->judging = x;
        w->hash = workspace_hash(x->file);
        w->judge = judge_start(w->app->loop, &w->app->paths, x->ex, x->ex->id, x->file, &o, &cb);
    }
}

static void saved(void *data, const char *path)
{
    struct watched *x = data;
    (void)path;
    x->pending = true;
    next(x->all);
}

static void interrupted(uv_signal_t *handle, int number)
{
    struct watching *w = handle->data;
    (void)number;
    w->stopped = true;
    uv_stop(handle->loop);
}

static bool add(struct watching *w, const struct exercise *ex, struct err *e)
{
    if (!workspace_prepare(w->app->workspace_root, ex, NULL, e))
        return false;
    struct watched *x = &w->item[w->count++];
    *x = (struct watched){.all = w, .ex = ex, .file = workspace_file(w->app->workspace_root, ex)};
    x->watch = run_watch_start(w->app->loop, x->file, saved, x);
    return true;
}

static bool add_all(struct watching *w, const struct course *c, const struct exercise *only,
                    struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; i < c->lesson_count; i++)
        n += c->lessons[i].exercise_count;
    w->item = xcalloc(n ? n : 1, sizeof *w->item);
    for (size_t i = 0; i < c->lesson_count; i++)
        for (size_t k = 0; k < c->lessons[i].exercise_count; k++) {
            const struct exercise *ex = &c->lessons[i].exercises[k];
            if ((!only || ex == only) && !add(w, ex, e))
                return false;
        }
    return true;
}

static void loop(struct watching *w)
{
    uv_signal_t stop[2];
    const int numbers[2] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        uv_signal_init(w->app->loop, &stop[i]);
        stop[i].data = w;
        uv_signal_start(&stop[i], interrupted, numbers[i]);
    }
    out_format("Watching %zu %s in %s. Save one to have it checked; Ctrl-C ends.\n\n", w->count,
               w->count == 1 ? "file" : "files", w->app->workspace_root);
    fflush(stdout);
    while (!w->stopped && !ferror(stdout))
        uv_run(w->app->loop, UV_RUN_ONCE);
    for (int i = 0; i < 2; i++)
        uv_close((uv_handle_t *)&stop[i], NULL);
    judge_cancel(w->judge);
    for (size_t i = 0; i < w->count; i++) {
        run_watch_stop(w->item[i].watch);
        free(w->item[i].file);
    }
    uv_run(w->app->loop, UV_RUN_NOWAIT);
}

int cmd_watch(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    struct watching w = {.app = app};
    if (!opt_parse(argc, argv, NULL, 0, 0, 1, &a, &e))
        return opt_fail("watch", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    const struct exercise *only = a.count ? cmd_exercise(app, a.items[0], &e) : NULL;
    if ((a.count && !only) || !app_workspace_ready(app, &e) || !add_all(&w, c, only, &e)) {
        free(w.item);
        return app_fail("watch: %s", e.msg);
    }
    loop(&w);
    free(w.item);
    return EXIT_HOLDS;
}
