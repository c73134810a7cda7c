/* failure: see failure.h. What is shown first comes with the report; the engine is only started for
 * what is not in it: a replay token, or the list of outcomes.
 */
#include "session/failure.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/parts.h"

#define OUTCOME_SECONDS 20

/* ---- what is shown ----------------------------------------------------- */

static size_t first_marked(const struct failure_state *f)
{
    for (size_t i = 0; i < f->row_count; i++)
        if (f->rows[i].marked)
            return i;
    return f->row_count ? f->row_count - 1 : 0;
}

static void need_sources(struct failure_state *f)
{
    char *dir = f->target.file ? path_dirname(f->target.file) : NULL;

    for (size_t i = 0; i < f->test->run.count; i++)
        sources_need(&f->sources, dir, &f->test->run.events[i].at);
    sources_need_state(&f->sources, dir, &f->test->run.state);
    free(dir);
}

bool failure_is_answer(const struct failure_state *f)
{
    return f->test && f->test->result.failure.reason == REASON_ANSWER;
}

static void show_test(struct failure_state *f, const struct report_test *t)
{
    report_rows_free(f->rows, f->row_count);
    f->test = t;
    f->rows = NULL;
    f->row_count = 0;
    if (!failure_is_answer(f))
        f->rows = report_test_rows(t, &f->row_count);
    f->at = first_marked(f);
    f->phase = FAILURE_SHOWN;
    f->list = false;
    need_sources(f);
}

static const struct report_test *given_test(const struct session *s)
{
    const struct report *r = s->report;

    return r && s->report_test < r->test_count && r->tests[s->report_test].run.count > 0
               ? &r->tests[s->report_test]
               : NULL;
}

size_t failure_events(const struct failure_state *f)
{
    int ev = f->at < f->row_count ? f->rows[f->at].event : -1;

    return ev < 0 ? f->test->run.count : (size_t)ev + 1;
}

static const struct trace_thread *thread_of(const struct trace_state *st, int tid)
{
    for (size_t i = 0; i < st->thread_count; i++)
        if (st->threads[i].tid == tid)
            return &st->threads[i];
    return NULL;
}

const struct trace_place *failure_place(const struct failure_state *f)
{
    const struct report_row *row = f->at < f->row_count ? &f->rows[f->at] : NULL;
    const struct trace_thread *t =
        row && row->event < 0 ? thread_of(&f->test->run.state, row->tid) : NULL;

    if (t)
        return sources_where(&f->sources, t);
    return row && row->event >= 0 ? &f->test->run.events[row->event].at : NULL;
}

char *failure_chain(const struct trace_state *st, int tid)
{
    const struct trace_thread *t = thread_of(st, tid);
    struct strbuf b = STRBUF_INIT;
    uint64_t seen = 0;

    if (!t || (t->status != THREAD_BLOCKED && t->status != THREAD_WAITING))
        return NULL;
    strbuf_adds(&b, report_thread_name(st, tid));
    while (t && t->status != THREAD_READY && t->status != THREAD_ENDED && !(seen >> t->tid & 1)) {
        bool joins = t->next == EVENT_JOIN;
        char *what = joins ? xstrdup("the end of")
                           : moment_name(t->status == THREAD_WAITING ? &t->object2 : &t->object);
        int next = joins                         ? (int)t->value
                   : t->status == THREAD_WAITING ? TRACE_NO_THREAD
                                                 : t->holder;
        seen |= UINT64_C(1) << t->tid;
        strbuf_addf(&b, " → %s%s%s%s", t->left_by ? "its copy of " : "", what, joins ? " " : " → ",
                    next >= 0 ? report_thread_name(st, next) : "nobody");
        free(what);
        t = next >= 0 ? thread_of(st, next) : NULL;
    }
    return strbuf_take(&b);
}

char *failure_outcome_words(const struct trace_outcome *o)
{
    struct strbuf b = STRBUF_INIT;

    if (o->reason == REASON_NONE)
        strbuf_adds(&b, "ends well");
    else
        strbuf_adds(&b, verdict_id(reason_verdict(o->reason)));
    for (size_t i = 0; i < o->watch_count; i++)
        if (o->watches[i].text)
            strbuf_addf(&b, ", %s = %s", o->watches[i].name, o->watches[i].text);
    if (o->output && *o->output) {
        strbuf_adds(&b, ", prints \"");
        for (const char *p = o->output; *p && b.len < 200; p++)
            strbuf_addc(&b, *p == '\n' ? ' ' : *p);
        while (b.s[b.len - 1] == ' ')
            b.s[--b.len] = '\0';
        strbuf_addc(&b, '"');
    }
    return strbuf_take(&b);
}

