/* exercise: every save is checked at once, one check at a time; a verdict never moves the learner
 * on.
 *
 * Invariant: check.exercise is set exactly while the loop has a check running for us.
 */
#include "session/exercise.h"

#include <stdlib.h>
#include <string.h>

#include "session/parts.h"
#include "session/progress.h"
#include "session/reading.h"
#include "session/workspace.h"

/* ---- places ---------------------------------------------------------------- */

const struct report *exercise_report(const struct session *s)
{
    return s->report && s->exercise && s->report->exercise == s->exercise->exercise ? s->report
                                                                                    : NULL;
}

const struct report_test *exercise_test(const struct session *s)
{
    const struct report *r = exercise_report(s);

    return r && s->report_test < r->test_count ? &r->tests[s->report_test] : NULL;
}

int exercise_task_cols(const struct session *s)
{
    int cols = s->cols >= 120 ? (session_cols(s) - 6) / 2 : session_cols(s);

    return cols < PAGE_WIDTH ? cols : PAGE_WIDTH;
}

/* Around it on a narrow screen: the file, a rule, the summary, the tests, two lines about one. */
int exercise_task_rows(const struct session *s)
{
    const struct report *r = exercise_report(s);
    int rows = session_rows(s) - 5, tests = r && r->test_count ? (int)r->test_count : 1;

    if (s->cols >= 120)
        return session_rows(s) - 2;
    return rows - tests > rows / 2 ? rows - tests : rows / 2;
}

/* The lines of an arrangement, with those that do not belong, in no order that helps. */
static void lay_out_lines(struct page *p, const struct hint *h, int cols)
{
    size_t n = h->line_count + h->distract_count;
    int *order = xcalloc(n + 1, sizeof *order);
    const char **lines = xcalloc(n + 1, sizeof *lines);

    for (size_t i = 0; i < n; i++)
        lines[i] = i < h->line_count ? h->lines[i] : h->distract[i - h->line_count];
    question_mix(order, n, lines, h->line_count, h->line_count ? h->lines[0] : "");
    for (size_t i = 0; i < n; i++) {
        char *line = xasprintf("        %s", lines[order[i]]);
        page_verbatim(p, line, PAGE_CODE, cols);
        free(line);
    }
    free(lines);
    free(order);
}

static void lay_out_hint(struct page *p, const struct hint *h, int number, int cols)
{
    char *first = xasprintf("hint %d  ", number);

    page_blank(p);
    page_item(p, first,
              h->arrange ? "Put these lines in the right order. Some may not belong." : h->text,
              cols, 0);
    if (h->arrange)
        lay_out_lines(p, h, cols);
    free(first);
}

static void lay_out_task(struct session *s)
{
    struct exercise_screen *x = s->exercise;
    int cols = exercise_task_cols(s), hints = progress_hints(s->progress, x->exercise->id);

    page_fini(&x->task);
    x->task = (struct page)PAGE_INIT;
    if (x->exercise->statement)
        page_markdown(&x->task, x->exercise->statement, cols, 0);
    for (int i = 0; i < hints && (size_t)i < x->exercise->hint_count; i++) {
        x->last_hint = (int)x->task.count;
        lay_out_hint(&x->task, &x->exercise->hints[i], i + 1, cols);
    }
}

static void scroll_task(struct session *s, int by)
{
    struct exercise_screen *x = s->exercise;
    int most = (int)x->task.count - exercise_task_rows(s);

    x->task_top += by;
    if (x->task_top > most)
        x->task_top = most;
    if (x->task_top < 0)
        x->task_top = 0;
}

/* ---- checking -------------------------------------------------------------- */

static void check_ended(struct session *s)
{
    free(s->check.phase);
    free(s->check.test);
    s->check = (struct check_state){0};
}

static void check_start(struct session *s, struct effects *fx)
{
    check_ended(s);
    s->exercise->stopped = false;
    s->check.exercise = s->exercise->exercise;
    s->check.phase = xstrdup("compiling");
    effects_add(fx, EFFECT_CHECK)->exercise = s->exercise->exercise;
}

