/* The failure: the five lines of the report, then the interleaving, a column for each thread, the
 * value that matters at the right; below it the selected moment: source, locks, values. Many
 * threads are shown one under the other instead.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/drive.h"
#include "session/failure.h"
#include "view/around.h"
#include "view/views.h"

#define STEP_COLS   6
#define COLUMN_MIN  15
#define COLUMN_MOST 44
#define VALUE_COLS  12
#define VALUES_MOST 4
#define WHERE_MOST  3

/* ---- the report -------------------------------------------------------- */

struct head {
    struct canvas *c; /* NULL: only measured */
    struct area a;
    int row;
    bool roomy; /* long sentences may take as many lines as they need */
};

/* In few rows a sentence gets `most` lines. */
static void head_sentence(struct head *h, struct area a, int most, const char *text)
{
    int left = h->a.row + h->a.rows - h->row;

    a.row = h->row;
    a.rows = h->roomy || most > left ? left : most;
    h->row += around_cut(h->c, a, text);
}

static void head_line(struct head *h, enum style style, const char *label, int most,
                      const char *text)
{
    struct area rest = {h->a.row, h->a.col + 10, h->a.rows, h->a.cols - 10};

    if (h->row >= h->a.row + h->a.rows)
        return;
    if (h->c)
        canvas_put_fit(h->c, h->row, h->a.col, 9, style, label);
    head_sentence(h, rest, most, text);
}

