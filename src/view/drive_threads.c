/* drive_threads: a column for each thread of a drive: where it stands, what it does next, why it cannot.
 * Threads that do not fit as columns become a list.
 */
#include <stdlib.h>

#include "view/drive_view.h"

#define COLUMN_MIN 24
#define TALL       12 /* rows of source from which on an ended thread shows its own */

/* ---- words ------------------------------------------------------------- */

static enum style status_style(const struct trace_thread *t)
{
    switch (t->status) {
    case THREAD_READY: return STYLE_READY;
    case THREAD_BLOCKED:
    case THREAD_SPINNING: return STYLE_BLOCKED;
    case THREAD_WAITING: return STYLE_WAITING;
    case THREAD_ASLEEP: return t->computes ? STYLE_READY : STYLE_ASLEEP;
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
    case THREAD_ASLEEP: return t->computes ? "● computes" : "z asleep";
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
size_t drive_columns_of(const struct drive_game *g, int cols, const struct trace_thread **out,
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
                    ev->kind == EVENT_FREE ||
                    (ev->kind == EVENT_SLEEP && !report_is_time_of_work(&g->run, i));
        if (ev->tid == tid && told)
            return report_event_of(&g->run, i);
    }
    return xstrdup("");
}

/* Why a thread cannot go on; NULL: it can, or has nothing more to do. */
static char *why_of(const struct drive_game *g, const struct trace_thread *t)
{
    return t->status == THREAD_ENDED ? NULL : report_blocked_because(&g->run.state, t);
}

/* What a thread will do. One that can do nothing more in this run will do nothing. */
static char *next_of(const struct drive_game *g, const struct trace_thread *t)
{
    bool over = g->run.state.ended && t->status == THREAD_READY;

    return over || t->status == THREAD_ENDED ? NULL : report_next(&g->run.state, t);
}

/* ---- one thread -------------------------------------------------------- */

static void draw_head(const struct session *s, struct canvas *c, struct area a,
                      const struct trace_thread *t)
{
    const struct drive_game *g = &s->drive->game;
    char *head = xasprintf("%d %s", t->tid, report_thread_name(&g->run.state, t->tid));
    const char *word = status_word(g, t);
    bool chosen = t->tid == s->drive->selected && !g->run.state.ended;

    canvas_put(c, a.row, a.col, STYLE_MARK, chosen ? "▸" : " ");
    canvas_put_fit(c, a.row, a.col + 2, a.cols - 4 - text_width(word), style_thread(t->tid), head);
    canvas_put_right(c, a.row, a.col, a.cols, status_style(t), word);
    free(head);
}

/* Where a thread did something for the last time, in a file that can be shown. */
static const struct trace_place *last_place(const struct drive_state *d, int tid)
{
    for (size_t i = d->game.run.count; i-- > 0;) {
        const struct trace_event *ev = &d->game.run.events[i];
        if (ev->tid == tid && ev->at.line > 0 && sources_find(&d->sources, &ev->at))
            return &ev->at;
    }
    return NULL;
}

/* Where the run failed, in this thread: not always where its last step began. */
static const struct trace_place *failed_at(const struct drive_state *d, int tid)
{
    const struct trace_failure *f = &d->game.run.state.failure;

    return f->reason != REASON_NONE && f->tid == tid && f->at.line > 0 && sources_find(&d->sources, &f->at) ? &f->at : NULL;
}

static void draw_source(const struct session *s, struct canvas *c, struct area a,
                        const struct trace_thread *t)
{
    bool over = t->status == THREAD_ENDED;
    const struct trace_place *failed = failed_at(s->drive, t->tid);
    const struct trace_place *at = failed ? failed
                                   : over ? last_place(s->drive, t->tid)
                                          : sources_where(&s->drive->sources, t);
    const struct source *f = at ? sources_find(&s->drive->sources, at) : NULL;

    if (over && (a.rows < TALL || !f))
        return;
    if (f)
        around_show(c, a, f, at->line, over ? 0 : at->line);
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
    char *why = why_of(g, t), *next = next_of(g, t), *has = last_of(g, t->tid);

    if (next) {
        canvas_put(c, a.row, a.col + 2, STYLE_LABEL, "next");
        canvas_put_fit(c, a.row, a.col + 7, a.cols - 7, STYLE_STRONG, next);
    }
    if (why)
        draw_why(c, (struct area){a.row + 1, a.col + 2, a.rows - 1, a.cols - 2},
                 status_style(t), why);
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

    canvas_spot(c, a.row, a.col, a.rows, a.cols, KEY_THREAD, t->tid);
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
    char *why = why_of(g, t), *next = next_of(g, t);
    struct area head = {a.row, a.col, 1, 36};

    canvas_spot(c, a.row, a.col, 1, a.cols, KEY_THREAD, t->tid);
    draw_head(s, c, head, t);
    if (t->status != THREAD_ENDED)
        canvas_printf(c, a.row, a.col + 38, STYLE_LINENO, "%4d", t->at.line);
    canvas_put_fit(c, a.row, a.col + 44, a.cols - 44, why ? status_style(t) : STYLE_TEXT,
                   why    ? why
                   : next ? next
                          : "");
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

int drive_source_rows(const struct drive_state *d)
{
    const struct trace_state *st = &d->game.run.state;
    int most = 0;

    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_place *at = sources_where(&d->sources, &st->threads[i]);
        const struct source *f = at ? sources_find(&d->sources, at) : NULL;
        most = f && f->count > most ? f->count : most;
    }
    for (size_t i = 0; i < d->sources.count && st->ended; i++)
        most = d->sources.list[i].count > most ? d->sources.list[i].count : most;
    return most;
}

void drive_draw_threads(const struct session *s, struct canvas *c, struct area a)
{
    const struct trace_thread *list[TRACE_MAX_THREADS];
    size_t n = drive_columns_of(&s->drive->game, a.cols, list, NULL, NULL);

    if (n == 0)
        canvas_put(c, a.row, a.col + 2, STYLE_DIM, "no thread to drive here");
    else if (fits(n, a.cols))
        draw_columns(s, c, a, list, n);
    else
        draw_list(s, c, a, list, n);
}
