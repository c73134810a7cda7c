/* page/internal: ink, the styled text before it is broken into lines.
 */
#ifndef PAGE_INTERNAL_H
#define PAGE_INTERNAL_H

#include "page/page.h"

#define INK_GLUE 0x80 /* a blank where a line should not break */

/* Bytes of clean UTF-8 (see ink_add) and a style for each. '\n' is a line end. */
struct ink {
    struct strbuf text, styles;
    int column; /* of the line being added to */
};
#define INK_INIT                                                                                   \
    {                                                                                              \
        STRBUF_INIT, STRBUF_INIT, 0                                                                \
    }
void ink_fini(struct ink *ink);
void ink_reset(struct ink *ink);
/* Adds text with control characters and bad bytes as '?', and tabs as blanks. */
void ink_add(struct ink *ink, const char *s, size_t n, unsigned style);
void ink_adds(struct ink *ink, const char *s, unsigned style);
/* Columns of the widest word, where a code span is one word. */
int ink_widest_word(const struct ink *ink);

struct page_line *page_add(struct page *p);
/* Adds bytes from..to of the ink. */
void line_add_ink(struct page_line *l, const struct ink *ink, size_t from, size_t to);
void line_add(struct page_line *l, const char *s, enum page_style style);
void line_pad(struct page_line *l, int columns);
/* Cuts to `width` columns; where something is lost the last one is "…". */
void line_cut(struct page_line *l, int width);

/* Breaks the ink into lines with `first` in front of the first and `rest` of the others. Empty ink
 * makes one line. */
void page_wrap(struct page *p, const struct ink *ink, const struct ink *first,
               const struct ink *rest, int width);

/* Colours one line; see page_lex. */
void lex_line(struct ink *ink, const char *s, size_t n, enum page_language language, int *state);

static inline int page_clamp(int width)
{
    return width < PAGE_MIN ? PAGE_MIN : width > 1000 ? 1000 : width;
}

#endif
