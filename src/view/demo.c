/* The demo: a lane for each thread against time, a symbol for what it mostly does in each cell;
 * sections one under the other, each from its own beginning; then what the program has to tell.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/demo.h"
#include "view/around.h"
#include "view/views.h"

#define NAME_COLS         9
#define LEAST_TITLE_COLS 12 /* of the column with the titles of sections, if there are any */
#define MOST_TITLE_COLS  19
#define TOTAL_COLS        9

/* ---- lanes ------------------------------------------------------------- */

static const struct {
    const char *sign, *word;
    enum style style;
} doings[] = {
    [DOING_NOTHING] = {" ", "", STYLE_TEXT},         [DOING_RUN] = {"█", "runs", STYLE_RUNNING},
    [DOING_READY] = {"·", "ready", STYLE_READY},
    [DOING_BLOCK] = {"▒", "blocked", STYLE_BLOCKED}, [DOING_WAIT] = {"░", "waits", STYLE_WAITING},
    [DOING_SLEEP] = {"z", "sleeps", STYLE_ASLEEP},   [DOING_KILLED] = {"✗", "killed", STYLE_BAD},
};

struct picture {
    const struct demo_state *d;
    struct area a; /* rows of lanes only */
    struct demo_row *rows;
    size_t count, top;
    int title_cols;       /* 0: no sections */
    int lanes_col, cells; /* where the time begins, how many cells it has */
    uint64_t from, span;
};

static uint64_t cell_time(const struct picture *p, int cell)
{
    return p->from + p->span / (uint64_t)p->cells * (uint64_t)cell +
           p->span % (uint64_t)p->cells * (uint64_t)cell / (uint64_t)p->cells;
}

/* What most lanes of a row do, of those that are there; ties go to what was named first. */
static enum lanes_doing row_doing(const struct picture *p, const struct demo_row *r, uint64_t from,
                                  uint64_t to)
{
    bool over = p->d->phase == DEMO_OVER;
    size_t of[DOING_KILLED + 1] = {0};
    enum lanes_doing best = DOING_NOTHING;

    if (r->count == 1)
        return lanes_doing(&p->d->lanes.lanes[r->lane], from, to, p->d->now, over);
    for (size_t i = r->lane; i <= r->last; i++)
        if (demo_row_has(p->d, r, i))
            of[lanes_doing(&p->d->lanes.lanes[i], from, to, p->d->now, over)]++;
    of[DOING_NOTHING] = 0;
    for (int k = DOING_RUN; k <= DOING_KILLED; k++)
        if (of[k] > of[best])
            best = (enum lanes_doing)k;
    return best;
}

static bool somebody_killed(const struct picture *p, const struct demo_row *r)
{
    for (size_t i = r->lane; i <= r->last; i++)
        if (demo_row_has(p->d, r, i) && !p->d->lanes.lanes[i].end)
            return p->d->phase == DEMO_OVER;
    return false;
}

struct stretch {
    uint64_t start, end; /* of the row's section */
    bool killed;         /* somebody in the row was, and it is not shown yet */
};

static void draw_cell(struct canvas *c, const struct picture *p, const struct demo_row *r, int row,
                      int cell, struct stretch *s)
{
    uint64_t from = s->start + cell_time(p, cell), to = s->start + cell_time(p, cell + 1);
    enum lanes_doing doing;

    if (from >= s->end && !(s->killed && s->end >= p->d->now))
        return;
    doing = from >= s->end ? DOING_KILLED : row_doing(p, r, from, to < s->end ? to : s->end);
    if (doing == DOING_KILLED && !s->killed)
        return;
    s->killed &= doing != DOING_KILLED;
    canvas_put(c, row, p->lanes_col + cell, doings[doing].style, doings[doing].sign);
}

static void draw_total(struct canvas *c, const struct picture *p, size_t i, int row)
{
    const struct lanes *l = &p->d->lanes;
    uint32_t k = p->rows[i].section;
    bool last = i + 1 == p->count || p->rows[i + 1].section != k;

    if (!p->title_cols || !last || k == 0)
        return;
    char *text = xasprintf(
        "%.3g s", (double)(lanes_section_end(l, k, p->d->now) - lanes_section_start(l, k)) / 1e9);
    canvas_put_right(c, row, p->a.col, p->a.cols, STYLE_VALUE, text);
    free(text);
}

