/* ui_run: what runs beside the UI: one check, one engine for a drive, one demo, one watched file.
 * Starting one ends the one before. Whatever it says becomes a message.
 */
#include <stdlib.h>
#include <string.h>

#include "app/ui_loop.h"
#include "symbols/symbols.h"

#define DEMO_SECONDS 60.0

/* ---- the check ------------------------------------------------------------- */

/* MSG_PROGRESS stays the judge's; the session gets a copy of what it shows. */
static void check_progress(void *data, const struct trace_msg *p)
{
    struct ui *ui = data;
    struct message m = {.kind = MESSAGE_CHECK_PROGRESS, .trace = xcalloc(1, sizeof *m.trace)};

    m.trace->kind = MSG_PROGRESS;
    m.trace->progress.runs = p->progress.runs;
    m.trace->progress.rate = p->progress.rate;
    m.trace->progress.finished = p->progress.finished;
    m.trace->progress.test = p->progress.test ? xstrdup(p->progress.test) : NULL;
    m.trace->progress.phase = p->progress.phase ? xstrdup(p->progress.phase) : NULL;
    ui_send(ui, &m);
}

static void name_steps(const struct course *c, struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++) {
        struct report_test *t = &r->tests[i];
        const struct lesson *l;
        const struct step *st = t->info.step && *t->info.step && !t->read_title
                                    ? course_step(c, t->info.step, &l, NULL)
                                    : NULL;
        if (st)
            t->read_title = xstrdup(st->title);
    }
}

static void check_done(void *data, struct report *report)
{
    struct ui *ui = data;
    struct message m = {.kind = MESSAGE_CHECK_DONE, .report = report, .hash = ui->judged_hash};

    ui->judge = NULL;
    name_steps(ui->app->course, report);
    ui_send(ui, &m);
}

void ui_check_start(struct ui *ui, const struct exercise *ex)
{
    const struct judge_callbacks cb = {.progress = check_progress, .done = check_done, .data = ui};
    struct judge_options o;

    ui_check_stop(ui);
    judge_options_init(&o);
    char *file = workspace_file(ui->app->workspace_root ? ui->app->workspace_root : "", ex);
    ui->judged = ex;
    ui->judged_hash = workspace_hash(file);
    ui->judge = judge_start(ui->loop, &ui->app->paths, ex, ex->id, file, &o, &cb);
    free(file);
}

void ui_check_stop(struct ui *ui)
{
    judge_cancel(ui->judge);
    ui->judge = NULL;
}

void ui_check_finish(struct ui *ui)
{
    struct message m = {.kind = MESSAGE_CHECK_DONE};

    if (ui->judge && judge_stop(ui->judge))
        return;
    ui_check_stop(ui);
    ui_send(ui, &m);
}

/* ---- the watched file ------------------------------------------------------ */

static void changed(void *data, const char *path)
{
    struct message m = {.kind = MESSAGE_SAVED, .text = xstrdup(path)};

    ui_send(data, &m);
}

void ui_watch(struct ui *ui, const char *path)
{
    if (ui->watch)
        run_watch_stop(ui->watch);
    ui->watch = path ? run_watch_start(ui->loop, path, changed, ui) : NULL;
}

/* ---- the engine of a drive ------------------------------------------------- */

static void engine_failed(struct ui *ui, enum verdict verdict, const char *why, char *output)
{
    struct message m = {.kind = MESSAGE_ENGINE_FAILED,
                        .n = verdict,
                        .text = xstrdup(why ? why : "the program could not be built")};

    if (output && *output) {
        m.report = xcalloc(1, sizeof *m.report);
        m.report->build_output = xstrdup(output);
    }
    ui_send(ui, &m);
}

static void engine_said(void *data, struct trace_msg *msg)
{
    struct ui *ui = data;
    struct message m = {.kind = msg->kind == MSG_HELLO ? MESSAGE_ENGINE_READY : MESSAGE_ENGINE};

    m.trace = xmalloc(sizeof *m.trace);
    *m.trace = *msg; /* taken over */
    *msg = (struct trace_msg){.kind = msg->kind};
    if (m.kind == MESSAGE_ENGINE_READY && ui->engine_file)
        m.text = file_read(ui->engine_file, 1 << 20, NULL, NULL);
    ui_send(ui, &m);
}

static void engine_built(void *data, struct run_built *built)
{
    struct ui *ui = data;
    struct err e = {0};

    ui->job = NULL;
    if (built->verdict != VERDICT_PASS) {
        engine_failed(ui, built->verdict, built->message, built->output);
        return;
    }
    ui->engine = run_engine_start(ui->loop, &ui->app->paths, built->plugin, engine_said, ui, &e);
    if (!ui->engine)
        engine_failed(ui, VERDICT_TROUBLE, e.msg, NULL);
}

