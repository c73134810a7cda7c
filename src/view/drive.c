/* The drive: a column for each thread - where it stands, what it does next, why it cannot -, then
 * what is true now, then what happened, then what there is to say. Threads that do not fit as
 * columns become a list. What must give way when rows are few: first the source, then the history.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/drive_screen.h"
#include "session/moment.h"
#include "view/around.h"
#include "view/views.h"

#define COLUMN_MIN  24
#define SOURCE_MOST 17
#define SIDE_COLS   52 /* of a wide screen, for values, locks and history */

/* ---- words ------------------------------------------------------------- */

static enum style status_style(enum thread_status st)
{
    switch (st) {
    case THREAD_READY: return STYLE_READY;
    case THREAD_BLOCKED:
    case THREAD_SPINNING: return STYLE_BLOCKED;
    case THREAD_WAITING: return STYLE_WAITING;
    case THREAD_ASLEEP: return STYLE_ASLEEP;
    default: return STYLE_ENDED;
    }
}

static const char *status_word(const struct drive_game *g, const struct trace_thread *t)
{
    if (g->run.state.ended && t->status == THREAD_READY)
        return "· stopped";
    switch (t->status) {
    case THREAD_READY: return drive_choice(g, t->tid, CHOICE_PLAIN) ? "● ready" : "○ by itself";
    case THREAD_BLOCKED: return "▒ blocked";
    case THREAD_SPINNING: return "▒ goes round";
    case THREAD_WAITING: return "░ waits";
    case THREAD_ASLEEP: return "z asleep";
    case THREAD_ENDED: return "✓ ended";
    default: return "";
    }
}

/* Who can be driven; main also when it is alone. */
static size_t all_threads(const struct drive_game *g, const struct trace_thread **out)
{
    const struct trace_state *st = &g->run.state;
    size_t n = 0;

    for (size_t i = 0; i < st->thread_count && n < TRACE_MAX_THREADS; i++)
        if (drive_is_driven(g, st->threads[i].tid) || st->thread_count == 1)
            out[n++] = &st->threads[i];
    return n;
}

static bool fits(size_t n, int cols) { return n > 0 && (cols + 3) / (int)n >= COLUMN_MIN + 3; }

/* Little is lost when these are only named: they have ended, or wait for somebody's end. */
static bool can_be_named(const struct trace_thread *t)
{
    return t->status == THREAD_ENDED || (t->status == THREAD_BLOCKED && t->next == EVENT_JOIN);
}

/* All who fit; where they do not, without those who can be named. `left_out` (may be NULL) gets
 * these. */
static size_t columns_of(const struct drive_game *g, int cols, const struct trace_thread **out,
                         const struct trace_thread **left_out, size_t *ret_left)
{
    size_t n = all_threads(g, out), left = 0, kept = 0;
    bool all = fits(n, cols);

    for (size_t i = 0; i < n; i++)
        left += !all && can_be_named(out[i]);
    all |= left == n || !fits(n - left, cols);
    left = 0;
    for (size_t i = 0; i < n; i++) {
        if (all || !can_be_named(out[i]))
            out[kept++] = out[i];
        else if (left_out)
            left_out[left++] = out[i];
    }
    if (ret_left)
        *ret_left = left;
    return kept;
}

static char *last_of(const struct drive_game *g, int tid)
{
    for (size_t i = g->run.count; i-- > 0;) {
        const struct trace_event *ev = &g->run.events[i];
        bool told = event_visible(ev->kind) || ev->kind == EVENT_READ || ev->kind == EVENT_WRITE ||
                    ev->kind == EVENT_SLEEP;
        if (ev->tid == tid && told)
            return report_event(ev);
    }
    return xstrdup("");
}

/* ---- one thread -------------------------------------------------------- */

static void draw_head(const struct session *s, struct canvas *c, struct area a,
                      const struct trace_thread *t)
{
    const struct drive_game *g = &s->drive->game;
    char *title = drive_title(g, t->tid), *head = xasprintf("%d %s", t->tid, title);
    const char *word = status_word(g, t);
    bool chosen = t->tid == s->drive->selected && !g->run.state.ended;

    canvas_put(c, a.row, a.col, STYLE_MARK, chosen ? "▸" : " ");
    canvas_put_fit(c, a.row, a.col + 2, a.cols - 4 - text_width(word), style_thread(t->tid), head);
    canvas_put_right(c, a.row, a.col, a.cols, status_style(t->status), word);
    free(head);
    free(title);
}