static void check_stop(struct session *s, struct effects *fx)
{
    if (!s->check.exercise)
        return;
    check_ended(s);
    effects_add(fx, EFFECT_CHECK_STOP);
}

static void check_progress(struct session *s, const struct message *m)
{
    if (!s->check.exercise || !m->trace)
        return;
    free(s->check.phase);
    free(s->check.test);
    s->check.phase = m->trace->progress.phase ? xstrdup(m->trace->progress.phase) : NULL;
    s->check.test = m->trace->progress.test ? xstrdup(m->trace->progress.test) : NULL;
    s->check.runs = m->trace->progress.runs;
    s->check.rate = m->trace->progress.rate;
    s->check.finished = m->trace->progress.finished;
}

static size_t first_failure(const struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict != VERDICT_PASS)
            return i;
    return 0;
}

/* The selection stays on a test that still fails; otherwise it goes to the first that does. */
static void select_test(struct session *s)
{
    const struct report *r = s->report;

    if (s->report_test >= r->test_count || r->tests[s->report_test].result.verdict == VERDICT_PASS)
        s->report_test = first_failure(r);
}

static void remember_pass(struct session *s, uint64_t hash, struct effects *fx)
{
    session_exercise_passed(s->course, s->progress, s->exercise->exercise, hash);
    effects_add(fx, EFFECT_SAVE);
}

/* The failure view looks into the old report: the new one waits until that view is left. */
static void take_report(struct session *s, struct report *r)
{
    struct exercise_screen *x = s->exercise;
    bool looking = session_shows(s, SCREEN_FAILURE);
    struct report **place = looking ? &x->newer : &s->report;

    if (*place)
        report_free(*place);
    *place = r;
    if (looking)
        session_notice(s, "the file was checked again: q shows the new verdict");
    else
        select_test(s);
}

static void check_done(struct session *s, struct message *m, struct effects *fx)
{
    bool stopped = s->check.stopping;

    if (!s->check.exercise || (!m->report && !stopped))
        return;
    check_ended(s);
    s->exercise->cut = stopped && m->report;
    if (!m->report) {
        s->exercise->stopped = true;
        session_notice(s, "stopped: this version of the file was not judged");
        return;
    }
    s->exercise->passed = m->report->verdict == VERDICT_PASS;
    if (s->exercise->passed)
        remember_pass(s, m->hash, fx);
    take_report(s, m->report);
    m->report = NULL;
    scroll_task(s, 0);
}

static void exercise_shown(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;

    (void)fx;
    if (!x->newer)
        return;
    if (s->report)
        report_free(s->report);
    s->report = x->newer;
    x->newer = NULL;
    select_test(s);
}

/* ---- opening and closing --------------------------------------------------- */

static void find_step(struct exercise_screen *x, const struct lesson *l)
{
    for (size_t i = 0; l && i < l->step_count; i++)
        for (size_t k = 0; k < l->steps[i].block_count; k++) {
            const struct block *b = &l->steps[i].blocks[k];
            if (b->kind == BLOCK_EXERCISE && b->exercise &&
                strcmp(b->exercise, x->exercise->name) == 0) {
                x->step = &l->steps[i];
                x->block = b;
                return;
            }
        }
}

static void exercise_open(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = xcalloc(1, sizeof *x);

    s->exercise = x;
    x->exercise = s->target.exercise;
    x->file = workspace_file(s->workspace, x->exercise);
    x->task = (struct page)PAGE_INIT;
    find_step(x, s->target.lesson);
    lay_out_task(s);
    s->report_test = 0;
    effects_add(fx, EFFECT_PREPARE)->exercise = x->exercise;
    effects_add_text(fx, EFFECT_WATCH, x->file, 0);
    check_start(s, fx);
}

static void exercise_close(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;

    if (!x)
        return;
    check_stop(s, fx);
    effects_add_text(fx, EFFECT_WATCH, NULL, 0);
    if (x->newer)
        report_free(x->newer);
    page_fini(&x->task);
    free(x->file);
    free(x);
    s->exercise = NULL;
}

/* ---- keys ------------------------------------------------------------------ */

