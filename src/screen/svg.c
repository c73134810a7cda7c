/* svg: a canvas as a picture, in both themes: the reader's scheme chooses. Text is placed run by run
 * and forced to its columns, so no font can break them; lines and blocks are drawn, so that they meet.
 */
#include <stdlib.h>
#include <string.h>

#include "screen/canvas.h"

#define CELL_W 8
#define CELL_H 17
#define BASE   13 /* of the letters, below the top of a cell */
#define EDGE   10

static const struct style_look looks[STYLE_COUNT] = {
#define S(name, d, l, d16, l16, a) {#name, d, l, d16, l16, #a},
#include "screen/style.def"
#undef S
};

const struct style_look *style_look(enum style st) { return &looks[st]; }

/* ---- colours ----------------------------------------------------------- */

/* xterm's 256 colours: a cube of six steps from 16 on, greys from 232 on. */
static unsigned rgb_of(int colour)
{
    static const unsigned steps[] = {0, 95, 135, 175, 215, 255};

    if (colour >= 232) {
        unsigned grey = 8 + 10 * (unsigned)(colour - 232);
        return grey << 16 | grey << 8 | grey;
    }
    colour -= 16;
    return steps[colour / 36 % 6] << 16 | steps[colour / 6 % 6] << 8 | steps[colour % 6];
}

static void add_theme(struct strbuf *b, bool light)
{
    strbuf_addf(b, ".b{fill:%s}text,.s{fill:%s}\n", light ? "#ffffff" : "#1c1c1c",
                light ? "#1c1c1c" : "#d0d0d0");
    for (int i = 0; i < STYLE_COUNT; i++) {
        int colour = light ? looks[i].light : looks[i].dark;
        if (colour >= 16)
            strbuf_addf(b, ".c%d{fill:#%06x}", i, rgb_of(colour));
    }
    strbuf_addf(b, "\n.v{fill:%s}\n", light ? "#ffffff" : "#1c1c1c");
}

static void add_styles(struct strbuf *b)
{
    strbuf_adds(b, "<style>\ntext{font:13.3px ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,"
                   "monospace;white-space:pre}\n");
    add_theme(b, false);
    for (int i = 0; i < STYLE_COUNT; i++)
        if (strchr(looks[i].attributes, 'B'))
            strbuf_addf(b, ".c%d{font-weight:bold}", i);
    strbuf_adds(b, "\n@media (prefers-color-scheme:light){\n");
    add_theme(b, true);
    strbuf_adds(b, "}\n</style>\n");
}

/* ---- cells ------------------------------------------------------------- */

static void add_char(struct strbuf *b, uint32_t ch)
{
    char bytes[5] = {0};

    switch (ch) {
    case '&': strbuf_adds(b, "&amp;"); break;
    case '<': strbuf_adds(b, "&lt;"); break;
    case '>': strbuf_adds(b, "&gt;"); break;
    default: text_encode(ch, bytes); strbuf_adds(b, bytes);
    }
}

static void add_rect(struct strbuf *b, const char *class, int style, double x, double y, double w,
                     double h, double opacity)
{
    strbuf_addf(b, "<rect class=\"%s", class);
    if (style >= 0)
        strbuf_addf(b, " c%d", style);
    strbuf_addf(b, "\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"", x, y, w, h);
    if (opacity < 1)
        strbuf_addf(b, " opacity=\"%g\"", opacity);
    strbuf_adds(b, "/>\n");
}

static bool is_drawn(uint32_t ch)
{
    return ch == 0x2500 || ch == 0x2502 || ch == 0x2588 || ch == 0x2592 || ch == 0x2591;
}

/* Lines and blocks over `cols` cells. */
static void add_drawn(struct strbuf *b, const struct cell *cell, int row, int col, int cols)
{
    double x = EDGE + col * CELL_W, y = EDGE + row * CELL_H, w = cols * CELL_W;

    switch (cell->ch[0]) {
    case 0x2500: add_rect(b, "s", cell->style, x, y + CELL_H / 2, w, 1, 1); break;
    case 0x2502: add_rect(b, "s", cell->style, x + CELL_W / 2, y, 1, CELL_H, 1); break;
    case 0x2588: add_rect(b, "s", cell->style, x, y + 1, w, CELL_H - 2, 1); break;
    case 0x2592: add_rect(b, "s", cell->style, x, y + 1, w, CELL_H - 2, 0.55); break;
    default: add_rect(b, "s", cell->style, x, y + 1, w, CELL_H - 2, 0.25);
    }
}

static bool is_blank(const struct cell *cell) { return cell->ch[0] == ' '; }

/* Cells that look alike from `col` on. Blanks belong to the words around them. */
static int run_of(const struct canvas *c, int row, int col)
{
    const struct cell *first = canvas_at(c, row, col);
    int n = 1;

    for (; col + n < c->cols; n++) {
        const struct cell *cell = canvas_at(c, row, col + n);
        bool drawn = is_drawn(first->ch[0]);
        if (cell->selected != first->selected || cell->style != first->style ||
            is_drawn(cell->ch[0]) != drawn || (drawn && cell->ch[0] != first->ch[0]))
            break;
        if (drawn && cell->ch[0] == 0x2502)
            break;
    }
    return n;
}

static void add_text(struct strbuf *b, const struct canvas *c, int row, int col, int n)
{
    const struct cell *first = canvas_at(c, row, col);

    while (n > 0 && is_blank(canvas_at(c, row, col + n - 1)))
        n--;
    while (n > 0 && is_blank(canvas_at(c, row, col))) {
        col++;
        n--;
    }
    if (n == 0)
        return;
    strbuf_addf(b, "<text class=\"c%d%s\" x=\"%d\" y=\"%d\" textLength=\"%d\">", first->style,
                first->selected ? " v" : "", EDGE + col * CELL_W, EDGE + row * CELL_H + BASE,
                n * CELL_W);
    for (int i = 0; i < n; i++) {
        const struct cell *cell = canvas_at(c, row, col + i);
        for (int k = 0; k <= CELL_MARKS && cell->ch[k]; k++)
            add_char(b, cell->ch[k]);
    }
    strbuf_adds(b, "</text>\n");
}

static void add_row(struct strbuf *b, const struct canvas *c, int row)
{
    for (int col = 0, n; col < c->cols; col += n) {
        const struct cell *cell = canvas_at(c, row, col);
        n = run_of(c, row, col);
        if (cell->selected)
            add_rect(b, "s", -1, EDGE + col * CELL_W, EDGE + row * CELL_H, n * CELL_W, CELL_H, 1);
        if (is_drawn(cell->ch[0]))
            add_drawn(b, cell, row, col, n);
        else
            add_text(b, c, row, col, n);
    }
}

char *canvas_svg(const struct canvas *c)
{
    int width = c->cols * CELL_W + 2 * EDGE, height = c->rows * CELL_H + 2 * EDGE;
    struct strbuf b = STRBUF_INIT;

    strbuf_addf(&b,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                "height=\"%d\">\n",
                width, height, width, height);
    add_styles(&b);
    strbuf_addf(&b, "<rect class=\"b\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", width, height);
    for (int row = 0; row < c->rows; row++)
        add_row(&b, c, row);
    strbuf_adds(&b, "</svg>\n");
    return strbuf_take(&b);
}