static void draw_source(const struct session *s, struct canvas *c, struct area a,
                        const struct trace_thread *t)
{
    const struct trace_place *at = sources_where(&s->drive->sources, t);
    const struct source *f = at ? sources_find(&s->drive->sources, at) : NULL;

    if (t->status == THREAD_ENDED)
        return;
    if (f)
        around_draw(c, a, f, at->line);
    else
        canvas_put_fit(c, a.row, a.col + 2, a.cols - 2, STYLE_DIM, "(no source for this place)");
}

/* Over as many rows as there are. */
static void draw_why(struct canvas *c, struct area a, enum style style, const char *why)
{
    if (a.rows == 1)
        canvas_put_fit(c, a.row, a.col, a.cols, style, why);
    else
        around_cut(c, a, why);
    for (int i = 0; i < a.rows; i++)
        canvas_restyle(c, a.row + i, a.col, a.cols, style);
}

static void draw_next(const struct session *s, struct canvas *c, struct area a,
                      const struct trace_thread *t)
{
    const struct drive_game *g = &s->drive->game;
    char *why =
        t->status == THREAD_READY || t->status == THREAD_ENDED ? NULL : drive_blocked_because(g, t);
    char *next = report_next(t), *has = last_of(g, t->tid);

    if (t->status != THREAD_ENDED) {
        canvas_put(c, a.row, a.col + 2, STYLE_LABEL, "next");
        canvas_put_fit(c, a.row, a.col + 7, a.cols - 7, STYLE_STRONG, next);
    }
    if (why)
        draw_why(c, (struct area){a.row + 1, a.col + 2, a.rows - 1, a.cols - 2},
                 status_style(t->status), why);
    else if (*has) {
        canvas_put(c, a.row + 1, a.col + 2, STYLE_LABEL, "did");
        canvas_put_fit(c, a.row + 1, a.col + 7, a.cols - 7, STYLE_TEXT, has);
    }
    free(why);
    free(next);
    free(has);
}

static void draw_column(const struct session *s, struct canvas *c, struct area a,
                        const struct trace_thread *t)
{
    int below = a.cols < 40 && a.rows > 7 ? 3 : 2; /* in a narrow column a reason needs two lines */
    struct area source = {a.row + 1, a.col, a.rows - 1 - below, a.cols},
                next = {a.row + a.rows - below, a.col, below, a.cols};

    draw_head(s, c, a, t);
    draw_source(s, c, source, t);
    draw_next(s, c, next, t);
}

static void draw_columns(const struct session *s, struct canvas *c, struct area a,
                         const struct trace_thread **t, size_t n)
{
    int width = (a.cols - 3 * (int)(n - 1)) / (int)n;

    for (size_t i = 0; i < n; i++) {
        int col = a.col + (int)i * (width + 3);
        draw_column(s, c, (struct area){a.row, col, a.rows, width}, t[i]);
        if (i > 0)
            canvas_vline(c, a.row, col - 2, a.rows, STYLE_RULE, "│");
    }
}

/* ---- many threads ------------------------------------------------------ */

static void draw_line(const struct session *s, struct canvas *c, struct area a,
                      const struct trace_thread *t)
{
    const struct drive_game *g = &s->drive->game;
    char *why =
        t->status == THREAD_READY || t->status == THREAD_ENDED ? NULL : drive_blocked_because(g, t);
    char *next = report_next(t);
    struct area head = {a.row, a.col, 1, 36};

    draw_head(s, c, head, t);
    if (t->status != THREAD_ENDED)
        canvas_printf(c, a.row, a.col + 38, STYLE_LINENO, "%4d", t->at.line);
    canvas_put_fit(c, a.row, a.col + 44, a.cols - 44, why ? status_style(t->status) : STYLE_TEXT,
                   t->status == THREAD_ENDED ? ""
                   : why                     ? why
                                             : next);
    free(why);
    free(next);
}

static void draw_list(const struct session *s, struct canvas *c, struct area a,
                      const struct trace_thread **t, size_t n)
{
    int rows = a.rows > 8 ? a.rows - 5 : a.rows, at = 0, top;
    const struct trace_thread *chosen = drive_thread(&s->drive->game, s->drive->selected);

    for (size_t i = 0; i < n; i++)
        if (t[i]->tid == s->drive->selected)
            at = (int)i;
    if (rows > (int)n)
        rows = (int)n;
    top = at < rows ? 0 : at - rows + 1;
    for (int i = 0; i < rows && top + i < (int)n; i++)
        draw_line(s, c, (struct area){a.row + i, a.col, 1, a.cols}, t[top + i]);
    view_more(c, (struct area){a.row, a.col, rows, a.cols}, top, (int)n);
    if (chosen && a.rows - rows > 2)
        draw_source(s, c, (struct area){a.row + rows + 1, a.col, a.rows - rows - 1, a.cols},
                    chosen);
}