static void move(struct session *s, int by)
{
    const struct report *r = exercise_report(s);

    if (!r || r->test_count == 0)
        scroll_task(s, by);
    else if (by < 0 && s->report_test > 0)
        s->report_test--;
    else if (by > 0 && s->report_test + 1 < r->test_count)
        s->report_test++;
}

static bool same_file(const char *a, const char *b)
{
    return a && b && strcmp(path_basename(a), path_basename(b)) == 0;
}

/* Where the editor opens: what the selected test or the compiler points at, if it is in this file.
 */
static int line_to_edit(const struct session *s)
{
    const struct report *r = exercise_report(s);
    const struct report_test *t = exercise_test(s);

    if (t && t->result.verdict != VERDICT_PASS &&
        same_file(t->result.failure.at.file, s->exercise->file))
        return t->result.failure.at.line;
    return r && r->test_count == 0 ? r->line : 0;
}

static void say_why_none(struct session *s, const struct report *r, const struct report_test *t)
{
    if (t)
        session_notice(s, "this test holds: there is no failure to show");
    else if (r && r->line > 0)
        session_notice(s, "no test could run: line %d comes first; e opens it", r->line);
    else
        session_notice(s, "no test has run yet: c checks now");
}

static void show_failure(struct session *s, struct effects *fx)
{
    const struct report *r = exercise_report(s);
    const struct report_test *t = exercise_test(s);
    struct target target = {.kind = TARGET_EXERCISE, .exercise = s->exercise->exercise};

    if (r && !t && r->build_output && *r->build_output) {
        session_open_compiler_text(s, r->build_output, fx);
        return;
    }
    if (!t || t->result.verdict == VERDICT_PASS) {
        say_why_none(s, r, t);
        return;
    }
    if (t->run.count == 0) {
        session_open_text(s, t->info.name ? t->info.name : "what happened",
                          report_text(r, session_cols(s)), false, fx);
        return;
    }
    target.lesson = session_lesson(s);
    target.file = xstrdup(s->exercise->file);
    target.test = t->info.name ? xstrdup(t->info.name) : NULL;
    target.token = t->token ? xstrdup(t->token) : NULL;
    session_open(s, SCREEN_FAILURE, &target, fx);
    target_fini(&target);
}

static void drive(struct session *s, struct effects *fx)
{
    const struct report_test *t = exercise_test(s);
    struct target target = {.kind = TARGET_EXERCISE, .exercise = s->exercise->exercise};

    target.lesson = session_lesson(s);
    target.file = xstrdup(s->exercise->file);
    target.test = t && t->info.name ? xstrdup(t->info.name) : NULL;
    session_open(s, SCREEN_DRIVE, &target, fx);
    target_fini(&target);
}

static void hint(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;
    int shown = progress_hints(s->progress, x->exercise->id);

    if ((size_t)shown >= x->exercise->hint_count) {
        session_notice(s, shown ? "that was the last hint; s shows a solution"
                                : "this exercise has no hints");
        scroll_task(s, (int)x->task.count);
        return;
    }
    progress_hints_shown(s->progress, x->exercise->id, shown + 1);
    effects_add(fx, EFFECT_SAVE);
    lay_out_task(s);
    scroll_task(s, x->last_hint - x->task_top);
}

static void solution(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;
    struct err e;

    if (!progress_has_passed(s->progress, x->exercise->id, NULL) && !x->solution_asked) {
        x->solution_asked = true;
        session_notice(s,
                       "you have not passed yet: press s once more to see a solution all the same");
        return;
    }
    char *text = x->exercise->solution ? file_read(x->exercise->solution, 1 << 20, NULL, &e) : NULL;
    if (!text) {
        session_notice(s, "there is no solution to show%s%s", x->exercise->solution ? ": " : "",
                       x->exercise->solution ? e.msg : "");
        return;
    }
    progress_set(s->progress, "solution", x->exercise->id, "shown");
    effects_add(fx, EFFECT_SAVE);
    session_open_text(s, "a solution (not the only one)", text, true, fx);
}