/* ---- asking the engine ------------------------------------------------- */

static void send_waiting(struct failure_state *f, struct effects *fx)
{
    if (!f->waiting || !f->engine_ready)
        return;
    effects_add(fx, EFFECT_ENGINE_ASK)->request = f->waiting;
    f->waiting = NULL;
}

static void ask(struct failure_state *f, struct trace_request *req, struct effects *fx)
{
    if (f->waiting) {
        trace_request_fini(f->waiting);
        free(f->waiting);
    }
    f->waiting = req;
    if (!f->engine_open)
        target_copy(&effects_add(fx, EFFECT_ENGINE_OPEN)->target, &f->target);
    f->engine_open = true;
    send_waiting(f, fx);
}

static struct trace_request *request_new(enum request_kind kind)
{
    struct trace_request *req = xcalloc(1, sizeof *req);

    *req = (struct trace_request){
        .kind = kind, .clock = -1, .spurious = -1, .preemptions = -1, .stop = -1, .accesses = true};
    return req;
}

static void ask_run(struct failure_state *f, const struct trace_schedule *sched, struct effects *fx)
{
    struct trace_request *req = request_new(REQUEST_REPLAY);

    trace_schedule_fini(&f->asked_schedule);
    trace_schedule_copy(&f->asked_schedule, sched);
    trace_schedule_copy(&req->schedule, sched);
    str_words(&req->args, &req->arg_count, f->target.args);
    f->asked = FAILURE_ASKED_RUN;
    ask(f, req, fx);
}

static void forget_outcomes(struct failure_state *f)
{
    for (size_t i = 0; i < f->outcome_count; i++)
        trace_outcome_fini(&f->outcomes[i]);
    f->outcome_count = f->outcome = 0;
    f->outcomes_known = false;
}

static void ask_outcomes(struct failure_state *f, struct effects *fx)
{
    struct trace_request *req = request_new(REQUEST_EXPLORE);
    const char *test = f->test && f->test->result.test ? f->test->result.test : f->target.test;

    forget_outcomes(f);
    req->count = true;
    req->strategy = STRATEGY_DFS; /* every schedule, as a drive counts them */
    req->seconds = OUTCOME_SECONDS;
    str_words(&req->args, &req->arg_count, f->target.args);
    if (test) {
        req->tests = xcalloc(1, sizeof *req->tests);
        req->tests[0] = xstrdup(test);
        req->test_count = 1;
    }
    f->asked = FAILURE_ASKED_OUTCOMES;
    f->outcome_runs = 0;
    ask(f, req, fx);
}

/* ---- what the engine says ---------------------------------------------- */

static void broken(struct failure_state *f, const char *why)
{
    free(f->broken);
    f->broken = xstrdup(why ? why : "the engine ended without a word");
    f->phase = FAILURE_BROKEN;
    f->asked = FAILURE_ASKED_NOTHING;
    f->engine_open = f->engine_ready = false;
}

/* Title, belief and step to read, as the test itself tells them. */
static void tell_about(const struct session *s, struct report_test *t)
{
    const struct failure_state *f = s->failure;
    const struct lesson *l;

    for (size_t i = 0; i < f->test_count; i++) {
        const struct trace_test_info *info = &f->tests[i];
        if (!info->name || strcmp(info->name, t->result.test) != 0)
            continue;
        t->info.title = info->title ? xstrdup(info->title) : NULL;
        t->info.misconception = info->misconception ? xstrdup(info->misconception) : NULL;
        t->info.step = info->step ? xstrdup(info->step) : NULL;
    }
    const struct step *st =
        t->info.step && *t->info.step ? course_step(s->course, t->info.step, &l, NULL) : NULL;
    if (st)
        t->read_title = xstrdup(st->title);
}

static struct report *report_of(struct failure_state *f)
{
    struct report *r = xcalloc(1, sizeof *r);
    struct report_test *t;

