/* An exercise: the task, the tests at a glance, what the selected one says. Wide screens have the
 * tests beside the task.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/exercise.h"
#include "session/progress.h"
#include "view/views.h"

#define NAME_MAX_COLS 26

/* ---- what the check says --------------------------------------------------- */

static size_t holding(const struct report *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->test_count; i++)
        n += r->tests[i].result.verdict == VERDICT_PASS;
    return n;
}

/* "1 234 567": figures that change ten times a second must be easy to read. */
static void add_count(struct strbuf *b, unsigned long long n)
{
    if (n >= 1000) {
        add_count(b, n / 1000);
        strbuf_addf(b, " %03llu", n % 1000);
    } else {
        strbuf_addf(b, "%llu", n);
    }
}

static char *checking_words(const struct check_state *k)
{
    struct strbuf b = STRBUF_INIT;

    strbuf_adds(&b, k->stopping ? "stopping" : "checking");
    if (k->runs) {
        strbuf_adds(&b, " · ");
        add_count(&b, k->runs);
        strbuf_adds(&b, " runs");
    }
    if (k->rate >= 1) {
        strbuf_adds(&b, ", ");
        add_count(&b, (unsigned long long)k->rate);
        strbuf_adds(&b, " a second");
    }
    strbuf_addf(&b, "%s%s", k->phase ? " · " : "", k->phase ? k->phase : "");
    strbuf_addf(&b, "%s%s", k->test ? " · " : "", k->test ? k->test : "");
    return strbuf_take(&b);
}

static char *passed_words(const struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.caught != VERDICT_PASS)
            return xasprintf("✓ PASSED  all %zu tests, %llu runs", r->test_count, (unsigned long long)r->runs);
    if (r->complete)
        return xasprintf("✓ PASSED  all %zu tests, every interleaving, %llu runs", r->test_count,
                         (unsigned long long)r->runs);
    return xasprintf("✓ PASSED  all %zu tests, %llu runs", r->test_count,
                     (unsigned long long)r->runs);
}

static char *failed_words(const struct session *s, const struct report *r)
{
    bool turn = !progress_has_passed(s->progress, s->exercise->exercise->id, NULL);

    switch (r->verdict) {
    case VERDICT_COMPILE:
        return xasprintf("✗ does not compile   Enter shows what the compiler says");
    case VERDICT_TROUBLE: return xasprintf("? your file could not be judged:");
    case VERDICT_UNJUDGED:
        if (s->exercise->cut)
            return xasprintf("? stopped: nothing wrong so far, and nothing proved (%llu runs)",
                             (unsigned long long)r->runs);
        return xasprintf("? not decided: nothing found, nothing proved (%llu runs)",
                         (unsigned long long)r->runs);
    default: break;
    }
    if (r->test_count == 0)
        return xasprintf("✗ %s", verdict_id(r->verdict));
    return xasprintf("✗ FAILED  %zu of %zu tests hold%s", holding(r), r->test_count,
                     turn ? ": your turn" : "");
}

static enum style verdict_style(enum verdict v)
{
    return v == VERDICT_PASS                               ? STYLE_GOOD
           : v == VERDICT_UNJUDGED || v == VERDICT_TROUBLE ? STYLE_WARN
                                                           : STYLE_BAD;
}

static void draw_summary(const struct session *s, struct canvas *c, int row, int col, int cols)
{
    const struct report *r = exercise_report(s);
    enum style style = STYLE_DIM;
    char *words;

    if (s->check.exercise) {
        words = checking_words(&s->check);
        style = STYLE_NEXT;
    } else if (!r) {
        words = xstrdup("not checked yet: save the file, or c");
    } else if (s->exercise->stopped) {
        words = xstrdup("? stopped: not judged; below is the verdict before that");
        style = STYLE_WARN;
    } else {
        words = r->verdict == VERDICT_PASS ? passed_words(r) : failed_words(s, r);
        style = verdict_style(r->verdict);
    }
    canvas_put_fit(c, row, col, cols, style, words);
    free(words);
}

/* ---- tests ----------------------------------------------------------------- */

static const char *test_mark(enum verdict v)
{
    return v == VERDICT_PASS ? "✓" : v == VERDICT_UNJUDGED || v == VERDICT_TROUBLE ? "?" : "✗";
}

static int name_cols(const struct report *r)
{
    int widest = 8;

    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].info.name && text_width(r->tests[i].info.name) > widest)
            widest = text_width(r->tests[i].info.name);
    return widest < NAME_MAX_COLS ? widest : NAME_MAX_COLS;
}

