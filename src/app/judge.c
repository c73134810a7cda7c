/* judge: see judge.h. A job goes through its phases by the loop's callbacks alone:
 *
 *   BUILD -> EXPLORE -> REPLAY (once for each test that has a schedule or an answer) -> told
 *
 * The report is whole at every moment, so whatever goes wrong ends in `tell` with words in it.
 * Silence is never a pass: a test the engine announced and did not judge is our trouble.
 */
#include "app/judge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SOURCE = 1 << 20, MAX_RUN_EVENTS = 200000 };

struct judge {
    uv_loop_t *loop;
    const struct run_paths *paths;
    struct judge_options options;
    struct judge_callbacks cb;
    struct judge_build build;
    bool build_ready;
    struct run_job *job;
    struct run_engine *engine;
    uv_timer_t *later; /* hands over the report from the loop, never from a caller's stack */
    struct report *report;
    enum { EXPLORING, REPLAYING } phase;
    size_t replayed; /* index of the test whose run is told now */
    uint64_t began;
    struct { /* the last progress: how far the test came that is going on */
        char *test;
        uint64_t runs;
        int finished;
    } at;
};

void judge_options_init(struct judge_options *o)
{
    *o = (struct judge_options){.races = RACES_REPORT,
                                .strategy = STRATEGY_AUTO,
                                .clock = -1,
                                .spurious = -1,
                                .preemptions = -1};
}

/* ---- what to build ------------------------------------------------------- */

static bool is_c_text(const char *path, struct err *e)
{
    size_t n;
    char *text = file_read(path, MAX_SOURCE, &n, e);
    bool ok = text && text_valid(path, text, n, e);
    free(text);
    return ok;
}

static bool stage_copy(const char *from, const char *dir, const char *name, struct err *e)
{
    size_t n;
    char *bytes = file_read(from, MAX_SOURCE, &n, e), *to = path_join(dir, name);
    bool ok = bytes && file_write_atomic(to, bytes, n, e);
    free(bytes);
    free(to);
    return ok;
}

/* check.c finds "answers.h" beside itself first, so both are copied to a folder of their own, named
 * after what is in them: two labs that check different answers do not meet. */
static char *stage(const struct run_paths *paths, const struct exercise *ex, const char *file,
                   struct err *e)
{
    size_t n;
    char *text = file_read(file, MAX_SOURCE, &n, e);
    if (!text)
        return NULL;
    uint64_t h = hash_bytes(ex->dir, strlen(ex->dir), hash_bytes(text, n, HASH_SEED));
    free(text);
    char *dir = xasprintf("%s/stage/%s-%016llx", paths->cache, ex->name, (unsigned long long)h);
    char *check = path_join(ex->dir, "check.c");
    bool ok = dir_make_all(dir, e) && stage_copy(file, dir, ex->edit, e) &&
              stage_copy(check, dir, "check.c", e);
    free(check);
    if (ok)
        return dir;
    free(dir);
    return NULL;
}

static void add_source(struct judge_build *b, char *path)
{
    if (b->build.source_count < sizeof b->sources / sizeof *b->sources)
        b->sources[b->build.source_count++] = path;
    else
        free(path);
}

static void add_include(struct judge_build *b, const char *path)
{
    b->includes[b->build.include_count++] = xstrdup(path);
}

static bool add_exercise(struct judge_build *b, const struct run_paths *paths,
                         const struct exercise *ex, const char *file, struct err *e)
{
    char *staged = NULL;
    bool header = str_ends(ex->edit, ".h");
    if (header && !(staged = stage(paths, ex, file, e)))
        return false;
    if (!header)
        add_source(b, xstrdup(file));
    for (size_t i = 0; i < ex->file_count; i++)
        add_source(b, path_join(ex->dir, ex->files[i]));
    add_source(b, path_join(header ? staged : ex->dir, "check.c"));
    if (header)
        add_include(b, staged);
    add_include(b, ex->dir);
    b->build.forbid = (const char *const *)ex->forbid;
    b->build.forbid_count = ex->forbid_count;
    b->build.exercise = true;
    free(staged);
    return true;
}

