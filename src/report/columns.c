/* columns: an interleaving as text: a column a thread, changed values at the right.
 *
 * Nothing gets wider than `width`: cells wrap inside their column, notes move to a line of their
 * own, and when the threads are too many for columns each row names its thread instead.
 */
#include "report/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GUTTER = 8,      /* "     4> " */
    MIN_COLUMN = 16, /* narrower than that a column is no help */
    MAX_COLUMN = 30,
    MAX_VALUES = 3,
    MAX_CANDIDATES = 40,
    MAX_VALUE_WIDTH = 16,
    SHOWN_FIRST = 30,
    SHOWN_LAST = 50 /* of a long run; marked rows always */
};

struct value_column {
    const struct trace_ref *ref;
    size_t width;
    char *now;
};

struct table {
    const struct trace_run *run;
    const struct report_row *rows;
    size_t row_count, width;
    int tids[TRACE_MAX_THREADS];
    size_t thread_count, column; /* column = 0: a list, each row names its thread */
    size_t cells;                /* columns that all the cells take */
    struct value_column values[MAX_VALUES];
    size_t value_count, values_width;
    size_t next_event; /* values are up to date before this event */
    struct strbuf out;
};

/* ---- which threads ----------------------------------------------------- */

static bool has_tid(const struct table *t, int tid)
{
    for (size_t i = 0; i < t->thread_count; i++)
        if (t->tids[i] == tid)
            return true;
    return false;
}

static int by_number(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void find_threads(struct table *t)
{
    for (size_t i = 0; i < t->row_count && t->thread_count < TRACE_MAX_THREADS; i++)
        if (!has_tid(t, t->rows[i].tid))
            t->tids[t->thread_count++] = t->rows[i].tid;
    qsort(t->tids, t->thread_count, sizeof *t->tids, by_number);
}

/* ---- which values ------------------------------------------------------ */

/* A child's copy of a variable is another variable; the columns are those of the first process. */
static bool is_copy(const struct trace_event *ev) { return ev->object.process != 0; }

static bool is_shown_event(const struct trace_event *ev)
{
    return facts_is_access(ev) && ev->has_value && ev->object.name && !is_copy(ev);
}

/* How much a variable tells: writes by different threads most, else how often it is touched. What
 * only one thread touches tells nothing. */
static int weight(const struct trace_run *run, const struct trace_ref *ref)
{
    int n = 0;
    uint64_t writers = 0, users = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (!facts_is_access(ev) || !names_same_object(&ev->object, ref) || is_copy(ev))
            continue;
        n++;
        users |= UINT64_C(1) << (ev->tid & 63);
        if (facts_is_write(ev))
            writers |= UINT64_C(1) << (ev->tid & 63);
    }
    return writers && (users & (users - 1)) ? n + 1000 * __builtin_popcountll(writers) : 0;
}

static bool chosen(const struct table *t, const struct trace_ref *ref)
{
    for (size_t i = 0; i < t->value_count; i++)
        if (names_same_object(t->values[i].ref, ref))
            return true;
    return false;
}

static size_t short_width(const struct trace_ref *ref)
{
    char *name = names_short(ref);
    size_t width = names_width(name);
    free(name);
    return width;
}

static bool listed(const struct trace_ref *const *refs, size_t n, const struct trace_ref *ref)
{
    for (size_t i = 0; i < n; i++)
        if (names_same_object(refs[i], ref))
            return true;
    return false;
}

/* The variables that could have a column; in a long run the first ones are enough. */
static size_t candidates(const struct table *t, const struct trace_ref **refs, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < t->run->count && n < most; i++) {
        const struct trace_event *ev = &t->run->events[i];
        if (is_shown_event(ev) && !listed(refs, n, &ev->object) &&
            short_width(&ev->object) <= MAX_VALUE_WIDTH)
            refs[n++] = &ev->object;
    }
    return n;
}

static const struct trace_ref *heaviest(const struct table *t)
{
    const struct trace_ref *refs[MAX_CANDIDATES], *best = NULL;
    size_t n = candidates(t, refs, MAX_CANDIDATES);
    int most = 0;
    for (size_t i = 0; i < n; i++) {
        int w = chosen(t, refs[i]) ? 0 : weight(t->run, refs[i]);
        if (w > most) {
            most = w;
            best = refs[i];
        }
    }
    return best;
}

/* Does it write into memory that malloc gave, and that nobody has written yet? The machine fills
 * it with TRACE_FRESH: that is no value of the program's. */