    r->subject = xstrdup(f->target.exercise ? f->target.exercise->id
                         : f->target.file   ? f->target.file
                                            : "");
    r->file = f->target.file ? xstrdup(f->target.file) : NULL;
    r->exercise = f->target.exercise;
    r->tests = t = xcalloc(1, sizeof *r->tests);
    r->test_count = 1;
    t->run = f->coming;
    f->coming = (struct trace_run){0};
    t->info.name = xstrdup(f->asked_schedule.test ? f->asked_schedule.test : "main");
    t->result.test = xstrdup(t->info.name);
    t->result.preemptions = t->run.state.preemptions;
    t->result.switches = t->run.state.switches;
    trace_schedule_copy(&t->result.schedule, &f->asked_schedule);
    return r;
}

/* The run's failure becomes the test's, as if a check had found it. */
static void run_told(struct session *s)
{
    struct failure_state *f = s->failure;
    struct report *r = report_of(f);
    struct report_test *t = &r->tests[0];
    struct trace_state *st = &t->run.state;

    tell_about(s, t);
    t->result.failure = st->failure;
    st->failure = (struct trace_failure){.tid = TRACE_NO_THREAD, .other = TRACE_NO_THREAD};
    t->result.verdict = reason_verdict(t->result.failure.reason);
    t->token = report_token(r, &t->result.schedule);
    t->message = t->result.verdict == VERDICT_PASS ? xstrdup("this run ends well")
                                                   : report_sentence(&t->result.failure, st);
    if (st->diverged)
        session_notice(s, "the program is not the one this schedule was made with%s%s",
                       st->detail ? ": " : "", st->detail ? st->detail : "");
    f->test = NULL;
    if (f->own)
        report_free(f->own);
    f->own = r;
    f->asked = FAILURE_ASKED_NOTHING;
    show_test(f, t);
}

static void take_event(struct failure_state *f, struct trace_event *ev)
{
    ARRAY_GROW(f->coming.events, f->coming.count, f->coming.cap);
    f->coming.events[f->coming.count] = (struct trace_event){0};
    trace_event_move(&f->coming.events[f->coming.count++], ev);
}

static void heard_run(struct session *s, struct trace_msg *m)
{
    struct failure_state *f = s->failure;

    if (m->kind == MSG_EVENT) {
        take_event(f, &m->event);
    } else if (m->kind == MSG_STATE) {
        trace_state_fini(&f->coming.state);
        f->coming.state = m->state;
        m->state = (struct trace_state){0};
    } else if (m->kind == MSG_DONE) {
        run_told(s);
    }
}

static int likelier_first(const void *a, const void *b)
{
    const struct trace_outcome *x = a, *y = b;

    return x->schedules != y->schedules ? (x->schedules < y->schedules ? 1 : -1) : 0;
}

static void heard_outcome(struct failure_state *f, struct trace_msg *m)
{
    if (m->kind == MSG_PROGRESS) {
        f->outcome_runs = m->progress.runs;
    } else if (m->kind == MSG_OUTCOME) {
        ARRAY_GROW(f->outcomes, f->outcome_count, f->outcome_cap);
        f->outcomes[f->outcome_count++] = m->outcome;
        m->outcome = (struct trace_outcome){0};
    } else if (m->kind == MSG_TEST) {
        f->outcome_runs = m->result.runs;
    } else if (m->kind == MSG_DONE) {
        f->asked = FAILURE_ASKED_NOTHING;
        f->outcomes_known = true;
        if (f->outcome_count > 1)
            qsort(f->outcomes, f->outcome_count, sizeof *f->outcomes, likelier_first);
    }
}

static void engine_said(struct session *s, struct trace_msg *m)
{
    struct failure_state *f = s->failure;

    if (m->kind == MSG_TROUBLE && f->test) {
        session_notice(s, "%s", m->text ? m->text : "the engine ended without a word");
        f->asked = FAILURE_ASKED_NOTHING;
        f->list = false;
    } else if (m->kind == MSG_TROUBLE) {
        broken(f, m->text);
    } else if (f->asked == FAILURE_ASKED_RUN) {
        heard_run(s, m);
    } else if (f->asked == FAILURE_ASKED_OUTCOMES) {
        heard_outcome(f, m);
    }
}

static void forget_tests(struct failure_state *f)
{
    struct trace_msg m = {.kind = MSG_HELLO, .tests = f->tests, .test_count = f->test_count};

    trace_msg_fini(&m);
    f->tests = NULL;
    f->test_count = 0;
}