static void draw_test(struct canvas *c, int row, struct area a, const struct report_test *t,
                      int names, bool selected)
{
    enum verdict v = t->result.verdict;
    int col = a.col + 2 + names + 2;
    char *rest = v == VERDICT_PASS || v == VERDICT_UNJUDGED
                     ? report_basis(&t->result)
                     : xasprintf("%s", t->info.title && *t->info.title ? t->info.title : "");

    canvas_put(c, row, a.col, verdict_style(v), test_mark(v));
    canvas_put_fit(c, row, a.col + 2, names, STYLE_TEXT, t->info.name ? t->info.name : "main");
    if (v != VERDICT_PASS)
        col += 2 + canvas_put(c, row, col, verdict_style(v), verdict_id(v));
    canvas_put_fit(c, row, col, a.col + a.cols - col, STYLE_DIM, rest);
    if (selected) {
        canvas_put(c, row, a.col - 2, STYLE_NEXT, "▸");
        canvas_select(c, row, a.col, a.cols);
    }
    free(rest);
}

/* As many tests as there is room for, the selected one among them. Returns rows used. */
static int draw_tests(const struct session *s, struct canvas *c, struct area a)
{
    const struct report *r = exercise_report(s);
    int count = r ? (int)r->test_count : 0, top = 0;

    if (count > a.rows && (int)s->report_test >= a.rows)
        top = (int)s->report_test - a.rows + 1;
    for (int i = 0; i < a.rows && top + i < count; i++)
        canvas_spot(c, a.row + i, a.col, 1, a.cols, KEY_POINT, top + i);
    for (int i = 0; i < a.rows && top + i < count; i++)
        draw_test(c, a.row + i, a, &r->tests[top + i], name_cols(r),
                  (size_t)(top + i) == s->report_test);
    view_more(c, a, top, count);
    return count - top < a.rows ? count - top : a.rows;
}

/* ---- what the selected test says ------------------------------------------- */

static int put_item(struct canvas *c, struct area *a, enum style style, const char *first,
                    const char *text)
{
    struct page p = PAGE_INIT;

    if (!text || !*text)
        return 0;
    page_item(&p, first, text, a->cols, 0);
    for (size_t i = 0; i < p.count && a->rows > 0; i++, a->row++, a->rows--) {
        int used = view_page_line(c, a->row, a->col, a->cols, &p.lines[i], 0);
        if (style != STYLE_TEXT)
            canvas_restyle(c, a->row, a->col, used, style);
    }
    int n = (int)p.count;
    page_fini(&p);
    return n;
}

/* Names of the learner's code are no markdown: "a * b" must not turn bold. */
static int put_plain(struct canvas *c, struct area *a, enum style style, const char *label,
                     const char *text)
{
    struct strbuf escaped = STRBUF_INIT;
    int n;

    for (const char *p = text ? text : ""; *p; p++) {
        if (strchr("*`_\\[]<&#|~", *p))
            strbuf_addc(&escaped, '\\');
        strbuf_addc(&escaped, *p);
    }
    n = put_item(c, a, style, label, escaped.s);
    strbuf_fini(&escaped);
    return n;
}

static void draw_report_message(const struct report *r, struct canvas *c, struct area a)
{
    const char *message = r->message ? r->message : "";
    bool says_where = strstr(message, "(line ");
    char *text = r->line && !says_where ? xasprintf("line %d: %s", r->line, message) : xstrdup(message);

    put_plain(c, &a, STYLE_TEXT, "", text);
    free(text);
}

static void draw_details(const struct report_test *t, struct canvas *c, struct area a)
{
    size_t n = 0;
    char **where = report_where(t, &n);

    put_plain(c, &a, STYLE_STRONG, "what   ", t->message);
    for (size_t i = 0; i < n; i++) {
        put_plain(c, &a, STYLE_TEXT, i == 0 ? "where  " : "       ", where[i]);
        free(where[i]);
    }
    free(where);
    char *why = report_why(t);
    put_plain(c, &a, STYLE_TEXT, "why    ", why);
    free(why);
    if (t->info.step && *t->info.step) {
        char *read = xasprintf("%s %s", t->info.step, t->read_title ? t->read_title : "");
        put_plain(c, &a, STYLE_LINK, "read   ", read);
        free(read);
    }
    a.row++;
    a.rows--;
    put_item(c, &a, STYLE_DIM, "", "Enter shows it step by step; `d` lets you choose who runs.");
}