static bool is_first_write(const struct trace_event *ev)
{
    uint64_t size = ev->object.size, fresh = TRACE_FRESH * UINT64_C(0x0101010101010101);
    return ev->object.kind == REF_HEAP && facts_is_write(ev) && size >= 1 && size <= 8 &&
           !((ev->before ^ fresh) << (64 - 8 * size));
}

/* What the variable held until this access. Caller frees. */
static char *value_until(const struct trace_event *ev)
{
    if (is_first_write(ev))
        return xstrdup("");
    return facts_is_write(ev) ? names_value_before(ev) : names_value(ev);
}

static size_t wider(size_t width, char *value)
{
    size_t own = names_width(value);
    free(value);
    return own > width ? own : width;
}

static size_t value_width(const struct table *t, const struct trace_ref *ref)
{
    size_t width = short_width(ref);
    for (size_t i = 0; i < t->run->count; i++) {
        const struct trace_event *ev = &t->run->events[i];
        if (!is_shown_event(ev) || !names_same_object(&ev->object, ref))
            continue;
        width = wider(wider(width, names_value(ev)), value_until(ev));
    }
    return width < MAX_VALUE_WIDTH ? width : MAX_VALUE_WIDTH;
}

static size_t columns_room(const struct table *t, size_t values_width)
{
    size_t room = t->width > GUTTER + values_width ? t->width - GUTTER - values_width : 0;
    size_t column = t->thread_count ? room / t->thread_count : 0;
    return column < MAX_COLUMN ? column : MAX_COLUMN;
}

/* Room for the first value is made by narrow columns; a further one needs wider ones. In a list
 * there is always room. */
static bool worth_its_room(const struct table *t, size_t used)
{
    size_t column = columns_room(t, used);
    return !t->column || column >= MIN_COLUMN + 4 || (!t->value_count && column >= MIN_COLUMN);
}

static void lay_out(struct table *t)
{
    t->column = columns_room(t, 0) >= MIN_COLUMN ? columns_room(t, 0) : 0;
    while (t->value_count < MAX_VALUES) {
        const struct trace_ref *ref = heaviest(t);
        size_t width = ref ? value_width(t, ref) + 2 : 0;
        if (!ref || !worth_its_room(t, t->values_width + width))
            break;
        t->values[t->value_count++] = (struct value_column){ref, width - 2, NULL};
        t->values_width += width;
        t->column = t->column ? columns_room(t, t->values_width) : 0;
    }
    t->cells = t->column ? t->column * t->thread_count : t->width - GUTTER - t->values_width;
}

/* The value before anything happened: what the first access found. */
static void first_values(struct table *t)
{
    for (size_t k = 0; k < t->value_count; k++)
        for (size_t i = 0; i < t->run->count && !t->values[k].now; i++) {
            const struct trace_event *ev = &t->run->events[i];
            if (is_shown_event(ev) && names_same_object(&ev->object, t->values[k].ref))
                t->values[k].now = value_until(ev);
        }
}

/* Takes over what the events up to and including `event` wrote. */
static void advance(struct table *t, int event)
{
    for (; event >= 0 && t->next_event <= (size_t)event; t->next_event++) {
        const struct trace_event *ev = &t->run->events[t->next_event];
        for (size_t k = 0; k < t->value_count; k++) {
            struct value_column *v = &t->values[k];
            if (!facts_is_write(ev) || !is_shown_event(ev) || !names_same_object(&ev->object, v->ref) ||
                report_is_free(t->run, t->next_event))
                continue;
            free(v->now);
            v->now = names_value(ev);
        }
    }
}

/* ---- writing ----------------------------------------------------------- */

static void pad(struct strbuf *b, const char *text, size_t width)
{
    strbuf_adds(b, text);
    for (size_t n = names_width(text); n < width; n++)
        strbuf_addc(b, ' ');
}

static void strip_blanks(struct strbuf *b)
{
    while (b->len && b->s[b->len - 1] == ' ')
        b->s[--b->len] = '\0';
}

static void end_line(struct table *t)
{
    strip_blanks(&t->out);
    strbuf_addc(&t->out, '\n');
}

static void cut(char *text, size_t width) { text[names_fit(text, strlen(text), width)] = '\0'; }

static void write_values(struct table *t, bool header)
{
    for (size_t k = 0; k < t->value_count; k++) {
        struct value_column *v = &t->values[k];
        char *text = header ? names_short(v->ref) : xstrdup(v->now ? v->now : "");
        cut(text, v->width);
        pad(&t->out, text, v->width + 2);
        free(text);
    }
}

static size_t cell_width(const struct table *t) { return (t->column ? t->column : t->cells) - 1; }