static void draw_threads(const struct session *s, struct canvas *c, struct area a)
{
    const struct trace_thread *list[TRACE_MAX_THREADS];
    size_t n = columns_of(&s->drive->game, a.cols, list, NULL, NULL);

    if (n == 0)
        canvas_put(c, a.row, a.col + 2, STYLE_DIM, "no thread to drive here");
    else if (fits(n, a.cols))
        draw_columns(s, c, a, list, n);
    else
        draw_list(s, c, a, list, n);
}

/* ---- what is true now -------------------------------------------------- */

static bool changed_now(const struct drive_game *g, const char *watch)
{
    size_t n = strlen(watch);

    for (size_t i = g->run.count; i-- > 0 && drive_is_new(g, i);) {
        const struct trace_event *ev = &g->run.events[i];
        const char *name = ev->object.name;
        bool write = ev->kind == EVENT_WRITE || ev->kind == EVENT_ATOMIC_STORE ||
                     ev->kind == EVENT_ATOMIC_RMW;
        if (write && name && strncmp(name, watch, n) == 0 &&
            !strchr("_0123456789", name[n] ? name[n] : '.') && ev->value != ev->before)
            return true;
        if (write && name && strcmp(name, watch) == 0 && ev->value != ev->before)
            return true;
    }
    return false;
}

static void add_watches(struct flow *f, const struct drive_game *g)
{
    for (size_t i = 0; i < g->run.state.watch_count; i++) {
        const struct trace_watch *w = &g->run.state.watches[i];
        bool new = w->name &&changed_now(g, w->name);
        char *text = xasprintf("%s = %s%s", w->name ? w->name : "?", w->text ? w->text : "?",
                               new ? " ◂" : "");
        flow_add(f, "", new ? STYLE_CHANGED : STYLE_VALUE, text);
        free(text);
    }
}

static bool is_watched(const struct drive_game *g, const char *name)
{
    for (size_t i = 0; i < g->run.state.watch_count; i++) {
        const char *w = g->run.state.watches[i].name;
        if (w && strncmp(name, w, strlen(w)) == 0)
            return true;
    }
    return false;
}

static void add_values(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (size_t i = 0; i < m->value_count; i++) {
        const struct moment_value *v = &m->values[i];
        char *name = moment_name(v->object);
        if (!is_watched(g, name)) {
            char *text = xasprintf("%s = %s%s", name, v->text, v->changed ? " ◂" : "");
            flow_add(f, "", v->changed ? STYLE_CHANGED : STYLE_VALUE, text);
            free(text);
        }
        free(name);
    }
}

static void add_waiters(struct strbuf *b, const struct drive_game *g,
                        const struct trace_ref *object)
{
    bool any = false;

    for (size_t i = 0; i < g->run.state.thread_count; i++) {
        const struct trace_thread *t = &g->run.state.threads[i];
        bool waits = t->status == THREAD_BLOCKED && moment_same(&t->object, object);
        if (waits)
            strbuf_addf(b, "%s%s", any ? ", " : "; waiting: ", drive_name(g, t->tid));
        any |= waits;
    }
}

static void add_locks(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (size_t i = 0; i < m->lock_count; i++) {
        const struct moment_lock *l = &m->locks[i];
        char *name = moment_name(l->object);
        struct strbuf b = STRBUF_INIT;
        if (l->holder == TRACE_NO_THREAD)
            strbuf_addf(&b, "%s is free", name);
        else
            strbuf_addf(&b, "%s held by %s", name, drive_name(g, l->holder));
        add_waiters(&b, g, l->object);
        flow_add(f, "lock", l->holder == TRACE_NO_THREAD ? STYLE_TEXT : STYLE_BLOCKED, b.s);
        strbuf_fini(&b);
        free(name);
    }
}

static void add_conds(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (int tid = 0; tid < TRACE_MAX_THREADS; tid++) {
        if (!m->waits_on[tid])
            continue;
        char *name = moment_name(m->waits_on[tid]),
             *text = xasprintf("%s waits on %s", drive_name(g, tid), name);
        flow_add(f, "", STYLE_WAITING, text);
        free(text);
        free(name);
    }
}