static void keep_tests(struct failure_state *f, struct message *m)
{
    forget_tests(f);
    if (!m->trace)
        return;
    f->tests = m->trace->tests;
    f->test_count = m->trace->test_count;
    m->trace->tests = NULL;
    m->trace->test_count = 0;
}

static void engine_ready(struct failure_state *f, struct message *m, struct effects *fx)
{
    f->engine_ready = true;
    keep_tests(f, m);
    if (f->target.file && m->text && f->sources.count == 0) {
        sources_add(&f->sources, f->target.file, m->text);
        m->text = NULL;
    }
    send_waiting(f, fx);
}

/* ---- keys -------------------------------------------------------------- */

static void move(struct failure_state *f, long by)
{
    size_t *at = f->list ? &f->outcome : &f->at, count = f->list ? f->outcome_count : f->row_count;
    long to = (long)*at + by;

    *at = to < 0 || count == 0 ? 0 : (size_t)to >= count ? count - 1 : (size_t)to;
}

size_t failure_no_return(const struct failure_state *f)
{
    size_t i = 0;

    while (i < f->row_count && !f->rows[i].no_return)
        i++;
    return i;
}

static void to_no_return(struct failure_state *f)
{
    size_t row = failure_no_return(f);

    if (!f->list && row < f->row_count)
        f->at = row;
}

/* NULL: what failed is not one schedule, but that no schedule came by where one had to (lab_possible). */
static char *token_of(const struct failure_state *f)
{
    const struct trace_schedule *sched = &f->test->result.schedule;

    if (f->test->token || f->target.token)
        return xstrdup(f->test->token ? f->test->token : f->target.token);
    return sched->test ? trace_schedule_token(sched) : NULL;
}

static void copy(struct session *s, struct effects *fx)
{
    char *token = token_of(s->failure);

    if (!token) {
        session_notice(s, "this is about all schedules: there is no single one to copy");
        return;
    }
    effects_add_text(fx, EFFECT_COPY, token, 0);
    target_copy(&fx->list[fx->count - 1].target, &s->failure->target);
    session_notice(s, "copied: threadmill replay %s", token);
    free(token);
}

/* The schedule up to the selected row becomes a drive; without one the drive begins at the start. */
static void take_over(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;
    const struct report_row *row = f->at < f->row_count ? &f->rows[f->at] : NULL;
    struct target t;

    target_copy(&t, &f->target);
    t.kind = f->target.exercise ? TARGET_EXERCISE : TARGET_FILE;
    free(t.token);
    t.token = token_of(f);
    free(t.test);
    t.test = f->test->result.test ? xstrdup(f->test->result.test) : NULL;
    t.steps = row && row->event >= 0 ? f->test->run.events[row->event].choice : -1;
    t.at_start = t.steps == 0;
    f->engine_open = f->engine_ready = false; /* the drive takes it */
    f->asked = FAILURE_ASKED_NOTHING;
    session_open(s, SCREEN_DRIVE, &t, fx);
    target_fini(&t);
}

static void edit(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;
    const struct trace_place *at = failure_place(f);
    bool here = at && at->file && f->target.file &&
                strcmp(path_basename(at->file), path_basename(f->target.file)) == 0;

    if (!f->target.file) {
        session_notice(s, "there is no file to edit");
        return;
    }
    effects_add_text(fx, EFFECT_EDIT, f->target.file, here ? at->line : 0);
}

static void outcomes(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;

    if (!f->list && !f->outcomes_known && f->asked == FAILURE_ASKED_NOTHING)
        ask_outcomes(f, fx);
    f->list = !f->list;
}

/* Enter: an outcome's witness; on the interleaving the whole report as text. */
static void open_selected(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;
    const struct report *r = f->own ? f->own : s->report;

    if (f->list) {
        if (f->outcome < f->outcome_count && f->asked == FAILURE_ASKED_NOTHING)
            ask_run(f, &f->outcomes[f->outcome].witness, fx);
        return;
    }
    if (r)
        session_open_text(s, "the whole report",
                          report_text(r, session_cols(s) < 100 ? session_cols(s) : 100), false, fx);
}

/* The first click selects; the second shows the witness of an outcome. */
static void point(struct session *s, long row, struct effects *fx)
{
    struct failure_state *f = s->failure;

    if (f->list && row == (long)f->outcome)
        open_selected(s, fx);
    else
        move(f, row - (long)(f->list ? f->outcome : f->at));
}

