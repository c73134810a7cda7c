/* around: see around.h. */
#include "view/around.h"

#include <string.h>

#include "view/views.h"

#define NUMBER_COLS 7 /* of a line of source: mark, number, blanks */

/* ---- source ------------------------------------------------------------ */

static size_t indent_of(const char *line)
{
    size_t n = strspn(line, " \t");

    return line[n] && line[n] != '\n' ? n : SIZE_MAX;
}

/* First line shown: the line itself a little below the middle of what is there. */
static int first_line(const struct source *f, int line, int rows)
{
    int first = line - rows / 2;

    if (first + rows - 1 > f->count)
        first = f->count - rows + 1;
    return first < 1 ? 1 : first;
}

static int columns_of(const char *line, size_t bytes)
{
    int cols = 0;

    for (size_t i = 0; i < bytes; i++)
        cols = line[i] == '\t' ? (cols / 4 + 1) * 4 : cols + 1;
    return cols;
}

static int common_indent(const struct source *f, int first, int rows)
{
    int least = 40;

    for (int i = first; i < first + rows && i <= f->count; i++) {
        size_t n = indent_of(f->lines[i - 1]);
        if (n != SIZE_MAX && columns_of(f->lines[i - 1], n) < least)
            least = columns_of(f->lines[i - 1], n);
    }
    return least;
}

void around_draw(struct canvas *c, struct area a, const struct source *f, int line)
{
    around_show(c, a, f, line, line);
}

/* One line; returns the rows it took: the marked one goes on in a second row when it has no room. */
static int show_line(struct canvas *c, struct area a, const struct source *f, int number, bool here, int skip)
{
    const char *line = f->lines[number - 1];
    bool python = str_ends(f->path, ".py");
    int room = a.cols - NUMBER_COLS, rest = text_width(line) - skip - room;

    canvas_put(c, a.row, a.col, STYLE_MARK, here ? "▸" : " ");
    canvas_printf(c, a.row, a.col + 1, here ? STYLE_MARK : STYLE_LINENO, "%4d", number);
    view_code(c, a.row, a.col + NUMBER_COLS, room, line, python, skip);
    if (!here || rest <= 0 || a.rows < 2 || room < 3)
        return 1;
    view_code(c, a.row + 1, a.col + NUMBER_COLS + 2, room - 2, line, python, skip + room - 1);
    return 2;
}

void around_show(struct canvas *c, struct area a, const struct source *f, int line, int marked)
{
    int first = first_line(f, line, a.rows), skip = common_indent(f, first, a.rows), end = a.row + a.rows;

    for (int i = first; a.row < end && i <= f->count; i++) {
        a.rows = end - a.row;
        a.row += show_line(c, a, f, i, i == marked, skip);
    }
}

/* ---- facts ------------------------------------------------------------- */

void flow_begin(struct flow *f, struct canvas *c, struct area a)
{
    *f = (struct flow){.c = c, .a = a};
}

void flow_add(struct flow *f, const char *label, enum style style, const char *text)
{
    int lab = text_width(label), need = lab + (lab ? 1 : 0) + text_width(text);

    if (f->col > 0 && f->col + need > f->a.cols) {
        f->row++;
        f->col = 0;
    }
    if (f->c && f->row < f->a.rows) {
        int row = f->a.row + f->row, col = f->a.col + f->col;
        int used =
            lab ? canvas_put_fit(f->c, row, col, f->a.cols - f->col, STYLE_LABEL, label) + 1 : 0;
        canvas_put_fit(f->c, row, col + used, f->a.cols - f->col - used, style, text);
    }
    f->col += need + 3;
}

int flow_lines(const struct flow *f) { return f->col > 0 ? f->row + 1 : f->row; }

/* ---- paragraphs -------------------------------------------------------- */

int around_paragraph(struct canvas *c, struct area a, int row, enum style style, const char *first,
                     const char *text)
{
    struct page p = PAGE_INIT;
    int n;

    page_item(&p, first, text, a.cols, 0);
    n = (int)p.count;
    for (int i = 0; c && i < n && row + i < a.row + a.rows; i++) {
        view_page_line(c, row + i, a.col, a.cols, &p.lines[i], 0);
        if (style != STYLE_TEXT)
            canvas_restyle(c, row + i, a.col,
                           !*first  ? a.cols
                           : i == 0 ? text_width(first) + 1
                                    : 0,
                           style);
    }
    page_fini(&p);
    return n;
}

int around_cut(struct canvas *c, struct area a, const char *text)
{
    struct page p = PAGE_INIT;
    bool cut;
    int n;

    page_item(&p, "", text, a.cols, 0);
    cut = (int)p.count > a.rows;
    if (cut) {
        page_fini(&p);
        p = (struct page)PAGE_INIT;
        page_item(&p, "", text, a.cols - 2, 0);
    }
    n = (int)p.count < a.rows ? (int)p.count : a.rows;
    for (int i = 0; c && i < n; i++) {
        int used = view_page_line(c, a.row + i, a.col, a.cols, &p.lines[i], 0);
        if (cut && i + 1 == n)
            canvas_put(c, a.row + i, a.col + used, STYLE_TEXT, " …");
    }
    page_fini(&p);
    return n;
}