void ui_engine_close(struct ui *ui)
{
    run_job_cancel(ui->job);
    run_engine_stop(ui->engine);
    ui->job = NULL;
    ui->engine = NULL;
}

void ui_engine_open(struct ui *ui, const struct target *t)
{
    struct judge_build b;
    struct judge_options o;
    struct err e = {0};

    ui_engine_close(ui);
    judge_options_init(&o);
    free(ui->engine_file);
    ui->engine_file = t->file ? xstrdup(t->file) : NULL;
    if (!judge_build_init(&b, &ui->app->paths, t->kind == TARGET_EXERCISE ? t->exercise : NULL,
                          t->file, &o, &e)) {
        engine_failed(ui, VERDICT_TROUBLE, e.msg, NULL);
        return;
    }
    ui->job = run_build_start(ui->loop, &ui->app->paths, &b.build, engine_built, ui);
    judge_build_fini(&b);
}

/* Names become places. A variable that is not there is said once and not watched. */
static void find_watches(struct ui *ui, struct trace_request *req)
{
    size_t kept = 0;

    for (size_t i = 0; i < req->watch_count; i++) {
        struct trace_watch *w = &req->watches[i], found = {0};
        struct err e = {0};
        if (w->place.kind != REF_NONE) {
            req->watches[kept++] = *w;
        } else if (symbols_find(run_engine_symbols(ui->engine), w->name, &found, &e)) {
            free(w->name);
            req->watches[kept++] = found;
        } else {
            ui_notice(ui, "%s", e.msg);
            free(w->name);
        }
    }
    req->watch_count = kept;
}

void ui_engine_ask(struct ui *ui, struct trace_request *req)
{
    if (!ui->engine || !req)
        return;
    find_watches(ui, req);
    run_engine_ask(ui->engine, req);
}

/* ---- demos ----------------------------------------------------------------- */

static void demo_failed(struct ui *ui, const char *why)
{
    struct message m = {.kind = MESSAGE_DEMO_FAILED,
                        .text = xstrdup(why && *why ? why : "the demo could not be built")};

    ui_send(ui, &m);
}

static void demo_output(void *data, const char *bytes, size_t n)
{
    struct message m = {.kind = MESSAGE_DEMO_OUTPUT, .text = xstrndup(bytes, n)};

    ui_send(data, &m);
}

static void demo_ended(void *data, int status, double elapsed, double cpu)
{
    struct message m = {.kind = MESSAGE_DEMO_ENDED, .n = status, .elapsed = elapsed, .cpu = cpu};

    ui_send(data, &m);
}

/* Cuts at blanks, in place; at most `max - 1` words and a NULL. */
static void split_words(char *text, const char **words, size_t max)
{
    size_t n = 0;

    for (char *rest = text, *w; n + 1 < max && (w = strtok_r(rest, " ", &rest));)
        words[n++] = w;
    words[n] = NULL;
}

static void demo_built(void *data, struct run_built *built)
{
    struct ui *ui = data;
    struct message m = {.kind = MESSAGE_DEMO_READY};
    const char *args[32];
    struct err e = {0};

    ui->job = NULL;
    if (built->verdict != VERDICT_PASS) {
        demo_failed(ui, built->message);
        return;
    }
    split_words(ui->native_args, args, 32);
    ui->native = run_native_start(ui->loop, &ui->app->paths, built->plugin, args, DEMO_SECONDS,
                                  demo_output, demo_ended, ui, &e);
    if (!ui->native) {
        demo_failed(ui, e.msg);
        return;
    }
    m.lanes = run_native_log(ui->native);
    ui_send(ui, &m);
}

void ui_demo_stop(struct ui *ui)
{
    if (ui->native)
        run_native_stop(ui->native);
    ui->native = NULL;
    run_job_cancel(ui->job);
    ui->job = NULL;
}

void ui_demo_start(struct ui *ui, const struct target *t, const char *args, const char *cflags)
{
    char *words = xstrdup(cflags && *cflags ? cflags : "-O2");
    const char *flags[32], *source = t->file;
    struct run_build b = {
        .mode = RUN_NATIVE, .sources = &source, .source_count = 1, .cflags = flags};

    ui_demo_stop(ui);
    free(ui->native_args);
    ui->native_args = xstrdup(args ? args : "");
    split_words(words, flags, 32);
    while (flags[b.cflag_count])
        b.cflag_count++;
    ui->job = run_build_start(ui->loop, &ui->app->paths, &b, demo_built, ui);
    free(words);
}
