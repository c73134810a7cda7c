/* source: code with line numbers, Python beside C, and the small figures.
 */
#include "page/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BETWEEN         " │ " /* the panes of a rosetta */
#define BETWEEN_COLUMNS 3
#define MARK_SIGN       "▸"

/* ---- one pane ------------------------------------------------------------------- */

struct pane {
    const struct page_source *s;
    int cut;      /* columns of indentation common to all lines */
    int digits;   /* of line numbers or anchors; 0 = none */
    bool anchors; /* show anchors instead of line numbers */
    int width;
};

static size_t line_length(const char *s) { return strcspn(s, "\n"); }
static const char *next_line(const char *s)
{
    s += line_length(s);
    return *s ? s + 1 : s;
}

static int common_indent(const char *text)
{
    int least = -1;
    for (; *text; text = next_line(text)) {
        int n = (int)strspn(text, " ");
        if (text[n] != '\n' && text[n] != '\0' && (least < 0 || n < least))
            least = n;
    }
    return least < 0 ? 0 : least;
}

static int number_of(const struct page_source *s, int index)
{
    if (s->lines && index < s->line_count)
        return s->lines[index];
    return s->first_line ? s->first_line + index : 0;
}

static int anchor_of(const struct page_source *s, int index)
{
    return s->tags && index < s->line_count ? s->tags[index] : 0;
}

static int digits_of(int n)
{
    int digits = 0;
    for (; n > 0; n /= 10)
        digits++;
    return digits;
}

static struct pane pane_of(const struct page_source *s, bool anchors, int width)
{
    struct pane p = {s, common_indent(s->text), 0, anchors, width};
    int index = 0;
    for (const char *line = s->text; *line; line = next_line(line), index++) {
        int digits = digits_of(anchors ? anchor_of(s, index) : number_of(s, index));
        p.digits = digits > p.digits ? digits : p.digits;
    }
    return p;
}

static bool is_marked(const struct page_source *s, int number)
{
    for (int i = 0; i < s->mark_count; i++)
        if (s->marks[i] == number)
            return true;
    return false;
}

/* Sign, number, two blanks; nothing at all where there is neither. */
static int gutter_columns(const struct pane *p)
{
    return (p->digits || p->s->mark_count) ? 1 + p->digits + 2 : 0;
}

static void gutter(const struct pane *p, struct ink *ink, int shown, bool marked)
{
    char text[32] = "";
    if (!gutter_columns(p))
        return;
    ink_adds(ink, marked ? MARK_SIGN : " ", PAGE_MARK);
    if (shown)
        snprintf(text, sizeof text, "%*d", p->digits, shown);
    else
        snprintf(text, sizeof text, "%*s", p->digits, "");
    ink_adds(ink, text, PAGE_GUTTER);
    ink_adds(ink, "  ", PAGE_GUTTER);
}

/* Continuation lines go under the code, a little further in. */
static void under(const struct pane *p, struct ink *ink, int indent)
{
    int columns = gutter_columns(p) + indent + 2;
    for (int i = 0; i < columns && i < p->width / 2; i++)
        ink_adds(ink, " ", PAGE_TEXT);
}

static void put_line(struct page *page, const struct pane *p, const char *line, size_t n, int index,
                     int *state)
{
    struct ink code = INK_INIT, first = INK_INIT, rest = INK_INIT;
    size_t indent = strspn(line, " "), cut = (size_t)p->cut < indent ? (size_t)p->cut : indent;
    int number = number_of(p->s, index), anchor = anchor_of(p->s, index);
    bool marked = number && is_marked(p->s, number);
    size_t at = page->count;
    lex_line(&code, line + cut, n - cut, p->s->language, state);
    gutter(p, &first, p->anchors ? anchor : number, marked);
    under(p, &rest, (int)(indent - cut));
    page_wrap(page, &code, &first, &rest, p->width);
    page->lines[at].source = number;
    page->lines[at].anchor = anchor;
    for (; at < page->count; at++)
        page->lines[at].marked = marked;
    ink_fini(&code);
    ink_fini(&first);
    ink_fini(&rest);
}

static void put_pane(struct page *page, const struct pane *p)
{
    int state = 0, index = 0;
    for (const char *line = p->s->text; *line; line = next_line(line))
        put_line(page, p, line, line_length(line), index++, &state);
}

void page_code(struct page *page, const struct page_source *s, int width)
{
    struct pane p = pane_of(s, false, page_clamp(width));
    put_pane(page, &p);
}

/* ---- two panes ------------------------------------------------------------------ */

static int half(int width) { return (width - BETWEEN_COLUMNS) / 2; }

/* What its longest line needs. */
static int columns_needed(const struct page_source *s)
{
    struct pane p = pane_of(s, true, 0);
    int most = 0;
    for (const char *line = s->text; *line; line = next_line(line)) {
        char *copy = xstrndup(line, line_length(line));
        int columns = page_columns(copy) - p.cut + gutter_columns(&p);
        free(copy);
        most = columns > most ? columns : most;
    }
    return most;
}