static void draw_name(struct canvas *c, const struct picture *p, const struct demo_row *r, int row,
                      int col)
{
    const char *name = p->d->lanes.lanes[r->lane].name;
    char *more = r->count > 1 ? xasprintf("+%zu", r->count - 1) : xstrdup("");
    int room = NAME_COLS - 1 - text_width(more);

    col += canvas_put_fit(c, row, col, room, style_thread((int)r->lane), name);
    if (*more)
        canvas_put(c, row, col + (text_width(name) < room), style_thread((int)r->lane), more);
    free(more);
}

static void draw_lane(struct canvas *c, const struct picture *p, size_t i, int row)
{
    const struct demo_row *r = &p->rows[i];
    bool first = i == p->top || p->rows[i - 1].section != r->section;
    struct stretch s = {lanes_section_start(&p->d->lanes, r->section),
                        lanes_section_end(&p->d->lanes, r->section, p->d->now),
                        somebody_killed(p, r)};
    int col = p->a.col + 2;

    if (p->title_cols && first)
        canvas_put_fit(c, row, col, p->title_cols - 1, STYLE_LABEL,
                       lanes_section_title(&p->d->lanes, r->section));
    col += p->title_cols;
    draw_name(c, p, r, row, col);
    canvas_spot(c, row, p->lanes_col, 1, p->cells, KEY_POINT, (long)i);
    for (int cell = 0; cell < p->cells; cell++)
        draw_cell(c, p, r, row, cell, &s);
    draw_total(c, p, i, row);
    if (p->d->cursor && i == p->d->row) {
        canvas_put(c, row, p->a.col, STYLE_MARK, "▸");
        if (p->d->at >= p->from && p->d->at <= p->from + p->span) {
            int cell = (int)((double)(p->d->at - p->from) / (double)p->span * p->cells);
            canvas_select(c, row, p->lanes_col + (cell < p->cells ? cell : p->cells - 1), 1);
        }
    }
}

static uint64_t tick_step(uint64_t span, int cells)
{
    uint64_t step = 1;

    for (;; step *= 10)
        for (int k = 0; k < 3; k++) {
            static const uint64_t by[] = {1, 2, 5};
            if (span / (step * by[k]) <= (uint64_t)(cells / 9 + 1))
                return step * by[k];
        }
}

static void draw_axis(struct canvas *c, const struct picture *p, int row)
{
    const char *unit = p->span >= 1000000000 ? "s" : p->span >= 1000000 ? "ms" : "us";
    double scale = p->span >= 1000000000 ? 1e9 : p->span >= 1000000 ? 1e6 : 1e3;
    uint64_t step = tick_step(p->span, p->cells);

    canvas_put(c, row, p->lanes_col - 3, STYLE_LABEL, unit);
    for (uint64_t t = (p->from + step - 1) / step * step; t <= p->from + p->span; t += step) {
        int cell = (int)((double)(t - p->from) / (double)p->span * p->cells);
        char *text = xasprintf("%.6g", (double)t / scale);
        canvas_put_fit(c, row, p->lanes_col + cell, p->a.col + p->a.cols - p->lanes_col - cell,
                       STYLE_LABEL, text);
        free(text);
    }
}

/* As wide as the longest title asks for, within bounds. */
static int title_cols(const struct lanes *l)
{
    int cols = LEAST_TITLE_COLS;

    if (lanes_section_count(l) == 0)
        return 0;
    for (uint32_t k = 1; k <= lanes_section_count(l); k++) {
        int own = text_width(lanes_section_title(l, k)) + 1;
        cols = own > cols ? own : cols;
    }
    return cols < MOST_TITLE_COLS ? cols : MOST_TITLE_COLS;
}

static void picture_init(struct picture *p, const struct demo_state *d, struct area a)
{
    *p = (struct picture){.d = d, .a = a};
    p->rows = demo_rows(d, &p->count);
    p->title_cols = title_cols(&d->lanes);
    p->lanes_col = a.col + 2 + NAME_COLS + p->title_cols;
    p->cells = a.col + a.cols - p->lanes_col - (p->title_cols ? TOTAL_COLS : 4);
    p->span = demo_span(d, &p->from);
    p->a.rows = (int)p->count < a.rows ? (int)p->count : a.rows;
    if (d->row >= (size_t)p->a.rows)
        p->top = d->row - (size_t)p->a.rows + 1;
}

