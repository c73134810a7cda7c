/* canvas: a grid of styled cells that views draw on. No terminal is involved.
 *
 * Positions are (row, column) from 0. Everything is clipped: drawing outside the grid, or with
 * negative positions, is harmless. A wide character takes two cells (the second is empty and
 * belongs to the first); a combining mark joins the cell before it; overwriting one half of a
 * wide character blanks the other. Control characters are shown as '?', so nothing that is
 * drawn can move the cursor. With `ascii` set every symbol of ours has an ASCII twin of the same
 * width and all other characters become '?'.
 */
#ifndef SCREEN_CANVAS_H
#define SCREEN_CANVAS_H

#include "base/base.h"

/* Styles are meanings; style.def gives each its colours per theme. */
enum style {
#define S(name, ...) STYLE_##name,
#include "screen/style.def"
#undef S
    STYLE_COUNT
};
/* Threads keep their colour everywhere; 0 is main. */
enum style style_thread(int tid);
/* How a meaning looks, from style.def. */
struct style_look {
    const char *name;
    short dark, light;     /* of 256 colours; -1 = the terminal's own */
    short dark16, light16; /* of 8 or 16 */
    const char *attributes;
};
const struct style_look *style_look(enum style st);

#define CELL_MARKS 3 /* combining marks kept */

struct cell {
    uint32_t ch[1 + CELL_MARKS]; /* base, then marks; unused are 0. ch[0] == 0: second half */
    uint8_t style;               /* enum style */
    bool selected;               /* shown reversed, whatever the style */
};

/* A part of the screen that means something when it is clicked. */
struct canvas_spot {
    int row, col, rows, cols;
    int what; /* the drawer's business */
    long n;
};

struct canvas {
    int rows, cols;
    bool ascii;
    int cursor_row, cursor_col; /* where typing goes; -1 = no cursor */
    struct cell *cells;
    struct canvas_spot *spots; /* until the next canvas_clear */
    size_t spot_count, spot_cap;
};

void canvas_init(struct canvas *c, int rows, int cols);
void canvas_fini(struct canvas *c);
/* Changes the size and clears. Sizes below 1 count as 1. */
void canvas_resize(struct canvas *c, int rows, int cols);
void canvas_clear(struct canvas *c);
/* NULL outside the grid. */
const struct cell *canvas_at(const struct canvas *c, int row, int col);

/* Writes one line of UTF-8 (bytes that are not UTF-8 become '?'; stops at '\n'). Returns the
 * columns it takes, also where clipped. A tab counts to the next multiple of 4 from `col`. */
int canvas_put(struct canvas *c, int row, int col, enum style style, const char *text);
/* The same for the first `n` bytes. */
int canvas_putn(struct canvas *c, int row, int col, enum style style, const char *text, size_t n);
/* Within `width` columns: what is too long ends in "…". Returns the columns taken, <= width. */
int canvas_put_fit(struct canvas *c, int row, int col, int width, enum style style,
                   const char *text);
/* The same, ending at column col + width. */
int canvas_put_right(struct canvas *c, int row, int col, int width, enum style style,
                     const char *text);
int canvas_printf(struct canvas *c, int row, int col, enum style style, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* One character `width` times. */
void canvas_repeat(struct canvas *c, int row, int col, int width, enum style style, const char *ch);
void canvas_vline(struct canvas *c, int row, int col, int height, enum style style, const char *ch);
/* Paints a part of a row as selected, or gives it another style, keeping the text. */
void canvas_select(struct canvas *c, int row, int col, int width);
void canvas_restyle(struct canvas *c, int row, int col, int width, enum style style);

/* Marks a part for the mouse. `what` > 0. */
void canvas_spot(struct canvas *c, int row, int col, int rows, int cols, int what, long n);
/* The spot at a place, the newest first; NULL: nothing is there. */
const struct canvas_spot *canvas_spot_at(const struct canvas *c, int row, int col);

/* The screen as text: one line a row, no blanks at the end of lines. Caller frees. */
char *canvas_text(const struct canvas *c);

/* The screen as a picture (SVG) for pages: its colours follow the reader's light or dark scheme. Caller
 * frees. */
char *canvas_svg(const struct canvas *c);

/* ---- text that has no canvas ------------------------------------------- */

/* Columns of a text as canvas_put would draw it at column 0. */
int text_width(const char *text);
/* Bytes of the longest start of `text` that takes at most `width` columns. */
size_t text_fit(const char *text, int width);
/* Decodes one code point; returns bytes used (1 and '?' for what is not UTF-8), 0 at the end. */
size_t text_decode(const char *text, uint32_t *ret_ch);
/* Writes a code point as UTF-8 (at most 4 bytes, no NUL); returns bytes. */
size_t text_encode(uint32_t ch, char out[4]);

#endif