static void reset(struct session *s, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;

    x->reset_asked = !x->reset_asked;
    if (x->reset_asked)
        session_notice(s, "press x once more to start again; your file is kept beside the new one");
    else
        effects_add(fx, EFFECT_RESET)->exercise = x->exercise;
}

/* The exercise after (or before) this one in its step; then the steps beside. */
static void go_beside(struct session *s, int by, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;
    const struct lesson *l = session_lesson(s), *other;

    for (const struct block *b = x->block;
         b && b + by >= x->step->blocks && b + by < x->step->blocks + x->step->block_count;) {
        b += by;
        if (b->kind != BLOCK_EXERCISE)
            continue;
        char *name = xasprintf("%s/%s", l->id, b->exercise);
        const struct exercise *ex = course_exercise(s->course, name, NULL);
        free(name);
        if (ex) {
            session_open_exercise(s, ex, fx);
            return;
        }
    }
    const struct step *st = x->step ? session_step_beside(s, l, x->step, by, &other) : NULL;
    if (st)
        session_open_step(s, other, st, fx);
    else
        session_notice(s, "there is nothing %s this exercise", by > 0 ? "after" : "before");
}

static void stop_or_back(struct session *s, struct effects *fx)
{
    if (!s->check.exercise) {
        session_pop(s, fx);
        return;
    }
    if (s->check.stopping) { /* a second time: without waiting for what is known */
        session_pop(s, fx);
        return;
    }
    s->check.stopping = true;
    effects_add(fx, EFFECT_CHECK_STOP)->n = 1;
}

/* The first click selects a test, the second shows how it fails. */
static void point(struct session *s, long test, struct effects *fx)
{
    const struct report *r = exercise_report(s);

    if (!r || test < 0 || (size_t)test >= r->test_count)
        return;
    if (s->report_test == (size_t)test)
        show_failure(s, fx);
    else
        s->report_test = (size_t)test;
}

static void exercise_key(struct session *s, const struct message *m, struct effects *fx)
{
    struct exercise_screen *x = s->exercise;

    if (m->request != KEY_RESET)
        x->reset_asked = false;
    switch (m->request) {
    case KEY_POINT: point(s, m->n, fx); break;
    case KEY_UP: move(s, -1); break;
    case KEY_DOWN: move(s, 1); break;
    case KEY_LEFT:
    case KEY_PAGE_UP: scroll_task(s, 1 - exercise_task_rows(s)); break;
    case KEY_RIGHT:
    case KEY_PAGE_DOWN: scroll_task(s, exercise_task_rows(s) - 1); break;
    case KEY_FIRST: scroll_task(s, -(int)x->task.count); break;
    case KEY_LAST: scroll_task(s, (int)x->task.count); break;
    case KEY_TEST: show_failure(s, fx); break;
    case KEY_EDIT: effects_add_text(fx, EFFECT_EDIT, x->file, line_to_edit(s)); break;
    case KEY_CHECK: check_start(s, fx); break;
    case KEY_STOP: stop_or_back(s, fx); break;
    case KEY_HINT: hint(s, fx); break;
    case KEY_SOLUTION: solution(s, fx); break;
    case KEY_RESET: reset(s, fx); break;
    case KEY_DRIVE: drive(s, fx); break;
    case KEY_ONWARD: go_beside(s, 1, fx); break;
    case KEY_PREVIOUS: go_beside(s, -1, fx); break;
    default: break;
    }
}

static void exercise_update(struct session *s, struct message *m, struct effects *fx)
{
    switch (m->kind) {
    case MESSAGE_KEY: exercise_key(s, m, fx); break;
    case MESSAGE_SAVED: check_start(s, fx); break;
    case MESSAGE_CHECK_PROGRESS: check_progress(s, m); break;
    case MESSAGE_CHECK_DONE: check_done(s, m, fx); break;
    case MESSAGE_EDITOR_ENDED:
        if (m->text)
            session_notice(s, "%s", m->text);
        break;
    case MESSAGE_RESIZE:
        lay_out_task(s);
        scroll_task(s, 0);
        break;
    default: break;
    }
}

const struct session_part exercise_part = {
    .open = exercise_open,
    .update = exercise_update,
    .close = exercise_close,
    .shown = exercise_shown,
};