/* Returns the lines used, the axis with them. */
static int draw_picture(const struct demo_state *d, struct canvas *c, struct area a)
{
    struct picture p;

    picture_init(&p, d, (struct area){a.row, a.col, a.rows - 1, a.cols});
    for (int i = 0; i < p.a.rows && p.span; i++)
        draw_lane(c, &p, p.top + (size_t)i, a.row + i);
    view_more(c, p.a, (int)p.top, (int)p.count);
    if (p.span)
        draw_axis(c, &p, a.row + p.a.rows);
    free(p.rows);
    return p.a.rows + 1;
}

/* ---- what it tells ----------------------------------------------------- */

static int widest_label(const struct histogram *h)
{
    int widest = 15;
    for (size_t i = 0; i < h->count; i++) {
        char *text = histogram_label(&h->bins[i]);
        widest = text_width(text) > widest ? text_width(text) : widest;
        free(text);
    }
    return widest;
}

static void draw_bins(const struct histogram *h, const char *title, struct canvas *c, struct area a)
{
    int label = widest_label(h), room = a.cols - label - 8 < 48 ? a.cols - label - 8 : 48;

    canvas_printf(c, a.row, a.col, STYLE_STRONG, "%s", title);
    canvas_printf(c, a.row, a.col + text_width(title) + 2, STYLE_LABEL, "%zu runs", h->samples);
    for (size_t i = 0; i < h->count && (int)i + 1 < a.rows; i++) {
        const struct histogram_bin *b = &h->bins[i];
        int row = a.row + 1 + (int)i, len = h->most ? (int)(b->count * (size_t)room / h->most) : 0;
        char *text = histogram_label(b);
        canvas_put_right(c, row, a.col, label, STYLE_LABEL, text);
        if (b->count > 0 && len == 0)
            len = 1;
        canvas_repeat(c, row, a.col + label + 1, len, STYLE_VALUE, "█");
        canvas_printf(c, row, a.col + label + 2 + len, STYLE_TEXT, "%zu", b->count);
        free(text);
    }
}

struct telling {
    struct canvas *c;
    struct area a;
    int row;
};

static int room_of(const struct telling *t) { return t->a.row + t->a.rows - t->row; }

static void tell(struct telling *t, enum style style, char *text)
{
    if (text && room_of(t) > 0)
        t->row += around_paragraph(t->c, t->a, t->row, style, "", text);
    free(text);
}

static void tell_says(struct telling *t, const struct demo_state *d)
{
    for (size_t i = 0; i < d->lanes.fact_count && room_of(t) > 0; i++)
        if (d->lanes.facts[i].kind == FACT_SAY)
            tell(t, STYLE_STRONG, xstrdup(d->lanes.facts[i].text));
}

/* What all threads together could not do for lack of a core. */
static void add_ready(struct flow *f, const struct demo_state *d)
{
    uint64_t ready = 0;

    for (size_t i = 0; i < d->lanes.count; i++)
        ready += d->lanes.lanes[i].ready;
    if (d->phase != DEMO_OVER || (double)ready < d->elapsed * 1e9 / 50)
        return;
    char *text = xasprintf("%.3g s", (double)ready / 1e9);
    flow_add(f, "ready, but without a core", STYLE_VALUE, text);
    free(text);
}

static void tell_reports(struct telling *t, const struct demo_state *d)
{
    struct flow f;

    flow_begin(&f, t->c, (struct area){t->row, t->a.col, room_of(t), t->a.cols});
    add_ready(&f, d);
    for (size_t i = 0; i < d->lanes.fact_count; i++) {
        const struct lanes_fact *fact = &d->lanes.facts[i];
        if (fact->kind != FACT_REPORT)
            continue;
        char *number = lanes_number(fact->value),
             *text = xasprintf("%s%s%s", number, *fact->unit ? " " : "", fact->unit);
        flow_add(&f, fact->text, STYLE_VALUE, text);
        free(number);
        free(text);
    }
    t->row += flow_lines(&f);
}