static void add_left_out(struct flow *f, const struct drive_game *g, int cols)
{
    const struct trace_thread *in[TRACE_MAX_THREADS], *out[TRACE_MAX_THREADS];
    size_t n;

    columns_of(g, cols, in, out, &n);
    for (size_t i = 0; i < n; i++) {
        char *why = drive_blocked_because(g, out[i]), *name = drive_title(g, out[i]->tid);
        flow_add(f, name, STYLE_TEXT, why ? why : "");
        free(name);
        free(why);
    }
}

static void add_rest(struct flow *f, const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;

    if (st->clock_ns > 0) {
        char *text = xasprintf("%g s", (double)st->clock_ns / 1e9);
        flow_add(f, "clock", STYLE_TEXT, text);
        free(text);
    }
    if (st->output && *st->output) {
        struct strbuf b = STRBUF_INIT;
        for (const char *p = st->output; *p; p++)
            strbuf_addc(&b, *p == '\n' ? ' ' : *p);
        flow_add(f, "printed", STYLE_STRING, b.s);
        strbuf_fini(&b);
    }
}

/* c NULL: only measured. `cols`: the width the threads have. Returns the lines needed. */
static int draw_facts(const struct drive_game *g, struct canvas *c, struct area a, int cols)
{
    size_t newest = g->run.count;
    struct moment m;
    struct flow f;

    while (newest > 0 && drive_is_new(g, newest - 1))
        newest--;
    moment_at(&m, &g->run, g->run.count, newest);
    flow_begin(&f, c, a);
    add_watches(&f, g);
    add_values(&f, g, &m);
    add_locks(&f, g, &m);
    add_conds(&f, g, &m);
    add_left_out(&f, g, cols);
    add_rest(&f, g);
    moment_fini(&m);
    return flow_lines(&f);
}

/* ---- what happened ----------------------------------------------------- */

static int name_width(const struct drive_game *g)
{
    int width = 4;

    for (size_t k = 0; k < g->role_count; k++)
        width = text_width(g->roles[k].name) > width ? text_width(g->roles[k].name) : width;
    return width;
}

static void draw_happened(const struct drive_game *g, struct canvas *c, struct area a,
                          const struct report_row *r, bool last)
{
    bool new = r->event < 0 || drive_is_new(g, (size_t)r->event);
    int width = name_width(g);

    canvas_put(c, a.row, a.col, STYLE_MARK, last && new ? "▸" : " ");
    canvas_put_fit(c, a.row, a.col + 2, width, style_thread(r->tid), drive_name(g, r->tid));
    canvas_put_fit(c, a.row, a.col + 3 + width, a.cols - 3 - width, new ? STYLE_STRONG : STYLE_TEXT,
                   r->text);
}

/* The newest last. What threads do that nobody drives is left out. */
static void draw_history(const struct drive_game *g, struct canvas *c, struct area a)
{
    size_t n, kept = 0;
    struct report_row *rows = report_rows(&g->run, &n);

    for (size_t i = 0; i < n; i++)
        kept += drive_is_driven(g, rows[i].tid) || rows[i].event < 0;
    for (size_t i = 0, k = 0; i < n; i++) {
        if (!drive_is_driven(g, rows[i].tid) && rows[i].event >= 0)
            continue;
        k++;
        int row = a.row + (int)k - 1 - (kept > (size_t)a.rows ? (int)kept - a.rows : 0);
        if (row >= a.row && row < a.row + a.rows)
            draw_happened(g, c, (struct area){row, a.col, 1, a.cols}, &rows[i], k == kept);
    }
    report_rows_free(rows, n);
}

static void draw_schedule(const struct drive_game *g, struct canvas *c, struct area a)
{
    char *words = drive_words(g);
    const char *shown = words;
    size_t left = g->schedule.step_count - g->at;
    char *more = left ? xasprintf("  (+%zu taken back)", left) : xstrdup("");
    int room = a.cols - 9 - text_width(more);

    while (text_width(shown) > room && strchr(shown, ' '))
        shown = strchr(shown, ' ') + 1;
    canvas_put(c, a.row, a.col, STYLE_LABEL, "schedule");
    int used = canvas_printf(c, a.row, a.col + 9, STYLE_TEXT, "%s%s", shown == words ? "" : "… ",
                             *words ? shown : "nobody has moved yet");
    canvas_put(c, a.row, a.col + 9 + used, STYLE_DIM, more);
    free(more);
    free(words);
}

