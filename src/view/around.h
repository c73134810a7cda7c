/* around: pieces that the drive and the failure share: source around a line, facts that flow, a few
 * paragraphs. For this room alone.
 */
#ifndef VIEW_AROUND_H
#define VIEW_AROUND_H

#include "session/sources.h"
#include "view/view.h"

/* `rows` lines of a file with `line` among them, numbered, without their common indentation; the
 * line itself has a mark, and a second row when it is longer than one. */
void around_draw(struct canvas *c, struct area a, const struct source *f, int line);

/* The same with the mark at another line, or at none (0). */
void around_show(struct canvas *c, struct area a, const struct source *f, int line, int marked);

/* Facts from left to right, as many as fit a line; a fact is never broken. */
struct flow {
    struct canvas *c; /* NULL: only measured */
    struct area a;
    int row, col;
};
void flow_begin(struct flow *f, struct canvas *c, struct area a);
/* "label text" and the space behind it. `label` may be "". */
void flow_add(struct flow *f, const char *label, enum style style, const char *text);
/* Lines used so far. */
int flow_lines(const struct flow *f);

/* A paragraph of Markdown within `a` from `row` on; `first` stands before its first line. Returns
 * the lines it needs, also those that were not drawn. c NULL: only measured. */
int around_paragraph(struct canvas *c, struct area a, int row, enum style style, const char *first,
                     const char *text);

/* A plain paragraph in at most `a.rows` lines; what does not fit ends in an ellipsis. Returns the
 * lines used. c NULL: only measured. */
int around_cut(struct canvas *c, struct area a, const char *text);

#endif