static void add_flags(struct judge_build *b, const struct judge_options *o)
{
    for (size_t i = 0; o && i < o->cflag_count && i < sizeof b->cflags / sizeof *b->cflags; i++)
        b->cflags[b->build.cflag_count++] = o->cflags[i];
}

bool judge_build_init(struct judge_build *b, const struct run_paths *paths,
                      const struct exercise *ex, const char *file, const struct judge_options *o,
                      struct err *e)
{
    *b = (struct judge_build){.build.mode = RUN_CHECK};
    if (!is_c_text(file, e))
        return false;
    if (!ex)
        add_source(b, xstrdup(file));
    else if (!add_exercise(b, paths, ex, file, e))
        return false;
    add_flags(b, o);
    b->build.sources = (const char *const *)b->sources;
    b->build.includes = (const char *const *)b->includes;
    b->build.cflags = b->cflags;
    return true;
}

void judge_build_fini(struct judge_build *b)
{
    for (size_t i = 0; i < sizeof b->sources / sizeof *b->sources; i++)
        free(b->sources[i]);
    for (size_t i = 0; i < sizeof b->includes / sizeof *b->includes; i++)
        free(b->includes[i]);
    *b = (struct judge_build){0};
}

/* ---- the end ------------------------------------------------------------- */

static void closed(uv_handle_t *h) { free(h); }

static void judge_free(struct judge *j)
{
    run_job_cancel(j->job);
    run_engine_stop(j->engine);
    if (j->later)
        uv_close((uv_handle_t *)j->later, closed);
    if (j->build_ready)
        judge_build_fini(&j->build);
    report_free(j->report);
    free(j->at.test);
    free(j);
}

void judge_cancel(struct judge *j)
{
    if (j)
        judge_free(j);
}

static void add_titles(struct judge *j)
{
    for (size_t i = 0; j->options.course && i < j->report->test_count; i++) {
        struct report_test *t = &j->report->tests[i];
        const struct lesson *lesson;
        const struct step *s = t->info.step && *t->info.step
                                   ? course_step(j->options.course, t->info.step, &lesson, NULL)
                                   : NULL;
        if (s)
            t->read_title = xstrdup(s->title);
    }
}

static void add_tokens(struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++) {
        struct report_test *t = &r->tests[i];
        if (t->result.verdict != VERDICT_PASS && t->result.failure.reason != REASON_NONE &&
            t->result.schedule.test)
            t->token = report_token(r, &t->result.schedule);
    }
}

static void tell(uv_timer_t *timer)
{
    struct judge *j = timer->data;
    struct report *r = j->report;
    struct judge_callbacks cb = j->cb;
    if (!r->message)
        report_judge(r);
    add_tokens(r);
    add_titles(j);
    r->seconds = (double)(uv_hrtime() - j->began) / 1e9;
    j->report = NULL;
    judge_free(j);
    cb.done(cb.data, r);
}

static void tell_later(struct judge *j) { uv_timer_start(j->later, tell, 0, 0); }

static void give_up(struct judge *j, enum verdict v, const char *why)
{
    struct report *r = j->report;
    r->verdict = v;
    r->complete = false;
    free(r->message);
    r->message = xstrdup(why);
    tell_later(j);
}

/* ---- replays ------------------------------------------------------------- */

static bool wants_replay(const struct report_test *t)
{
    if (t->result.answer)
        return true;
    return t->result.verdict != VERDICT_PASS && t->result.verdict != VERDICT_UNJUDGED &&
           t->result.failure.reason != REASON_NONE && t->result.failure.reason != REASON_UNREACHED; /* no run failed */
}