/* ---- what there is to say ---------------------------------------------- */

static int draw_question(const struct drive_question *q, struct canvas *c, struct area a)
{
    struct flow f;

    if (c)
        canvas_put_fit(c, a.row, a.col, a.cols, STYLE_NEXT, q->text);
    flow_begin(&f, c, (struct area){a.row + 1, a.col, a.rows - 1, a.cols});
    for (size_t i = 0; i < q->count; i++) {
        char *number = xasprintf("%zu", i + 1);
        flow_add(&f, number, STYLE_TEXT, q->labels[i]);
        free(number);
    }
    flow_add(&f, "Esc", STYLE_LABEL, "not now");
    return 1 + flow_lines(&f);
}

static int draw_word(const struct drive_word *w, struct canvas *c, struct area a, int row)
{
    switch (w->tone) {
    case DRIVE_GOOD: return around_paragraph(c, a, row, STYLE_GOOD, "✓ ", w->text);
    case DRIVE_BAD: return around_paragraph(c, a, row, STYLE_BAD, "✗ ", w->text);
    case DRIVE_HINT: return around_paragraph(c, a, row, STYLE_NEXT, "→ ", w->text);
    default: return around_paragraph(c, a, row, STYLE_TEXT, "  ", w->text);
    }
}

/* c NULL: only measured. Returns the lines needed. */
static int draw_words(const struct session *s, struct canvas *c, struct area a)
{
    struct drive_word words[DRIVE_WORDS];
    size_t n = drive_screen_words(s, words);
    int row = a.row;

    if (s->drive->question.text)
        row += draw_question(&s->drive->question, c, a);
    for (size_t i = 0; i < n; i++) {
        if (row < a.row + a.rows || !c)
            row += draw_word(&words[i], c, a, row);
        free(words[i].text);
    }
    return row - a.row;
}

/* ---- the page ---------------------------------------------------------- */

/* Rows of the threads: what the other parts leave, at least 6; without source when the run is over.
 */
static int thread_rows(const struct drive_game *g, int all, int facts, int words)
{
    int history = words > 0 ? 2 : 4, rows = all - facts - words - history - 2 - (words > 0);
    bool over = g->run.state.ended && g->run.state.failure.reason == REASON_NONE;

    if (over)
        return 3;

    if (rows > SOURCE_MOST + 3)
        rows = SOURCE_MOST + 3;
    return rows < 6 ? 6 : rows;
}

static int min(int a, int b) { return a < b ? a : b; }

static void rule_in(struct canvas *c, struct area a, int row)
{
    canvas_repeat(c, row, a.col, a.cols, STYLE_RULE, "─");
}

/* Below the threads: facts, schedule, history, words. */
static void draw_narrow(const struct session *s, struct canvas *c, struct area a)
{
    const struct drive_game *g = &s->drive->game;
    int facts = min(draw_facts(g, NULL, a, a.cols), 3), words = draw_words(s, NULL, a);
    int threads = thread_rows(g, a.rows, facts + 1, words), row = a.row, end = a.row + a.rows;
    int left = a.rows - threads - facts - 3;

    for (; words > 0 && left < 2 && facts > 1; left++) /* how it ended matters more */
        facts--;
    draw_threads(s, c, (struct area){row, a.col, threads, a.cols});
    row += threads;
    rule_in(c, a, row++);
    draw_facts(g, c, (struct area){row, a.col, facts, a.cols}, a.cols);
    row += facts;
    draw_schedule(g, c, (struct area){row++, a.col, 1, a.cols});
    rule_in(c, a, row++);
    words = min(words, end - row > 1 ? end - row - 1 : end - row);
    int history = end - row - (words > 0 ? words + 1 : 0);
    history = history > 0 ? history : 0;
    draw_history(g, c, (struct area){row, a.col, history, a.cols});
    row += history;
    if (words > 0) {
        if (history > 0)
            rule_in(c, a, row++);
        draw_words(s, c, (struct area){row, a.col, end - row, a.cols});
    }
}

