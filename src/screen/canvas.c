/* canvas: cells in one array, row after row. Every write goes through cell_set, which keeps the
 * invariant that a second half (ch[0] == 0) always follows a character of width 2.
 */
#include "screen/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum style style_thread(int tid) { return tid <= 0 ? STYLE_T0 : STYLE_T1 + (tid - 1) % 7; }

/* ---- characters ------------------------------------------------------------ */

size_t text_decode(const char *text, uint32_t *ret_ch)
{
    size_t n = utf8_decode(text, strnlen(text, 4), ret_ch);

    if (n == 0)
        *ret_ch = 0;
    else if (*ret_ch == UTF8_BAD)
        *ret_ch = '?';
    return n;
}

size_t text_encode(uint32_t ch, char out[4])
{
    if (ch < 0x80) {
        out[0] = (char)ch;
        return 1;
    }
    size_t n = ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, ch >>= 6)
        out[i] = (char)(0x80 | (ch & 0x3f));
    out[0] = (char)((0xf00u >> n & 0xff) | ch);
    return n;
}

/* What our symbols become without UTF-8. */
/* clang-format off */
static const struct twin {
    uint32_t symbol;
    char ascii;
} twins[] = {
    {0x2500, '-'}, {0x2502, '|'}, {0x250c, '+'}, {0x2510, '+'}, {0x2514, '+'}, {0x2518, '+'},
    {0x251c, '+'}, {0x2524, '+'}, {0x252c, '+'}, {0x2534, '+'}, {0x253c, '+'}, {0x2550, '='},
    {0x2588, '#'}, {0x2592, '%'}, {0x2591, ':'}, {0x00b7, '.'}, {0x2022, '*'}, {0x25cf, '*'},
    {0x25cb, 'o'}, {0x25d0, '+'}, {0x25b8, '>'}, {0x25c2, '<'}, {0x25b6, '>'}, {0x25c0, '<'},
    {0x25b4, '^'}, {0x25be, 'v'}, {0x2713, 'v'}, {0x2717, 'x'}, {0x2190, '<'}, {0x2192, '>'},
    {0x2191, '^'}, {0x2193, 'v'}, {0x2026, '.'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''},
    {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'}, {0x00d7, 'x'}, {0x2264, '<'}, {0x2265, '>'},
    {0x2260, '#'}, {0x00b1, '~'}, {0x2715, 'x'}, {0x25a0, '#'}, {0x25a1, 'o'}, {0x00a0, ' '},
    {0x2581, '_'}, {0x2582, '_'}, {0x2583, '.'}, {0x2584, '-'}, {0x2585, '-'}, {0x2586, '='},
    {0x2587, '#'}, {0x258c, '#'}, {0x2590, '#'}, {0x2009, ' '}, {0x2212, '-'}, {0x26a0, '!'},
};
/* clang-format on */

static char twin_of(uint32_t ch)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].symbol == ch)
            return twins[i].ascii;
    return 0;
}

/* What is drawn for `ch`, and how wide it is. Marks give 0. */
static int shown(bool ascii, uint32_t *ch)
{
    int width = utf8_columns(*ch);

    if (width < 0) {
        *ch = '?';
        return 1;
    }
    if (ascii && *ch >= 0x80 && width > 0)
        *ch = twin_of(*ch) ? (unsigned char)twin_of(*ch) : '?';
    return width;
}

int text_width(const char *text)
{
    int width = 0;
    uint32_t ch;

    for (size_t n; (n = text_decode(text, &ch)) > 0 && ch != '\n'; text += n)
        width += ch == '\t' ? 4 - width % 4 : shown(false, &ch);
    return width;
}

size_t text_fit(const char *text, int width)
{
    size_t used = 0, n;
    int col = 0;
    uint32_t ch;

    for (; (n = text_decode(text + used, &ch)) > 0 && ch != '\n'; used += n) {
        int w = ch == '\t' ? 4 - col % 4 : shown(false, &ch);
        if (col + w > width)
            break;
        col += w;
    }
    return used;
}

/* ---- the grid -------------------------------------------------------------- */

static const struct cell blank = {.ch = {' '}};

void canvas_init(struct canvas *c, int rows, int cols)
{
    *c = (struct canvas){.cursor_row = -1, .cursor_col = -1};
    canvas_resize(c, rows, cols);
}

void canvas_fini(struct canvas *c)
{
    free(c->spots);
    c->spots = NULL;
    c->spot_count = c->spot_cap = 0;
    free(c->cells);
    c->cells = NULL;
    c->rows = c->cols = 0;
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
    c->rows = rows < 1 ? 1 : rows;
    c->cols = cols < 1 ? 1 : cols;
    c->cells = xrealloc(c->cells, (size_t)c->rows * (size_t)c->cols * sizeof *c->cells);
    canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
    c->spot_count = 0;
    for (int i = 0; i < c->rows * c->cols; i++)
        c->cells[i] = blank;
    c->cursor_row = c->cursor_col = -1;
}

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
    if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
        return NULL;
    return &c->cells[row * c->cols + col];
}

const struct cell *canvas_at(const struct canvas *c, int row, int col)
{
    return cell_at(c, row, col);
}

/* A half that lost its other half becomes a blank. */
static void cell_part(const struct canvas *c, int row, int col)
{
    struct cell *here = cell_at(c, row, col), *next = cell_at(c, row, col + 1), *prev;

    if (!here)
        return;
    if (here->ch[0] == 0 && (prev = cell_at(c, row, col - 1)))
        memcpy(prev->ch, blank.ch, sizeof prev->ch);
    if (next && next->ch[0] == 0)
        memcpy(next->ch, blank.ch, sizeof next->ch);
}