static void ask_replay(struct judge *j, const struct report_test *t)
{
    struct trace_request q = {.kind = REQUEST_REPLAY,
                              .races = j->options.races,
                              .clock = -1,
                              .spurious = -1,
                              .preemptions = -1,
                              .stop = -1,
                              .accesses = true,
                              .all_visible = t->result.answer != NULL};
    trace_schedule_copy(&q.schedule, &t->result.schedule);
    if (!q.schedule.test)
        q.schedule.test = xstrdup(t->info.name);
    run_engine_ask(j->engine, &q);
    trace_request_fini(&q);
}

static void next_replay(struct judge *j)
{
    struct report *r = j->report;
    while (j->replayed < r->test_count && !wants_replay(&r->tests[j->replayed]))
        j->replayed++;
    if (j->replayed < r->test_count)
        ask_replay(j, &r->tests[j->replayed]);
    else
        tell_later(j);
}

static void take_event(struct report_test *t, struct trace_event *ev)
{
    if (t->run.count >= MAX_RUN_EVENTS)
        return;
    ARRAY_GROW(t->run.events, t->run.count, t->run.cap);
    t->run.events[t->run.count++] = (struct trace_event){0};
    trace_event_move(&t->run.events[t->run.count - 1], ev);
}

static void take_state(struct report_test *t, struct trace_state *st)
{
    trace_state_fini(&t->run.state);
    t->run.state = *st;
    *st = (struct trace_state){0};
}

static void replay_message(struct judge *j, struct trace_msg *m)
{
    struct report_test *t = &j->report->tests[j->replayed];
    if (m->kind == MSG_EVENT)
        take_event(t, &m->event);
    else if (m->kind == MSG_STATE)
        take_state(t, &m->state);
    else if (m->kind == MSG_DONE) {
        j->replayed++;
        next_replay(j);
    }
}

/* ---- exploring ----------------------------------------------------------- */

static struct report_test *test_named(struct report *r, const char *name)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (name && strcmp(r->tests[i].info.name, name) == 0)
            return &r->tests[i];
    return NULL;
}

static bool asked_for(const struct judge *j, const char *name)
{
    for (size_t i = 0; i < j->options.test_count; i++)
        if (strcmp(j->options.tests[i], name) == 0)
            return true;
    return j->options.test_count == 0;
}

static void ask_explore(struct judge *j)
{
    const struct judge_options *o = &j->options;
    struct trace_request q = {.kind = REQUEST_EXPLORE,
                              .races = o->races,
                              .strategy = o->strategy,
                              .clock = o->clock,
                              .spurious = o->spurious,
                              .preemptions = o->preemptions,
                              .runs = o->runs,
                              .seed = o->seed,
                              .workers = o->workers,
                              .seconds = o->seconds,
                              .count = o->count,
                              .stop = -1};
    q.tests = xcalloc(o->test_count, sizeof *q.tests);
    for (size_t i = 0; i < o->test_count; i++)
        q.tests[q.test_count++] = xstrdup(o->tests[i]);
    run_engine_ask(j->engine, &q);
    trace_request_fini(&q);
}

static void take_tests(struct judge *j, struct trace_msg *m)
{
    struct report *r = j->report;
    r->tests = xcalloc(m->test_count, sizeof *r->tests);
    for (size_t i = 0; i < m->test_count; i++) {
        if (!asked_for(j, m->tests[i].name))
            continue;
        r->tests[r->test_count++].info = m->tests[i];
        m->tests[i] = (struct trace_test_info){0};
    }
    for (size_t i = 0; i < r->test_count; i++)
        r->tests[i].result.verdict = VERDICT_COUNT; /* not judged yet */
    if (r->test_count)
        ask_explore(j);
    else
        give_up(j, VERDICT_TROUBLE, "there is nothing to run: no main() and no test");
}

static void take_result(struct judge *j, struct trace_result *res)
{
    struct report_test *t = test_named(j->report, res->test);
    if (!t)
        return;
    trace_result_fini(&t->result);
    t->result = *res;
    *res = (struct trace_result){0};
}