/* Beside the threads: facts and history; below them schedule and words. */
static void draw_wide(const struct session *s, struct canvas *c, struct area a)
{
    const struct drive_game *g = &s->drive->game;
    bool over = g->run.state.ended && g->run.state.failure.reason == REASON_NONE;
    struct area left = {a.row, a.col, a.rows, a.cols - SIDE_COLS - 3},
                side = {a.row, a.col + a.cols - SIDE_COLS, a.rows, SIDE_COLS};
    int words = draw_words(s, NULL, left), below = 2 + (words > 0 ? words + 1 : 0);
    int facts = min(draw_facts(g, NULL, side, left.cols), a.rows / 2);

    left.rows = over ? 3 : min(a.rows - below, SOURCE_MOST + 9);
    draw_threads(s, c, left);
    canvas_vline(c, a.row, side.col - 2, a.rows, STYLE_RULE, "│");
    draw_facts(g, c, (struct area){side.row, side.col, facts, side.cols}, left.cols);
    rule_in(c, side, side.row + facts);
    draw_history(g, c,
                 (struct area){side.row + facts + 1, side.col, side.rows - facts - 1, side.cols});
    int row = left.row + left.rows;
    rule_in(c, left, row++);
    draw_schedule(g, c, (struct area){row++, left.col, 1, left.cols});
    if (words > 0) {
        rule_in(c, left, row++);
        draw_words(s, c, (struct area){row, left.col, a.row + a.rows - row, left.cols});
    }
}

static void draw_broken(const struct drive_state *d, struct canvas *c, struct area a)
{
    int row = a.row + 1;

    row += around_paragraph(c, a, row, STYLE_BAD, "✗ ", d->broken);
    if (d->build_output)
        canvas_put(c, row + 1, a.col, STYLE_LABEL, "Enter shows what the compiler says");
    canvas_put(c, row + 2, a.col, STYLE_LABEL, "R tries again");
}

static char *title_of(const struct session *s)
{
    const struct drive_state *d = s->drive;
    char *goal = d->started ? drive_screen_goal(&d->game) : xstrdup(""), *title;

    if (d->target.step)
        title = xasprintf("%s %s   %s", d->target.step->id, d->target.step->title, goal);
    else if (d->target.exercise)
        title = xasprintf("%s: %s   %s", d->target.exercise->name,
                          d->started ? d->game.schedule.test : "", goal);
    else
        title = xasprintf("%s   %s", d->target.file ? path_basename(d->target.file) : "", goal);
    free(goal);
    return title;
}

static void draw_drive(const struct session *s, struct canvas *c)
{
    const struct drive_state *d = s->drive;
    char *title, *right;
    struct area a;

    if (!d)
        return;
    title = title_of(s);
    right = d->started ? drive_screen_score(&d->game, c->cols < 100) : NULL;
    a = view_frame(s, c, title, right);
    a.col = 1;
    a.cols = c->cols - 2;
    if (d->phase == DRIVE_BROKEN)
        draw_broken(d, c, a);
    else if (d->phase == DRIVE_BUILDING || d->game.run.state.thread_count == 0)
        canvas_put(c, a.row + 1, a.col + 1, STYLE_DIM,
                   d->asked != DRIVE_ASKED_NOTHING ? "running to the first step …" : "compiling …");
    else if (c->cols >= VIEW_WIDE && c->rows >= 30)
        draw_wide(s, c, a);
    else
        draw_narrow(s, c, a);
    free(title);
    free(right);
}

/* ---- keys
 * ------------------------------------------------------------------------------------------------
 */

static bool drive_key(const struct session *s, key_code key, struct message *ret)
{
    int tid = key >= 'A' && key <= 'Z' && s->drive && s->drive->started
                  ? drive_screen_letter(s, key)
                  : TRACE_NO_THREAD;

    if (tid == TRACE_NO_THREAD)
        return false;
    *ret = (struct message){.kind = MESSAGE_KEY, .request = KEY_THREAD, .n = tid};
    return true;
}

static bool any_choice(const struct drive_game *g, int variant)
{
    return drive_choices(g, TRACE_NO_THREAD, variant, NULL, 0) > 0;
}

static bool drive_offers(const struct session *s, enum key_request r)
{
    const struct drive_state *d = s->drive;

    if (!d || d->phase != DRIVE_PLAYING)
        return r == KEY_RESTART || r == KEY_BACK || r == KEY_HELP;
    switch (r) {
    case KEY_OPEN: return false;
    case KEY_TIME: return any_choice(&d->game, CHOICE_EARLY);
    case KEY_SPURIOUS: return any_choice(&d->game, CHOICE_SPURIOUS);
    case KEY_IMPOSSIBLE: return d->game.goal != NULL;
    case KEY_GIVE_UP:
    case KEY_HINT: return d->game.lesson != NULL;
    default: return true;
    }
}

const struct view view_drive = {
    .screen = SCREEN_DRIVE, .draw = draw_drive, .key = drive_key, .offers = drive_offers};