static void key(struct session *s, const struct message *m, struct effects *fx)
{
    enum key_request request = m->request;
    struct failure_state *f = s->failure;
    int page = session_rows(s) - 12 > 4 ? session_rows(s) - 12 : 4;

    if (f->phase != FAILURE_SHOWN)
        return;
    if (failure_is_answer(f) && request != KEY_EDIT && request != KEY_REPORT)
        return;
    switch (request) {
    case KEY_EARLIER: move(f, -1); break;
    case KEY_LATER: move(f, 1); break;
    case KEY_PAGE_UP: move(f, -page); break;
    case KEY_PAGE_DOWN: move(f, page); break;
    case KEY_FIRST: move(f, -1000000000); break;
    case KEY_LAST: move(f, 1000000000); break;
    case KEY_POINT: point(s, m->n, fx); break;
    case KEY_NO_RETURN: to_no_return(f); break;
    case KEY_DRIVE: take_over(s, fx); break;
    case KEY_OUTCOMES: outcomes(s, fx); break;
    case KEY_COPY: copy(s, fx); break;
    case KEY_EDIT: edit(s, fx); break;
    case KEY_REPORT: open_selected(s, fx); break;
    default: break;
    }
}

/* ---- the part ---------------------------------------------------------- */

static void load_token(struct failure_state *f, struct effects *fx)
{
    struct trace_schedule sched;
    struct err e;
    const char *at = f->target.token ? strchr(f->target.token, '@') : NULL;

    if (!f->target.token || !trace_schedule_parse(at ? at + 1 : f->target.token, &sched, &e)) {
        broken(f, f->target.token ? e.msg : "there is no failing run to show");
        return;
    }
    f->phase = FAILURE_LOADING;
    ask_run(f, &sched, fx);
    trace_schedule_fini(&sched);
}

static void screen_open(struct session *s, struct effects *fx)
{
    struct failure_state *f = xcalloc(1, sizeof *f);

    s->failure = f;
    target_copy(&f->target, &s->target);
    if (given_test(s))
        show_test(f, given_test(s));
    else
        load_token(f, fx);
}

static void screen_close(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;

    if (!f)
        return;
    if (f->engine_open)
        effects_add(fx, EFFECT_ENGINE_CLOSE);
    report_rows_free(f->rows, f->row_count);
    if (f->own)
        report_free(f->own);
    if (f->waiting) {
        trace_request_fini(f->waiting);
        free(f->waiting);
    }
    forget_outcomes(f);
    free(f->outcomes);
    trace_schedule_fini(&f->asked_schedule);
    trace_run_fini(&f->coming);
    sources_fini(&f->sources);
    forget_tests(f);
    target_fini(&f->target);
    free(f->broken);
    free(f);
    s->failure = NULL;
}

static void screen_update(struct session *s, struct message *m, struct effects *fx)
{
    if (!s->failure)
        return;
    switch (m->kind) {
    case MESSAGE_KEY: key(s, m, fx); break;
    case MESSAGE_ENGINE_READY: engine_ready(s->failure, m, fx); break;
    case MESSAGE_ENGINE_FAILED:
        if (!s->failure->test)
            broken(s->failure, m->text);
        else
            session_notice(s, "%s", m->text ? m->text : "the program could not be built");
        s->failure->asked = FAILURE_ASKED_NOTHING;
        break;
    case MESSAGE_ENGINE:
        if (m->trace)
            engine_said(s, m->trace);
        break;
    default: break;
    }
}

/* From the list to the interleaving; from an outcome's to the one it began with. */
static bool screen_back(struct session *s, struct effects *fx)
{
    struct failure_state *f = s->failure;

    (void)fx;
    if (!f || (!f->list && !(f->own && given_test(s))))
        return false;
    if (f->list) {
        f->list = false;
        return true;
    }
    show_test(f, given_test(s));
    report_free(f->own);
    f->own = NULL;
    f->list = f->outcomes_known;
    return true;
}

static bool screen_busy(const struct session *s)
{
    return s->failure && s->failure->asked != FAILURE_ASKED_NOTHING;
}

const struct session_part failure_part = {
    .open = screen_open,
    .update = screen_update,
    .close = screen_close,
    .back = screen_back,
    .busy = screen_busy,
};