static void take_outcome(struct judge *j, struct trace_outcome *o)
{
    struct report *r = j->report;
    r->outcomes = xrealloc(r->outcomes, (r->outcome_count + 1) * sizeof *r->outcomes);
    r->counted += o->schedules;
    r->outcomes[r->outcome_count++] = *o;
    *o = (struct trace_outcome){0};
    if (j->cb.outcome)
        j->cb.outcome(j->cb.data, &r->outcomes[r->outcome_count - 1]);
}

static void explored(struct judge *j)
{
    struct report *r = j->report;
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict == VERDICT_COUNT) {
            char *why =
                xasprintf("the engine ended without judging the test %s", r->tests[i].info.name);
            r->tests[i].result.verdict = VERDICT_TROUBLE;
            give_up(j, VERDICT_TROUBLE, why);
            free(why);
            return;
        }
    j->phase = REPLAYING;
    next_replay(j);
}

/* The engine tells nothing while a program runs without a step: what it is about to run is said
 * before. */
static void tell_next_test(struct judge *j)
{
    const struct report *r = j->report;
    char phase[] = "running";
    for (size_t i = 0; i < r->test_count && j->cb.progress; i++)
        if (r->tests[i].result.verdict == VERDICT_COUNT) {
            struct trace_msg m = {.kind = MSG_PROGRESS,
                                  .progress = {.test = r->tests[i].info.name, .phase = phase}};
            j->cb.progress(j->cb.data, &m);
            return;
        }
}

static void remember_progress(struct judge *j, const struct trace_msg *m)
{
    free(j->at.test);
    j->at.test = m->progress.test ? xstrdup(m->progress.test) : NULL;
    j->at.runs = m->progress.runs;
    j->at.finished = m->progress.finished;
}

static void explore_message(struct judge *j, struct trace_msg *m)
{
    switch (m->kind) {
    case MSG_HELLO:
        take_tests(j, m);
        tell_next_test(j);
        break;
    case MSG_PROGRESS:
        remember_progress(j, m);
        if (j->cb.progress)
            j->cb.progress(j->cb.data, m);
        break;
    case MSG_TEST:
        take_result(j, &m->result);
        tell_next_test(j);
        break;
    case MSG_OUTCOME: take_outcome(j, &m->outcome); break;
    case MSG_DONE: explored(j); break;
    default: break;
    }
}

/* A test that was stopped, or had not begun. */
static void cut_short(const struct judge *j, struct report_test *t)
{
    bool begun = j->at.test && strcmp(j->at.test, t->info.name) == 0;
    char *so_far = begun ? report_so_far(j->at.finished) : NULL;

    t->result.verdict = VERDICT_UNJUDGED;
    t->result.runs = begun ? j->at.runs : 0;
    t->result.bound = xasprintf("stopped%s%s", so_far ? ": " : "", so_far ? so_far : "");
    free(so_far);
}

bool judge_stop(struct judge *j)
{
    struct report *r = j->report;

    if (uv_is_active((uv_handle_t *)j->later))
        return true; /* the answer is on its way */
    if (!j->engine || r->test_count == 0)
        return false;
    run_engine_stop(j->engine);
    j->engine = NULL;
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict == VERDICT_COUNT)
            cut_short(j, &r->tests[i]);
    tell_later(j);
    return true;
}

static void drop_unjudged(struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict == VERDICT_COUNT)
            r->tests[i].result.verdict = VERDICT_TROUBLE;
}

static void on_message(void *data, struct trace_msg *m)
{
    struct judge *j = data;
    if (uv_is_active((uv_handle_t *)j->later))
        return;
    if (m->kind == MSG_TROUBLE) {
        drop_unjudged(j->report);
        give_up(j, VERDICT_TROUBLE, m->text ? m->text : "the engine could not go on");
    } else if (j->phase == EXPLORING)
        explore_message(j, m);
    else
        replay_message(j, m);
}

/* ---- building ------------------------------------------------------------ */