/* What a search that goes on has shown so far, and how to end it. */
static void put_checking(const struct session *s, struct canvas *c, struct area *a)
{
    char *so_far = report_so_far(s->check.finished);
    char *text = so_far ? xasprintf("So far %s. Esc stops here; all keys work meanwhile.", so_far)
                        : xstrdup("Esc stops the check. All keys work meanwhile.");

    put_item(c, a, STYLE_DIM, "", text);
    free(text);
    free(so_far);
}

static void draw_said(const struct session *s, struct canvas *c, struct area a)
{
    const struct report *r = exercise_report(s);
    const struct report_test *t = exercise_test(s);

    if (s->check.exercise)
        put_checking(s, c, &a);
    if (!r || s->check.exercise || s->exercise->stopped)
        return;
    if (!t)
        draw_report_message(r, c, a);
    else if (r->verdict == VERDICT_PASS)
        put_item(c, &a, STYLE_GOOD, "",
                 "Well done. Change it and try to break it if you like; `n` goes on.");
    else if (t->result.verdict != VERDICT_PASS && a.rows > 3)
        draw_details(t, c, a);
    else
        put_plain(c, &a, STYLE_TEXT, "", t->message);
}

/* ---- the screen ------------------------------------------------------------ */

static void draw_task(const struct session *s, struct canvas *c, struct area a)
{
    const struct exercise_screen *x = s->exercise;

    for (int i = 0; i < a.rows && x->task_top + i < (int)x->task.count; i++)
        view_page_line(c, a.row + i, a.col, a.cols, &x->task.lines[x->task_top + i], 0);
    view_more(c, a, x->task_top, (int)x->task.count);
}

static void draw_file(const struct session *s, struct canvas *c, struct area a)
{
    char *shown = view_short_path(s->exercise->file);

    canvas_put(c, a.row, a.col, STYLE_LABEL, "file");
    canvas_put_fit(c, a.row, a.col + 6, a.cols - 6, STYLE_LINK, shown);
    free(shown);
}

static void draw_narrow(const struct session *s, struct canvas *c, struct area a)
{
    struct area task = a, tests = a, said = a;

    task.row += 1;
    task.rows = exercise_task_rows(s);
    draw_task(s, c, task);
    view_rule_word(c, task.row + task.rows, STYLE_LABEL, "tests");
    draw_summary(s, c, task.row + task.rows + 1, a.col, a.cols);
    tests.row = task.row + task.rows + 2;
    tests.rows = a.row + a.rows - tests.row - 2;
    int used = draw_tests(s, c, tests);
    said.row = tests.row + used;
    said.rows = a.row + a.rows - said.row;
    draw_said(s, c, said);
}

static void draw_wide(const struct session *s, struct canvas *c, struct area a)
{
    struct area task = a, tests = a, said;

    task.row += 2;
    task.rows -= 2;
    task.cols = exercise_task_cols(s);
    draw_task(s, c, task);
    tests.col = task.col + task.cols + 6;
    tests.cols = a.col + a.cols - tests.col;
    canvas_vline(c, a.row + 1, tests.col - 4, a.rows - 1, STYLE_RULE, "│");
    draw_summary(s, c, a.row + 2, tests.col, tests.cols);
    tests.row += 4;
    tests.rows = (a.rows - 4) / 2;
    int used = draw_tests(s, c, tests);
    said = tests;
    said.row = tests.row + used + 1;
    said.rows = a.row + a.rows - said.row;
    draw_said(s, c, said);
}

static void draw_exercise(const struct session *s, struct canvas *c)
{
    const struct exercise *ex = s->exercise->exercise;
    const struct lesson *l = session_lesson(s);
    int hints = progress_hints(s->progress, ex->id);
    char *title = xasprintf("%s %s", l ? l->number : "", ex->name);
    char *right = hints ? xasprintf("exercise · hint %d of %zu", hints, ex->hint_count)
                        : xasprintf("exercise · about %d min", ex->minutes);
    struct area a = view_frame(s, c, title, right);

    draw_file(s, c, a);
    if (c->cols >= VIEW_WIDE)
        draw_wide(s, c, a);
    else
        draw_narrow(s, c, a);
    free(title);
    free(right);
}

static bool exercise_offers(const struct session *s, enum key_request k)
{
    const struct report *r = exercise_report(s);
    const struct report_test *t = exercise_test(s);

    if (k == KEY_TEST)
        return t ? t->result.verdict != VERDICT_PASS : r && r->build_output;
    if (k == KEY_ONWARD)
        return s->exercise->passed;
    if (k == KEY_SOLUTION)
        return progress_has_passed(s->progress, s->exercise->exercise->id, NULL);
    return true;
}

const struct view view_exercise = {
    .screen = SCREEN_EXERCISE, .draw = draw_exercise, .offers = exercise_offers};