static void head_what(struct head *h, const struct report_test *t)
{
    char *word = xstrdup(verdict_id(t->result.verdict));

    for (char *p = word; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    head_line(h, t->result.verdict == VERDICT_PASS ? STYLE_GOOD : STYLE_BAD, word, 2,
              t->message ? t->message : verdict_meaning(t->result.verdict));
    free(word);
}

static void head_where(struct head *h, const struct report_test *t)
{
    size_t n = 0;
    char **lines = report_where(t, &n);

    for (size_t i = 0; i < n; i++) {
        if (i < (h->roomy ? n : WHERE_MOST - 1))
            head_line(h, STYLE_LABEL, i == 0 ? "where" : "", 1, lines[i]);
        free(lines[i]);
    }
    free(lines);
}

/* What other schedules say about this one; in few rows a mark in the table has to do. */
static void head_beside(struct head *h, const struct report_test *t)
{
    char *late = report_no_return(t), *passes = report_nearest(t);

    if (late)
        head_line(h, STYLE_LABEL, t->result.explained.always ? "always" : "too late", 1, late);
    if (passes)
        head_line(h, STYLE_LABEL, "passes if", 1, passes);
    free(late);
    free(passes);
}

static void head_rest(struct head *h, const struct report_test *t)
{
    char *why = report_why(t);
    char *words = report_schedule_words(&t->result);
    const char *right_if = report_right_if(t);

    if (t->result.failure.reason != REASON_ANSWER && t->result.schedule.step_count > 0)
        head_line(h, STYLE_LABEL, "schedule", 1, words);
    if (why)
        head_line(h, STYLE_LABEL, "why", 2, why);
    if (right_if)
        head_line(h, STYLE_LABEL, "right if", 1, right_if);
    if (t->info.step && *t->info.step) {
        char *read = t->read_title ? xasprintf("%s \"%s\"", t->info.step, t->read_title)
                                   : xstrdup(t->info.step);
        head_line(h, STYLE_LABEL, "read", 1, read);
        free(read);
    }
    if (h->roomy || t->result.explained.always)
        head_beside(h, t);
    free(words);
    free(why);
}

/* Returns the lines used. */
static int draw_head(const struct report_test *t, struct canvas *c, struct area a, bool roomy)
{
    struct head h = {.c = c, .a = a, .row = a.row, .roomy = roomy};

    head_what(&h, t);
    if (t->result.verdict != VERDICT_PASS)
        head_where(&h, t);
    head_rest(&h, t);
    return h.row - a.row;
}

/* ---- which values are worth a column ----------------------------------- */

struct watched {
    const struct trace_ref *object[VALUES_MOST];
    int count;
};

static bool is_listed(const struct watched *w, const struct trace_ref *object)
{
    for (int i = 0; i < w->count; i++)
        if (moment_same(w->object[i], object))
            return true;
    return false;
}

static void list_object(struct watched *w, const struct trace_event *ev, int most)
{
    bool write =
        ev->kind == EVENT_WRITE || ev->kind == EVENT_ATOMIC_STORE || ev->kind == EVENT_ATOMIC_RMW;

    if (w->count < most && ev->has_value && write && ev->object.kind != REF_NONE && !ev->object.process &&
        !is_listed(w, &ev->object))
        w->object[w->count++] = &ev->object;
}

/* First what the marked rows touch, then what else the first process writes. */
static void find_watched(const struct failure_state *f, struct watched *w, int most)
{
    *w = (struct watched){0};
    for (size_t i = 0; i < f->row_count; i++) {
        const struct trace_event *ev =
            f->rows[i].event >= 0 ? &f->test->run.events[f->rows[i].event] : NULL;
        if (ev && f->rows[i].marked && ev->has_value && ev->object.kind != REF_NONE && ev->object.kind != REF_FILE &&
            w->count < most && !is_listed(w, &ev->object))
            w->object[w->count++] = &ev->object;
    }
    for (size_t i = 0; i < f->test->run.count && w->count < most; i++)
        list_object(w, &f->test->run.events[i], most);
}

static size_t events_of_row(const struct failure_state *f, size_t i)
{
    return f->rows[i].event < 0 ? f->test->run.count : (size_t)f->rows[i].event + 1;
}

/* ---- the interleaving -------------------------------------------------- */

struct table {
    struct area a;
    int tids[TRACE_MAX_THREADS], count; /* columns, in order of the threads */
    int width;                          /* of one; 0: one under the other */
    struct watched watched;
    const struct trace_event *told[VALUES_MOST]; /* what each holds in the row drawn last */
    int values_col;
};

static void find_tids(const struct failure_state *f, struct table *t)
{
    uint64_t seen = 0;

    for (size_t i = 0; i < f->row_count; i++)
        if (f->rows[i].tid >= 0 && f->rows[i].tid < TRACE_MAX_THREADS)
            seen |= UINT64_C(1) << f->rows[i].tid;
    for (int tid = 0; tid < TRACE_MAX_THREADS; tid++)
        if (seen >> tid & 1)
            t->tids[t->count++] = tid;
}

static void table_init(const struct failure_state *f, struct table *t, struct area a)
{
    *t = (struct table){.a = a};
    find_tids(f, t);
    find_watched(f, &t->watched, a.cols >= VIEW_WIDE - 4 ? VALUES_MOST : 1);
    t->values_col = a.col + a.cols - t->watched.count * VALUE_COLS;
    t->width = t->count ? (t->values_col - a.col - STEP_COLS) / t->count : 0;
    if (t->width < COLUMN_MIN)
        t->width = 0;
    if (t->width > COLUMN_MOST) {
        t->width = COLUMN_MOST;
        t->values_col = a.col + STEP_COLS + t->count * COLUMN_MOST;
    }
}

static void table_head(const struct failure_state *f, struct canvas *c, const struct table *t)
{
    const struct trace_state *st = &f->test->run.state;

    for (int i = 0; t->width && i < t->count; i++)
        canvas_put_fit(c, t->a.row, t->a.col + STEP_COLS + i * t->width, t->width - 1,
                       style_thread(t->tids[i]), report_thread_name(st, t->tids[i]));
    for (int i = 0; i < t->watched.count; i++) {
        char *name = moment_name_in(st, t->watched.object[i], t->watched.object[i]->process);
        canvas_put_right(c, t->a.row, t->values_col + i * VALUE_COLS + 1, VALUE_COLS - 1,
                         STYLE_LABEL, name);
        free(name);
    }
}

#define TOO_LATE "too late from here"

/* "what  ← why it matters": the text of a row with its notes. Caller frees. */
static char *row_words(const struct report_row *r, bool late)
{
    return xasprintf("%s%s%s%s", r->text, r->note ? " ← " : "", r->note ? r->note : "",
                     late ? " ← " TOO_LATE : "");
}

static void draw_cell(const struct failure_state *f, struct canvas *c, const struct table *t,
                      const struct report_row *r, int row)
{
    enum style style = r->marked ? STYLE_MARK : style_thread(r->tid);
    int col = t->a.col + STEP_COLS, room = t->values_col - col - 1, at = 0;

    while (at < t->count && t->tids[at] != r->tid)
        at++;
    if (!t->width) {
        char *words = row_words(r, r->no_return);
        char *text = xasprintf("%-14s %s", report_thread_name(&f->test->run.state, r->tid), words);
        canvas_put_fit(c, row, col, room, style, text);
        free(words);
        free(text);
        return;
    }
    col += at * t->width;
    /* The last columns may use what is free at their right. */
    char *text = row_words(r, r->no_return && at == 0);
    int wide = t->values_col - col - 1, own = t->width - 1;
    bool fits = text_width(text) <= own;
    if (r->no_return && at > 0) /* the columns before its own are empty */
        canvas_put_fit(c, row, t->a.col + STEP_COLS, at * t->width - 1, STYLE_WARN, TOO_LATE " ▸");
    canvas_put_fit(c, row, col, fits ? own : wide, style, text);
    free(text);
}

/* What the watched objects hold after the events up to `end`, when `t` knows it after those up to
 * `from` (0: nothing is known yet, and it is looked for backwards). */
static void follow_values(const struct failure_state *f, struct table *t, size_t from, size_t end)
{
    const struct trace_run *run = &f->test->run;

    for (int k = 0; k < t->watched.count; k++) {
        size_t i = end;
        while (i > from && !moment_tells(&run->events[i - 1], t->watched.object[k]))
            i--;
        if (i > from)
            t->told[k] = &run->events[i - 1];
    }
}

/* `from`: events from there on are new. */
static void draw_values(const struct failure_state *f, struct canvas *c, const struct table *t,
                        size_t from, int row)
{
    for (int i = 0; i < t->watched.count; i++) {
        const struct trace_event *ev = t->told[i];
        if (!ev)
            continue;
        bool new = ev >= &f->test->run.events[from] && ev->value != ev->before &&
                   ev->kind != EVENT_READ && ev->kind != EVENT_ATOMIC_LOAD;
        char *text = moment_value_text(ev);
        canvas_put_right(c, row, t->values_col + i * VALUE_COLS + 1, VALUE_COLS - 1,
                         new ? STYLE_CHANGED : STYLE_VALUE, text);
        free(text);
    }
}

static void draw_row(const struct failure_state *f, struct canvas *c, struct table *t, size_t i,
                     bool first, int row)
{
    const struct report_row *r = &f->rows[i];
    size_t before = i > 0 ? events_of_row(f, i - 1) : 0;

    canvas_put(c, row, t->a.col, STYLE_MARK, r->no_return ? "■" : r->marked ? "▸" : " ");
    if (r->step)
        canvas_printf(c, row, t->a.col + 1, STYLE_LINENO, "%4d", r->step);
    draw_cell(f, c, t, r, row);
    follow_values(f, t, first ? 0 : before, events_of_row(f, i));
    draw_values(f, c, t, before, row);
    canvas_spot(c, row, t->a.col, 1, t->a.cols, KEY_POINT, (long)i);
    if (i == f->at)
        canvas_select(c, row, t->a.col, t->a.cols);
}

static void draw_table(const struct failure_state *f, struct canvas *c, struct area a)
{
    struct table t;
    int rows = a.rows - 1, n = (int)f->row_count, at = (int)f->at, top = at - rows / 2;

    table_init(f, &t, a);
    table_head(f, c, &t);
    if (top + rows > n)
        top = n - rows;
    if (top < 0)
        top = 0;
    for (int i = 0; i < rows && top + i < n; i++)
        draw_row(f, c, &t, (size_t)(top + i), i == 0, a.row + 1 + i);
    view_more(c, (struct area){a.row + 1, a.col, rows, a.cols}, top, n);
}

/* ---- the moment -------------------------------------------------------- */

static void draw_source_line(const struct failure_state *f, struct canvas *c, struct area a,
                             const char *held)
{
    const struct trace_place *at = failure_place(f);
    const struct source *src = at ? sources_find(&f->sources, at) : NULL;
    char *right = xasprintf("held: %s", held ? held : "no lock");
    int room = a.cols - text_width(right) - 2;

    if (at && at->file) {
        int used = canvas_printf(c, a.row, a.col, STYLE_LABEL, "%s:%d  ", path_basename(at->file),
                                 at->line);
        if (src) {
            const char *line = src->lines[at->line - 1];
            int skip = 0;
            for (; *line == ' ' || *line == '\t'; line++)
                skip++;
            view_code(c, a.row, a.col + used, room - used, line, false, 0);
        }
    }
    canvas_put_right(c, a.row, a.col, a.cols, held ? STYLE_WARN : STYLE_LABEL, right);
    free(right);
}

static void draw_all_values(const struct trace_state *st, struct canvas *c, struct area a, const struct moment *m)
{
    struct flow flow;

    flow_begin(&flow, c, a);
    for (size_t i = 0; i < m->value_count && flow.row < a.rows; i++) {
        const struct moment_value *v = &m->values[i];
        char *name = moment_name_in(st, v->object, v->object->process), *text = xasprintf("%s = %s", name, v->text);
        flow_add(&flow, "", v->changed ? STYLE_CHANGED : STYLE_VALUE, text);
        free(text);
        free(name);
    }
}

/* ---- who waits for whom ------------------------------------------------- */

static int waits_for(const struct trace_thread *t)
{
    return t->next == EVENT_JOIN && t->value < TRACE_MAX_THREADS ? (int)t->value : t->holder;
}

/* "T1 there ──▸ acc[1].lock ──▸ T2 back": one arrow of the wait-for graph. */
static void draw_wait(const struct trace_state *st, const struct trace_thread *t, struct canvas *c,
                      struct area a, int row)
{
    bool waiting = t->status == THREAD_WAITING && t->object2.kind != REF_NONE;
    const struct trace_ref *what = waiting ? &t->object2 : &t->object;
    char *name = t->next == EVENT_JOIN ? xstrdup("the end") : moment_name(what);
    int other = t->left_by ? t->left_by - 1 : waits_for(t);
    const char *holder = other >= 0 ? report_thread_name(st, other) : "nobody";
    char *text = xasprintf("%-16s ──waits for──▸ %-18s ──%s──▸ %s", report_thread_name(st, t->tid), name,
                           t->next == EVENT_JOIN ? "of" : t->left_by ? "copied from" : "held by", holder);

    canvas_put_fit(c, row, a.col, a.cols, STYLE_BLOCKED, text);
    free(text);
    free(name);
}

static void draw_waits(const struct trace_state *st, struct canvas *c, struct area a)
{
    int row = a.row;

    for (size_t i = 0; i < st->thread_count && row < a.row + a.rows; i++) {
        const struct trace_thread *t = &st->threads[i];
        if (t->status == THREAD_BLOCKED || t->status == THREAD_WAITING)
            draw_wait(st, t, c, a, row++);
    }
}

/* Two lines: the place and its locks; then who waits for whom, or the values. */
static void draw_moment(const struct failure_state *f, struct canvas *c, struct area a)
{
    const struct report_row *r = f->at < f->row_count ? &f->rows[f->at] : NULL;
    char *chain = r && r->event < 0 ? failure_chain(&f->test->run.state, r->tid) : NULL, *held;
    size_t events = failure_events(f), before = r && f->at > 0 ? events_of_row(f, f->at - 1) : 0;
    struct moment m;

    moment_at(&m, &f->test->run, events, before);
    held = r ? moment_held(&m, r->tid) : NULL;
    draw_source_line(f, c, a, held);
    if (chain) {
        canvas_put_fit(c, a.row + 1, a.col, a.cols, STYLE_BLOCKED, chain);
        draw_waits(&f->test->run.state, c, (struct area){a.row + 2, a.col, a.rows - 2, a.cols});
    } else
        draw_all_values(&f->test->run.state, c, (struct area){a.row + 1, a.col, a.rows - 1, a.cols}, &m);
    moment_fini(&m);
    free(held);
    free(chain);
}

/* A wide screen has the source around the selected step. */
static void draw_around(const struct failure_state *f, struct canvas *c, struct area a)
{
    const struct trace_place *at = failure_place(f);
    const struct source *src = at ? sources_find(&f->sources, at) : NULL;

    if (src)
        around_draw(c, a, src, at->line);
}

/* ---- all outcomes ------------------------------------------------------ */

static void draw_outcome(const struct failure_state *f, struct canvas *c, struct area a, size_t i,
                         int row)
{
    const struct trace_outcome *o = &f->outcomes[i];
    char *words = failure_outcome_words(o), *count = xasprintf("%" PRIu64, o->schedules);

    canvas_put_right(c, row, a.col, 10, STYLE_VALUE, count);
    canvas_put(c, row, a.col + 12, o->reason == REASON_NONE ? STYLE_GOOD : STYLE_BAD,
               o->reason == REASON_NONE ? "✓" : "✗");
    canvas_put_fit(c, row, a.col + 14, a.cols - 34, STYLE_TEXT, words);
    char *steps = drive_score((size_t)o->steps, o->switches);
    canvas_put_right(c, row, a.col, a.cols, STYLE_LABEL, steps);
    canvas_spot(c, row, a.col, 1, a.cols, KEY_POINT, (long)i);
    if (i == f->outcome)
        canvas_select(c, row, a.col, a.cols);
    free(steps);
    free(count);
    free(words);
}

static void draw_outcomes(const struct failure_state *f, struct canvas *c, struct area a)
{
    int rows = a.rows - 3, top = (int)f->outcome < rows ? 0 : (int)f->outcome - rows + 1;
    uint64_t total = 0;

    if (!f->outcomes_known) {
        canvas_printf(c, a.row, a.col, STYLE_TEXT,
                      "running the test in every interleaving … %" PRIu64 " so far",
                      f->outcome_runs);
        return;
    }
    for (size_t i = 0; i < f->outcome_count; i++)
        total += f->outcomes[i].schedules;
    canvas_printf(c, a.row, a.col, STYLE_TEXT, "%zu way%s to end, in %" PRIu64 " interleaving%s",
                  f->outcome_count, f->outcome_count == 1 ? "" : "s", total, total == 1 ? "" : "s");
    canvas_put(c, a.row + 1, a.col, STYLE_LABEL, " schedules  end");
    canvas_put_right(c, a.row + 1, a.col, a.cols, STYLE_LABEL, "the shortest one");
    for (int i = 0; i < rows && top + i < (int)f->outcome_count; i++)
        draw_outcome(f, c, a, (size_t)(top + i), a.row + 2 + i);
    canvas_put(c, a.row + a.rows - 1, a.col, STYLE_LABEL,
               "Enter shows the schedule of the selected one");
}

/* ---- the page ---------------------------------------------------------- */

static void draw_shown(const struct failure_state *f, struct canvas *c, struct area a)
{
    bool roomy = a.rows >= 30;
    int all =
        draw_head(f->test, NULL, a, true) + (int)f->row_count + 5; /* rules, names, the moment */
    int head = draw_head(f->test, c, (struct area){a.row, a.col, a.rows / 2, a.cols},
                         roomy || all <= a.rows);
    int below = roomy ? 12 : 2, row = a.row + head, end = a.row + a.rows;

    if (failure_is_answer(f))
        return;
    canvas_repeat(c, row++, a.col, a.cols, STYLE_RULE, "─");
    draw_table(f, c, (struct area){row, a.col, end - row - below - 1, a.cols});
    row = end - below;
    canvas_repeat(c, row - 1, a.col, a.cols, STYLE_RULE, "─");
    draw_moment(f, c, (struct area){row, a.col, roomy ? 5 : below, a.cols});
    if (roomy)
        draw_around(f, c, (struct area){row + 5, a.col, 7, a.cols});
}

static char *title_of(const struct failure_state *f)
{
    const char *subject = f->target.exercise ? f->target.exercise->name
                          : f->target.file   ? path_basename(f->target.file)
                                             : "a failing run";
    const char *test = f->test && f->test->info.name ? f->test->info.name : f->target.test;

    return xasprintf("%s%s%s", subject, test && strcmp(test, "main") != 0 ? " · " : "",
                     test && strcmp(test, "main") != 0 ? test : "");
}

static char *right_of(const struct failure_state *f)
{
    if (f->phase != FAILURE_SHOWN || failure_is_answer(f))
        return NULL;
    if (!f->test->result.runs)
        return xasprintf("step %zu of %zu", f->at + 1, f->row_count);
    return xasprintf("found in run %" PRIu64 " · step %zu of %zu", f->test->result.runs, f->at + 1,
                     f->row_count);
}

static void draw_failure(const struct session *s, struct canvas *c)
{
    const struct failure_state *f = s->failure;
    char *title, *right;
    struct area a;

    if (!f)
        return;
    title = title_of(f);
    right = f->list ? NULL : right_of(f);
    a = view_frame(s, c, title, right);
    a.col = 1;
    a.cols = c->cols - 2;
    if (f->phase == FAILURE_BROKEN)
        around_paragraph(c, a, a.row + 1, STYLE_BAD, "✗ ", f->broken);
    else if (f->phase == FAILURE_LOADING)
        canvas_put(c, a.row + 1, a.col + 1, STYLE_DIM,
                   f->engine_ready ? "replaying …" : "compiling …");
    else if (f->list)
        draw_outcomes(f, c, a);
    else
        draw_shown(f, c, a);
    free(title);
    free(right);
}

static bool failure_offers(const struct session *s, enum key_request r)
{
    const struct failure_state *f = s->failure;

    if (!f || f->phase != FAILURE_SHOWN)
        return r == KEY_BACK || r == KEY_HELP;
    if (failure_is_answer(f))
        return r == KEY_EDIT || r == KEY_REPORT || r == KEY_BACK || r == KEY_HELP;
    if (r == KEY_NO_RETURN && failure_no_return(f) == f->row_count)
        return false;
    return f->list ? r == KEY_REPORT || r == KEY_BACK || r == KEY_HELP : r != KEY_OPEN;
}

const struct view view_failure = {
    .screen = SCREEN_FAILURE, .draw = draw_failure, .offers = failure_offers};