static void start_engine(struct judge *j, const char *plugin)
{
    struct err e = {0};
    j->engine = run_engine_start(j->loop, j->paths, plugin, on_message, j, &e);
    if (!j->engine)
        give_up(j, VERDICT_TROUBLE, e.msg);
}

/* Paths of the lab's own copies mean nothing to the learner: the file names stay. */
static char *without_folder(const char *text, const char *folder)
{
    struct strbuf b = STRBUF_INIT;
    size_t n = strlen(folder);
    while (*text) {
        const char *at = n ? strstr(text, folder) : NULL;
        size_t keep = at ? (size_t)(at - text) : strlen(text);
        strbuf_add(&b, text, keep);
        text += keep + (at ? n + (at[n] == '/') : 0);
    }
    return strbuf_take(&b);
}

static void take_output(struct judge *j, const struct run_built *b)
{
    char *text = xstrdup(b->output ? b->output : "");
    for (size_t i = 0; i < j->build.build.include_count; i++) {
        char *shorter = without_folder(text, j->build.includes[i]);
        free(text);
        text = shorter;
    }
    j->report->build_output = text;
}

/* The staged copy of the learner's header is the learner's header. */
static void take_file(struct judge *j, const char *file)
{
    struct report *r = j->report;
    bool own = r->exercise && strcmp(path_basename(file), r->exercise->edit) == 0;
    if (own)
        return;
    free(r->file);
    r->file = xstrdup(file);
}

static void on_built(void *data, struct run_built *b)
{
    struct judge *j = data;
    struct report *r = j->report;
    j->job = NULL;
    take_output(j, b);
    if (b->verdict == VERDICT_PASS) {
        start_engine(j, b->plugin);
        return;
    }
    r->line = b->line;
    if (b->file)
        take_file(j, b->file);
    give_up(j, b->verdict, b->message ? b->message : "the program could not be built");
}

static void begin(struct judge *j, const struct exercise *ex, const char *file)
{
    struct err e = {0};
    j->build_ready = judge_build_init(&j->build, j->paths, ex, file, &j->options, &e);
    if (!j->build_ready) {
        judge_build_fini(&j->build);
        give_up(j, VERDICT_TROUBLE, e.msg);
        return;
    }
    j->job = run_build_start(j->loop, j->paths, &j->build.build, on_built, j);
}

struct judge *judge_start(uv_loop_t *loop, const struct run_paths *paths, const struct exercise *ex,
                          const char *subject, const char *file, const struct judge_options *o,
                          const struct judge_callbacks *cb)
{
    struct judge *j = xcalloc(1, sizeof *j);
    j->loop = loop;
    j->paths = paths;
    j->options = *o;
    j->cb = *cb;
    j->began = uv_hrtime();
    j->later = xcalloc(1, sizeof *j->later);
    uv_timer_init(loop, j->later);
    j->later->data = j;
    j->report = xcalloc(1, sizeof *j->report);
    j->report->subject = xstrdup(subject);
    j->report->file = xstrdup(file);
    j->report->exercise = ex;
    begin(j, ex, file);
    return j;
}

/* ---- waiting ------------------------------------------------------------- */

struct waiting {
    const struct judge_callbacks *cb;
    struct report *report;
};

static void wait_progress(void *data, const struct trace_msg *m)
{
    struct waiting *w = data;
    if (w->cb && w->cb->progress)
        w->cb->progress(w->cb->data, m);
}

static void wait_done(void *data, struct report *r) { ((struct waiting *)data)->report = r; }

struct report *judge_wait(uv_loop_t *loop, const struct run_paths *paths, const struct exercise *ex,
                          const char *subject, const char *file, const struct judge_options *o,
                          const struct judge_callbacks *cb)
{
    struct waiting w = {.cb = cb};
    struct judge_callbacks mine = {.progress = wait_progress, .done = wait_done, .data = &w};
    judge_start(loop, paths, ex, subject, file, o, &mine);
    while (!w.report)
        uv_run(loop, UV_RUN_ONCE);
    return w.report;
}