static size_t index_of(const struct table *t, int tid)
{
    for (size_t i = 0; i < t->thread_count; i++)
        if (t->tids[i] == tid)
            return i;
    return 0;
}

/* A row's text, prefixed by its thread in a list, wrapped: lines separated by newlines. */
static char *cell_text(const struct table *t, const struct report_row *row)
{
    struct strbuf b = STRBUF_INIT, all = STRBUF_INIT;
    if (!t->column)
        strbuf_addf(&all, "%s: ", report_thread_name(&t->run->state, row->tid));
    strbuf_adds(&all, row->text);
    names_wrap(&b, all.s, 0, cell_width(t));
    strbuf_fini(&all);
    return strbuf_take(&b);
}

/* One line of a cell, in its thread's column; the values stand beside the first. */
static void write_cell_line(struct table *t, const char *line, size_t len, size_t column,
                            bool first)
{
    size_t before = t->column ? column * t->column : 0;
    char *text = xstrndup(line, len);
    for (size_t i = 0; i < before; i++)
        strbuf_addc(&t->out, ' ');
    if (first && t->value_count)
        pad(&t->out, text, t->cells - before);
    else
        strbuf_adds(&t->out, text);
    free(text);
    if (first)
        write_values(t, false);
}

static void write_note(struct table *t, const char *words)
{
    char *mark = xasprintf("<- %s", words);
    strip_blanks(&t->out);
    const char *nl = memrchr(t->out.s, '\n', t->out.len);
    size_t used = names_width(nl ? nl + 1 : t->out.s);
    if (used + 3 + names_width(mark) > t->width) {
        strbuf_adds(&t->out, "\n        ");
        names_wrap(&t->out, mark, GUTTER + 3, t->width);
    } else
        strbuf_addf(&t->out, "   %s", mark);
    free(mark);
}

static void write_row(struct table *t, const struct report_row *row)
{
    char *text = cell_text(t, row);
    const char *line = text;
    size_t column = index_of(t, row->tid);
    advance(t, row->event);
    for (bool first = true; line; first = false) {
        size_t len = strcspn(line, "\n");
        if (first)
            strbuf_addf(&t->out, "%6d%c ", row->step, row->marked ? '>' : ' ');
        else
            strbuf_adds(&t->out, "        ");
        write_cell_line(t, line, len, column, first);
        if (row->note && !line[len])
            write_note(t, row->note);
        end_line(t);
        line = line[len] ? line + len + 1 : NULL;
    }
    if (row->no_return)
        strbuf_adds(&t->out, "        -- from here on every continuation fails --\n");
    free(text);
}

static void write_header(struct table *t)
{
    strbuf_adds(&t->out, "  step  ");
    for (size_t i = 0; i < t->thread_count && t->column; i++) {
        char *name = xstrdup(report_thread_name(&t->run->state, t->tids[i]));
        cut(name, t->column - 1);
        pad(&t->out, name, t->column);
        free(name);
    }
    if (!t->column)
        pad(&t->out, "thread: what it does", t->cells);
    write_values(t, true);
    end_line(t);
}

static bool shown(const struct table *t, size_t i)
{
    return t->row_count <= SHOWN_FIRST + SHOWN_LAST || i < SHOWN_FIRST ||
           i + SHOWN_LAST >= t->row_count || t->rows[i].marked;
}

static void write_rows(struct table *t)
{
    for (size_t i = 0; i < t->row_count;) {
        size_t gap = i;
        while (gap < t->row_count && !shown(t, gap))
            gap++;
        if (gap > i)
            strbuf_addf(&t->out, "     ... %zu more steps ...\n", gap - i);
        else
            write_row(t, &t->rows[gap++]);
        i = gap;
    }
}

char *columns_text(const struct trace_run *run, const struct report_row *rows, size_t count,
                   int width)
{
    struct table t = {.run = run,
                      .rows = rows,
                      .row_count = count,
                      .width = width < 40 ? 40 : (size_t)width,
                      .out = STRBUF_INIT};
    if (!count)
        return xstrdup("");
    find_threads(&t);
    lay_out(&t);
    first_values(&t);
    write_header(&t);
    write_rows(&t);
    for (size_t k = 0; k < t.value_count; k++)
        free(t.values[k].now);
    return strbuf_take(&t.out);
}

char *report_columns(const struct trace_run *run, int width)
{
    size_t n;
    struct report_row *rows = report_rows(run, &n);
    char *text = columns_text(run, rows, n, width);
    report_rows_free(rows, n);
    return text;
}