static char *ratio_words(double own, double first, const char *other)
{
    if (own <= 0)
        return xstrdup("-");
    if (own > first * 0.95 && own < first * 1.05)
        return xasprintf("took as long as %s", other);
    return own > first ? xasprintf("took %.2g times as long as %s", own / first, other)
                       : xasprintf("%.2g times as fast as %s", first / own, other);
}

static void tell_sections(struct telling *t, const struct demo_state *d)
{
    uint32_t n = lanes_section_count(&d->lanes);
    double first =
        (double)(lanes_section_end(&d->lanes, 1, d->now) - lanes_section_start(&d->lanes, 1));

    if (d->phase != DEMO_OVER || n < 2 || room_of(t) < 1)
        return;
    struct flow f;
    flow_begin(&f, t->c, (struct area){t->row, t->a.col, room_of(t), t->a.cols});
    for (uint32_t k = 2; k <= n; k++) {
        double own =
            (double)(lanes_section_end(&d->lanes, k, d->now) - lanes_section_start(&d->lanes, k));
        char *text = ratio_words(own, first, lanes_section_title(&d->lanes, 1));
        flow_add(&f, lanes_section_title(&d->lanes, k), STYLE_VALUE, text);
        free(text);
    }
    t->row += flow_lines(&f);
}

static void tell_histograms(struct telling *t, const struct demo_state *d)
{
    struct histogram h;
    const char *title;

    for (size_t k = 0; room_of(t) > 2 && demo_histogram(d, k, &h, &title); k++) {
        int rows = (int)h.count + 1 < room_of(t) ? (int)h.count + 1 : room_of(t);
        draw_bins(&h, title, t->c, (struct area){t->row, t->a.col, rows, t->a.cols});
        t->row += rows;
    }
}

