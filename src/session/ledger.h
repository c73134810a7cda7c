/* ledger: how far the learner is, as lines to read: for the progress screen and for the command
 * line.
 *
 * Marks and words carry the meaning; nothing is said by colour.
 */
#ifndef SESSION_LEDGER_H
#define SESSION_LEDGER_H

#include "course/course.h"
#include "page/page.h"
#include "session/progress.h"

struct session;

struct ledger {
    const struct course *course;
    const struct progress *progress;
    const char *workspace; /* root; "" when there is none */
    long day;              /* today, see recall.h */
};

/* Lesson by lesson: steps done, exercises passed. */
void ledger_lessons(struct page *p, const struct ledger *in, int width);
/* Recall cards, the inventory before and after, the beliefs that were met. */
void ledger_beliefs(struct page *p, const struct ledger *in, int width);
/* "4 cards are due" and the like. Caller frees. */
char *ledger_cards(const struct ledger *in);

/* ---- the progress screen ------------------------------------------------------ */

struct ledger_state {
    struct page left, right; /* `right` is empty on a narrow screen: all is in `left` */
    int top;                 /* first line shown of both */
};
/* Columns of the left side, on a wide screen. */
int ledger_left_cols(const struct session *s);

#endif
