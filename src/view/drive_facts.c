/* drive_facts: what is true now in a drive, what happened so far, and what there is to say. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/moment.h"
#include "view/drive_view.h"

/* ---- what is true now -------------------------------------------------- */

/* The one that tells processes apart in their threads: 0, or the first thread of another one. */
static int process_of(const struct drive_game *g, int tid)
{
    const struct trace_thread *t = drive_thread(g, tid);

    return t ? t->process : 0;
}

static bool changed_now(const struct drive_game *g, const struct trace_watch *w)
{
    const char *watch = w->name;
    size_t n = strlen(watch);

    for (size_t i = g->run.count; i-- > 0 && drive_is_new(g, i);) {
        const struct trace_event *ev = &g->run.events[i];
        const char *name = ev->object.name;
        bool write = ev->kind == EVENT_WRITE || ev->kind == EVENT_ATOMIC_STORE ||
                     ev->kind == EVENT_ATOMIC_RMW;
        if (process_of(g, ev->tid) != w->process)
            continue;
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
        bool new = w->name && changed_now(g, w);
        char *name = drive_watch_name(g, w), *text = xasprintf("%s = %s%s", name, w->text ? w->text : "?", new ? " ◂" : "");
        flow_add(f, "", new ? STYLE_CHANGED : STYLE_VALUE, text);
        free(name);
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
        char *name = moment_name_in(&g->run.state, v->object, v->object->process);
        if (!is_watched(g, name)) {
            char *text = xasprintf("%s = %s%s", name, v->text, v->changed ? " ◂" : "");
            flow_add(f, "", v->changed ? STYLE_CHANGED : STYLE_VALUE, text);
            free(text);
        }
        free(name);
    }
}

static void add_waiters(struct strbuf *b, const struct drive_game *g,
                        const struct moment_lock *l)
{
    bool any = false;

    for (size_t i = 0; i < g->run.state.thread_count; i++) {
        const struct trace_thread *t = &g->run.state.threads[i];
        bool waits = t->status == THREAD_BLOCKED && moment_is_lock(l, &t->object);
        if (waits)
            strbuf_addf(b, "%s%s", any ? ", " : "; waiting: ", drive_name(g, t->tid));
        any |= waits;
    }
}

static void add_readers(struct strbuf *b, const struct drive_game *g, const struct moment_lock *l)
{
    bool any = false;

    strbuf_adds(b, " read-held by ");
    for (int tid = 0; tid < TRACE_MAX_THREADS; tid++)
        if (l->readers[tid]) {
            strbuf_addf(b, "%s%s", any ? ", " : "", drive_name(g, tid));
            any = true;
        }
}

static void add_locks(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (size_t i = 0; i < m->lock_count; i++) {
        const struct moment_lock *l = &m->locks[i];
        char *name = moment_name_in(&g->run.state, l->object, l->process);
        struct strbuf b = STRBUF_INIT;
        bool is_free = moment_lock_free(l);
        strbuf_adds(&b, name);
        if (is_free)
            strbuf_adds(&b, " is free");
        else if (l->holder == TRACE_NO_THREAD)
            add_readers(&b, g, l);
        else if (l->left)
            strbuf_addf(&b, " copied while %s held it", drive_name(g, l->holder));
        else
            strbuf_addf(&b, " held by %s", drive_name(g, l->holder));
        add_waiters(&b, g, l);
        flow_add(f, "lock", is_free ? STYLE_TEXT : STYLE_BLOCKED, b.s);
        strbuf_fini(&b);
        free(name);
    }
}

static void add_counts(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (size_t i = 0; i < m->count_count; i++) {
        const struct moment_count *n = &m->counts[i];
        char *name = moment_name_in(&g->run.state, n->object, n->object->process);
        if (!is_watched(g, name)) {
            char *text = xasprintf("%s = %" PRIu64 "%s", name, n->value, n->changed ? " ◂" : "");
            flow_add(f, "semaphore", n->changed ? STYLE_CHANGED : STYLE_VALUE, text);
            free(text);
        }
        free(name);
    }
}

static void add_conds(struct flow *f, const struct drive_game *g, const struct moment *m)
{
    for (int tid = 0; tid < TRACE_MAX_THREADS; tid++) {
        const struct trace_ref *cond = m->waits_on[tid];
        if (!cond)
            continue;
        char *name = moment_name_in(&g->run.state, cond, cond->process),
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

    drive_columns_of(g, cols, in, out, &n);
    for (size_t i = 0; i < n; i++) {
        char *why = report_blocked_because(&g->run.state, out[i]);
        flow_add(f, report_thread_name(&g->run.state, out[i]->tid), STYLE_TEXT, why ? why : "");
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
int drive_draw_facts(const struct drive_game *g, struct canvas *c, struct area a, int cols)
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
    add_counts(&f, g, &m);
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
void drive_draw_history(const struct drive_game *g, struct canvas *c, struct area a)
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

void drive_draw_schedule(const struct drive_game *g, struct canvas *c, struct area a)
{
    char *words = drive_words(g);
    const char *shown = words;
    size_t left = g->schedule.step_count - g->at;
    char *more = left ? xasprintf("  (Right: %zu more)", left) : xstrdup("");
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
    int row = 1;
    for (; q->lines && row <= (int)q->count; row++)
        if (c && row < a.rows) {
            canvas_spot(c, a.row + row, a.col, 1, a.cols, KEY_THREAD, row);
            canvas_printf(c, a.row + row, a.col, STYLE_LABEL, "%d", row);
            canvas_put_fit(c, a.row + row, a.col + 2, a.cols - 2, STYLE_TEXT, q->labels[row - 1]);
        }
    flow_begin(&f, c, (struct area){a.row + row, a.col, a.rows - row, a.cols});
    for (size_t i = 0; !q->lines && i < q->count; i++) {
        char *number = xasprintf("%zu", i + 1);
        flow_add(&f, number, STYLE_TEXT, q->labels[i]);
        free(number);
    }
    flow_add(&f, "Esc", STYLE_LABEL, "not now");
    return row + flow_lines(&f);
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
int drive_draw_words(const struct session *s, struct canvas *c, struct area a)
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