/* The last lines of the output. */
static void tell_output(struct telling *t, const struct demo_state *d)
{
    const char *end = d->output ? d->output + strlen(d->output) : NULL, *at = end;
    int lines = 0, room = room_of(t) - 1;

    if (!end || end == d->output || room < 1)
        return;
    while (at > d->output && lines < room) {
        at--;
        while (at > d->output && at[-1] != '\n')
            at--;
        lines++;
    }
    canvas_put(t->c, t->row++, t->a.col, STYLE_LABEL, "it printed");
    for (int i = 0; i < lines; i++) {
        canvas_put_fit(t->c, t->row++, t->a.col + 2, t->a.cols - 2, STYLE_TEXT, at);
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
}

static void draw_facts(const struct session *s, struct canvas *c, struct area a)
{
    const struct demo_state *d = s->demo;
    struct telling t = {c, a, a.row};

    tell(&t, STYLE_WARN, demo_lacking(s));
    tell(&t, STYLE_BAD, demo_ending(d));
    tell_says(&t, d);
    tell(&t, STYLE_TEXT, demo_expected(d));
    tell_sections(&t, d);
    tell_reports(&t, d);
    tell_histograms(&t, d);
    tell_output(&t, d);
}

/* ---- the page ---------------------------------------------------------- */

static void draw_legend(struct canvas *c, struct area a, const struct demo_state *d)
{
    char *words = demo_cursor_words(d);
    int col = a.col;

    canvas_repeat(c, a.row, a.col, a.cols, STYLE_RULE, "─");
    if (words) {
        canvas_put(c, a.row, a.col + 1, STYLE_TEXT, " ");
        col = a.col + 2 + canvas_put_fit(c, a.row, a.col + 2, a.cols - 4, STYLE_TEXT, words);
        canvas_put(c, a.row, col, STYLE_TEXT, " ");
    } else {
        for (int k = DOING_RUN; k <= DOING_KILLED; k++)
            col += canvas_printf(c, a.row, col + 2, doings[k].style, " %s %s ", doings[k].sign,
                                 doings[k].word) +
                   2;
    }
    free(words);
}

static void draw_menu(const struct demo_state *d, struct canvas *c, struct area a)
{
    canvas_put(c, a.row, a.col, STYLE_STRONG, "Which one?");
    for (size_t i = 0; i < d->demo->variant_count && (int)i + 2 < a.rows; i++) {
        int row = a.row + 2 + (int)i;
        canvas_printf(c, row, a.col + 2, STYLE_KEY, "%zu", i + 1);
        canvas_put_fit(c, row, a.col + 5, a.cols - 6, STYLE_TEXT, d->demo->variants[i].label);
        if (d->demo->variants[i].cflags || d->demo->variants[i].args) {
            char *how = xasprintf("%s %s",
                                  d->demo->variants[i].cflags ? d->demo->variants[i].cflags : "-O2",
                                  d->demo->variants[i].args ? d->demo->variants[i].args : "");
            canvas_put_right(c, row, a.col + 30, a.cols - 32, STYLE_DIM, how);
            free(how);
        }
        if (i == d->choice) {
            canvas_put(c, row, a.col, STYLE_MARK, "▸");
            canvas_select(c, row, a.col + 1, a.cols - 2);
        }
    }
}

static char *title_of(const struct demo_state *d)
{
    const char *label =
        d->demo && d->variant < d->demo->variant_count ? d->demo->variants[d->variant].label : NULL;

    return xasprintf("%s%s%s%s%s", d->target.step ? d->target.step->id : "",
                     d->target.step ? " " : "",
                     d->target.file ? path_basename(d->target.file) : "demo", label ? "   " : "",
                     label ? label : "");
}

static char *right_of(const struct demo_state *d)
{
    if (d->phase == DEMO_RUNNING)
        return xasprintf("%s %.1f s", d->held ? "held at" : "running", (double)d->now / 1e9);
    if (d->machine)
        return xasprintf("recorded on %s   elapsed %.2f s   CPU %.2f s", d->machine, d->elapsed,
                         d->cpu);
    if (d->phase == DEMO_OVER)
        return xasprintf("elapsed %.2f s   CPU %.2f s", d->elapsed, d->cpu);
    return NULL;
}

/* Lines kept free below the lanes: for what it says, and some more; but most of the page is for lanes. */
static int told_rows(const struct demo_state *d, int rows)
{
    int most = rows > 15 ? rows - 9 : 6, n = 3;

    for (size_t i = 0; i < d->lanes.fact_count; i++)
        n += d->lanes.facts[i].kind == FACT_SAY;
    return n < 6 ? 6 : n < most ? n : most;
}

static void draw_demo(const struct session *s, struct canvas *c)
{
    const struct demo_state *d = s->demo;
    char *title, *right;
    struct area a;
    int used;

    if (!d)
        return;
    title = title_of(d);
    right = right_of(d);
    a = view_frame(s, c, title, right);
    a.col = 1;
    a.cols = c->cols - 2;
    free(title);
    free(right);
    if (d->choosing) {
        draw_menu(d, c, a);
    } else if (d->phase == DEMO_BROKEN) {
        around_paragraph(c, a, a.row + 1, STYLE_BAD, "✗ ", d->broken);
    } else if (d->lanes.count == 0) {
        canvas_put(c, a.row + 1, a.col + 1, STYLE_DIM,
                   d->phase == DEMO_BUILDING ? "compiling …" : "starting …");
    } else {
        int lanes = a.rows - told_rows(d, a.rows);
        used = draw_picture(d, c, (struct area){a.row, a.col, lanes > 4 ? lanes : 4, a.cols});
        draw_legend(c, (struct area){a.row + used, a.col, 1, a.cols}, d);
        draw_facts(s, c, (struct area){a.row + used + 1, a.col, a.rows - used - 1, a.cols});
    }
}

static bool demo_offers(const struct session *s, enum key_request r)
{
    const struct demo_state *d = s->demo;

    switch (r) {
    case KEY_OPEN:
    case KEY_PICK: return d && d->choosing;
    case KEY_PAUSE: return d && d->phase == DEMO_RUNNING;
    case KEY_RECORDED: return d && !d->machine && demo_has_recorded(d);
    case KEY_LATER_EVENT: return d && d->phase == DEMO_OVER;
    case KEY_FOLD: return d && d->lanes.count > 16;
    case KEY_RUN_AGAIN:
    case KEY_DRIVE: return d && !(d->machine && !d->target.block);
    case KEY_VARIANT: return d && d->demo && d->demo->variant_count > 0;
    default: return true;
    }
}

const struct view view_demo = {.screen = SCREEN_DEMO, .draw = draw_demo, .offers = demo_offers};