/* A wide character that does not fit as a whole leaves a blank where it is cut. */
static void cell_set(struct canvas *c, int row, int col, int width, enum style style, uint32_t ch)
{
    struct cell *first = cell_at(c, row, col),
                *second = width == 2 ? cell_at(c, row, col + 1) : NULL;

    cell_part(c, row, col);
    if (width == 2)
        cell_part(c, row, col + 1);
    if (width == 2 && (!first || !second))
        ch = ' ';
    if (first)
        *first = (struct cell){.ch = {ch}, .style = (uint8_t)style};
    if (second) /* "?" and " " are not wide: they stand twice */
        *second = (struct cell){.ch = {ch < 0x80 ? ch : 0}, .style = (uint8_t)style};
}

static void cell_mark(struct canvas *c, int row, int col, uint32_t mark)
{
    struct cell *cell = cell_at(c, row, col);

    if (cell && cell->ch[0] == 0)
        cell = cell_at(c, row, col - 1);
    for (int i = 1; cell && !c->ascii && i <= CELL_MARKS; i++)
        if (cell->ch[i] == 0) {
            cell->ch[i] = mark;
            return;
        }
}

/* ---- writing --------------------------------------------------------------- */

int canvas_putn(struct canvas *c, int row, int col, enum style style, const char *text, size_t len)
{
    int at = 0;
    uint32_t ch;

    for (size_t used = 0, n; used < len && (n = text_decode(text + used, &ch)) > 0; used += n) {
        if (ch == '\n')
            break;
        if (ch == '\t') {
            for (int stop = at + 4 - at % 4; at < stop; at++)
                cell_set(c, row, col + at, 1, style, ' ');
            continue;
        }
        int width = shown(c->ascii, &ch);
        if (width == 0)
            cell_mark(c, row, col + at - 1, ch);
        else
            cell_set(c, row, col + at, width, style, ch);
        at += width;
    }
    return at;
}

int canvas_put(struct canvas *c, int row, int col, enum style style, const char *text)
{
    return canvas_putn(c, row, col, style, text, strlen(text));
}

int canvas_put_fit(struct canvas *c, int row, int col, int width, enum style style,
                   const char *text)
{
    if (width <= 0)
        return 0;
    size_t fits = text_fit(text, width);
    if (text[fits] == '\0' || text[fits] == '\n')
        return canvas_putn(c, row, col, style, text, fits);
    int used = canvas_putn(c, row, col, style, text, text_fit(text, width - 1));
    return used + canvas_put(c, row, col + used, style, "…");
}

int canvas_put_right(struct canvas *c, int row, int col, int width, enum style style,
                     const char *text)
{
    int need = text_width(text);

    return canvas_put_fit(c, row, need < width ? col + width - need : col, width, style, text);
}

int canvas_printf(struct canvas *c, int row, int col, enum style style, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    int width = canvas_put(c, row, col, style, b.s);
    strbuf_fini(&b);
    return width;
}

void canvas_repeat(struct canvas *c, int row, int col, int width, enum style style, const char *ch)
{
    int step = text_width(ch);

    for (int at = 0; step > 0 && at + step <= width && col + at < c->cols; at += step)
        canvas_put(c, row, col + at, style, ch);
}

void canvas_vline(struct canvas *c, int row, int col, int height, enum style style, const char *ch)
{
    for (int i = 0; i < height && row + i < c->rows; i++)
        canvas_put(c, row + i, col, style, ch);
}

void canvas_select(struct canvas *c, int row, int col, int width)
{
    for (int i = 0; i < width && col + i < c->cols; i++) {
        struct cell *cell = cell_at(c, row, col + i);
        if (cell)
            cell->selected = true;
    }
}

void canvas_restyle(struct canvas *c, int row, int col, int width, enum style style)
{
    for (int i = 0; i < width && col + i < c->cols; i++) {
        struct cell *cell = cell_at(c, row, col + i);
        if (cell)
            cell->style = (uint8_t)style;
    }
}

/* ---- reading --------------------------------------------------------------- */

static void text_of_row(const struct canvas *c, int row, struct strbuf *out)
{
    size_t kept = out->len;

    for (int col = 0; col < c->cols; col++) {
        const struct cell *cell = cell_at(c, row, col);
        for (int i = 0; i <= CELL_MARKS && cell->ch[i]; i++) {
            char bytes[4];
            strbuf_add(out, bytes, text_encode(cell->ch[i], bytes));
        }
        if (cell->ch[0] != ' ' || cell->ch[1])
            kept = out->len;
    }
    if (out->len > kept) { /* blanks at the end say nothing */
        out->len = kept;
        out->s[kept] = '\0';
    }
    strbuf_addc(out, '\n');
}

void canvas_spot(struct canvas *c, int row, int col, int rows, int cols, int what, long n)
{
    ARRAY_GROW(c->spots, c->spot_count, c->spot_cap);
    c->spots[c->spot_count++] = (struct canvas_spot){row, col, rows, cols, what, n};
}

const struct canvas_spot *canvas_spot_at(const struct canvas *c, int row, int col)
{
    for (size_t i = c->spot_count; i-- > 0;) {
        const struct canvas_spot *s = &c->spots[i];
        if (row >= s->row && row < s->row + s->rows && col >= s->col && col < s->col + s->cols)
            return s;
    }
    return NULL;
}

char *canvas_text(const struct canvas *c)
{
    struct strbuf out = STRBUF_INIT;

    for (int row = 0; row < c->rows; row++)
        text_of_row(c, row, &out);
    return strbuf_take(&out);
}
