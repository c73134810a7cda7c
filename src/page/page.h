/* page: Markdown, source code and small figures laid out as styled lines for a width.
 *
 * Nothing here knows a terminal: styles are meanings, widths are columns as a terminal would
 * count them, whatever the locale. Input may be any bytes: what is not UTF-8 becomes '?', control
 * characters become '?', a tab goes to the next multiple of 4. Every function appends to a page; no
 * line is wider than the width asked for (width below PAGE_MIN counts as PAGE_MIN), lanes included:
 * they are cut.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/base.h"

#define PAGE_WIDTH 76 /* what the course is written for */
#define PAGE_LINES 22 /* lines of prose on one page */
#define PAGE_MIN   8

enum page_style {
    PAGE_TEXT,
    PAGE_EMPH,
    PAGE_STRONG,
    PAGE_CODE, /* `code` in prose, and names and signs in source */
    PAGE_HEADING,
    PAGE_TABLE, /* rules between columns and under the head of a table */
    PAGE_BULLET,
    PAGE_DIM,    /* what may be overlooked: rules, labels of panes */
    PAGE_GUTTER, /* line numbers and anchors */
    PAGE_MARK,   /* the sign in front of a marked line */
    PAGE_KEYWORD,
    PAGE_STRING,
    PAGE_COMMENT,
    PAGE_NUMBER,
    PAGE_TYPE,
    PAGE_PREPROC,
    PAGE_CAREFUL, /* the words "The tutorial says", "More exactly" and their frame */
    PAGE_STYLE_COUNT
};
const char *page_style_id(enum page_style s); /* "text", "emph" ... */

struct page_span {
    char *text; /* UTF-8, never empty, no control characters */
    int columns;
    enum page_style style;
};

struct page_line {
    struct page_span *spans;
    size_t count;
    int columns; /* of all spans */
    int source;  /* code: line of the file; rosetta: of the C file; 0 otherwise or on a continuation
                  */
    bool marked; /* one of the lines to point at */
    int anchor;  /* rosetta: anchor number of this line (of its left pane), 0 = none */
    int split;   /* rosetta, side by side: where the right pane begins; else 0 */
    int partner; /* anchor of the right pane there, 0 = none */
};

/* Start with PAGE_INIT. */
struct page {
    struct page_line *lines;
    size_t count, cap;
};
#define PAGE_INIT                                                                                  \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }
void page_fini(struct page *p);

/* ---- prose ---------------------------------------------------------------------- */

enum { /* flags */
       /* For output without styles: `code` keeps its backticks, *emphasis* and **strong** their
        * stars, a heading is underlined. */
       PAGE_MARKS = 1,
};

/* Markdown as lessons use it; what they may not use is laid out as well as it goes. Blank lines
 * only between blocks, none before the first or after the last. */
void page_markdown(struct page *p, const char *text, int width, unsigned flags);
/* What in this text lessons may not use ("a link", "indented code" ...), or NULL. Lessons may use
 * paragraphs, *emphasis*, **strong**, `code`, lists with hyphens two deep, tables and level-3
 * headings. */
const char *page_forbidden(const char *text);
/* The width below which a word, a code span or a column of a table would have to be broken. */
int page_needs(const char *text);
/* One paragraph with inline marks, `first` in front of the first line and as many blanks in front
 * of the others: page_item(p, "1. ", text, …). */
void page_item(struct page *p, const char *first, const char *text, int width, unsigned flags);
/* Text as it stands in one style, cut at `width`, one line a line. */
void page_verbatim(struct page *p, const char *text, enum page_style style, int width);
void page_blank(struct page *p);
/* Replaces {{name}} by what `look_up` says; a name it does not know (NULL) stays as it stands.
 * Caller frees. */
char *page_expand(const char *text, const char *(*look_up)(void *arg, const char *name), void *arg);

/* ---- source --------------------------------------------------------------------- */

enum page_language { PAGE_C, PAGE_PYTHON, PAGE_PLAIN };
/* By the ending of a path: .c and .h, .py, anything else. */
enum page_language page_language(const char *path);

struct page_source {
    const char *text; /* lines, as in a struct region */
    enum page_language language;
    const char *label; /* shown over a pane of a rosetta; may be NULL */
    int first_line;    /* number of the first line; 0 = no line numbers */
    const int *lines;  /* number of each line, when they are not consecutive; or NULL */
    const int *tags;   /* anchor of each line; or NULL */
    int line_count;    /* length of lines and tags */
    const int *marks;  /* numbers of lines to mark */
    int mark_count;
};

/* Source with colours and line numbers; common indentation is cut off, long lines are broken
 * and continue indented under a blank gutter. */
void page_code(struct page *p, const struct page_source *s, int width);
/* Python left, C right, lines of the same anchor at the same height: in halves, or where the one needs more and the
 * other less, as they need. What is too wide for that stands one under the other. */
void page_rosetta(struct page *p, const struct page_source *left, const struct page_source *right,
                  int width);

/* One line of source as spans, for views that draw their own columns. `state` carries comments
 * and strings over line ends; start with 0. The line keeps its indentation. */
void page_lex(struct page_line *ret, const char *line, size_t n, enum page_language language,
              int *state);
void page_line_fini(struct page_line *l);

/* ---- figures -------------------------------------------------------------------- */

void page_lanes(struct page *p, const char *text, int width);
/* The box "The tutorial says / More exactly". */
void page_careful(struct page *p, const char *says, const char *exactly, int width, unsigned flags);

/* ---- widths --------------------------------------------------------------------- */

/* Columns of one line of UTF-8. */
int page_columns(const char *text);
/* Width of the widest line. */
int page_widest(const struct page *p);

/* ---- without a terminal --------------------------------------------------------- */

/* The lines as text, no blanks at line ends, every line ended by '\n'. A marked line shows its
 * sign. With `ascii`, symbols become ASCII of the same width and everything else '?'. Caller frees.
 */
char *page_plain(const struct page *p, bool ascii);

#endif