/* The columns of the left pane, 0: they do not fit side by side. Halves, or else what the longer one needs. */
static int divide(const struct page_source *left, const struct page_source *right, int width)
{
    int h = half(width), room = width - BETWEEN_COLUMNS, l = columns_needed(left), r = columns_needed(right);
    if (h < PAGE_MIN || l + r > room)
        return 0;
    return l > h ? l : r > h ? room - r : h;
}

static void put_label(struct page *page, const struct page_source *s, int width)
{
    if (!s->label)
        return;
    struct page_line *l = page_add(page);
    line_add(l, s->label, PAGE_DIM);
    line_cut(l, width);
}

static bool anchor_follows(const struct page *p, size_t from, int anchor)
{
    for (size_t i = from; i < p->count; i++)
        if (p->lines[i].anchor == anchor)
            return true;
    return false;
}

static void put_half(struct page_line *l, const struct page_line *from)
{
    for (size_t i = 0; from && i < from->count; i++)
        line_add(l, from->spans[i].text, from->spans[i].style);
}

static void put_pair(struct page *page, const struct page_line *left, const struct page_line *right,
                     int columns)
{
    struct page_line *l = page_add(page);
    put_half(l, left);
    line_pad(l, columns);
    line_add(l, BETWEEN, PAGE_DIM);
    put_half(l, right);
    l->anchor = left ? left->anchor : 0;
    l->partner = right ? right->anchor : 0;
    l->split = columns + BETWEEN_COLUMNS;
    l->source = right ? right->source : 0;
    l->marked = (left && left->marked) || (right && right->marked);
}

/* Which of the two next lines go on this height. */
static void pair_up(const struct page *a, size_t i, const struct page *b, size_t k, bool *left,
                    bool *right)
{
    int x = i < a->count ? a->lines[i].anchor : 0, y = k < b->count ? b->lines[k].anchor : 0;
    *left = i < a->count;
    *right = k < b->count;
    if (!*left || !*right || x == y)
        return;
    bool x_waits = x && anchor_follows(b, k + 1, x), y_waits = y && anchor_follows(a, i + 1, y);
    if (x_waits && !y_waits)
        *left = false;
    else if (y_waits && !x_waits)
        *right = false;
}

/* `columns`: of the left pane. */
static void put_side_by_side(struct page *page, const struct page *a, const struct page *b,
                             int columns)
{
    for (size_t i = 0, k = 0; i < a->count || k < b->count;) {
        bool left, right;
        pair_up(a, i, b, k, &left, &right);
        put_pair(page, left ? &a->lines[i] : NULL, right ? &b->lines[k] : NULL, columns);
        i += left;
        k += right;
    }
}

void page_rosetta(struct page *page, const struct page_source *left,
                  const struct page_source *right, int width)
{
    width = page_clamp(width);
    int beside = divide(left, right, width);
    struct pane l = pane_of(left, true, beside ? beside : width);
    struct pane r = pane_of(right, true, beside ? width - BETWEEN_COLUMNS - beside : width);
    struct page a = PAGE_INIT, b = PAGE_INIT;
    if (beside) {
        struct page names = PAGE_INIT;
        put_label(&names, left, l.width);
        put_label(&names, right, r.width);
        if (names.count == 2)
            put_pair(page, &names.lines[0], &names.lines[1], beside);
        page_fini(&names);
        put_pane(&a, &l);
        put_pane(&b, &r);
        put_side_by_side(page, &a, &b, beside);
    } else {
        put_label(page, left, width);
        put_pane(page, &l);
        page_blank(page);
        put_label(page, right, width);
        put_pane(page, &r);
    }
    page_fini(&a);
    page_fini(&b);
}

/* ---- figures -------------------------------------------------------------------- */

void page_lanes(struct page *p, const char *text, int width)
{
    width = page_clamp(width);
    for (; *text; text = next_line(text)) {
        size_t name = strcspn(text, " \n"), n = line_length(text);
        struct ink ink = INK_INIT;
        struct page_line *l = page_add(p);
        ink_add(&ink, text, name, PAGE_STRONG);
        ink_add(&ink, text + name, n - name, PAGE_TEXT);
        line_add_ink(l, &ink, 0, ink.text.len);
        line_cut(l, width);
        ink_fini(&ink);
    }
}

static void put_framed(struct page *p, const char *title, const char *text, int width,
                       unsigned flags)
{
    struct page inside = PAGE_INIT;
    page_markdown(&inside, text, width - 2, flags);
    struct page_line *head = page_add(p);
    line_add(head, "│ ", PAGE_CAREFUL);
    line_add(head, title, PAGE_CAREFUL);
    line_cut(head, width);
    for (size_t i = 0; i < inside.count; i++) {
        struct page_line *l = page_add(p);
        line_add(l, "│ ", PAGE_CAREFUL);
        put_half(l, &inside.lines[i]);
        line_cut(l, width);
    }
    page_fini(&inside);
}

void page_careful(struct page *p, const char *says, const char *exactly, int width, unsigned flags)
{
    width = page_clamp(width);
    put_framed(p, "The tutorial says", says, width, flags);
    line_add(page_add(p), "│", PAGE_CAREFUL);
    put_framed(p, "More exactly", exactly, width, flags);
}
