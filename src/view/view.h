/* view: how each screen looks. A view reads a const session and draws on a canvas; it changes
 * nothing and remembers nothing. Screens are rows of a table in view.c.
 *
 * Common to all: row 0 is the title, row 1 a rule; the last row (two when needed) names the keys,
 * with a rule above it, where the notice line appears.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "screen/canvas.h"
#include "screen/key.h"
#include "session/session.h"

#define VIEW_MIN_ROWS 16
#define VIEW_MIN_COLS 60
#define VIEW_WIDE     120 /* panes side by side from here on */

struct view {
    enum screen_id screen;
    void (*draw)(const struct session *s, struct canvas *c);
    /* Keys whose meaning depends on what is shown, tried before the keys table; false: not
     * mine. NULL: none. */
    bool (*key)(const struct session *s, key_code key, struct message *ret);
    /* Is this request worth a place in the footer right now? NULL: all that have a label. */
    bool (*offers)(const struct session *s, enum key_request r);
};

/* The whole screen: the view on top, help over it, or the polite word when it is too small. */
void view_draw(const struct session *s, struct canvas *c);
/* What a key means now; MESSAGE_NONE when nothing. */
void view_key(const struct session *s, key_code key, struct message *ret);

/* What the mouse did, on the canvas that was drawn last; MESSAGE_NONE when nothing. A click on a spot
 * is its request, with `n`; `cols` is how far into the spot it was, `rows` how wide that is. */
struct view_mouse {
    int row, col;
    int wheel; /* -1 up, 1 down, 0: a click */
};
void view_mouse(const struct session *s, const struct canvas *c, const struct view_mouse *m,
                struct message *ret);

/* ---- for the views ---------------------------------------------------------- */

/* Rows between the title and the footer. */
struct area {
    int row, col, rows, cols;
};
/* Draws title, rules, notice and footer; returns what is left. `right` may be NULL. */
struct area view_frame(const struct session *s, struct canvas *c, const char *title,
                       const char *right);
/* The same without the rules, for what needs every row; a notice takes the place of the keys. */
struct area view_frame_tight(const struct session *s, struct canvas *c, const char *title,
                             const char *right);
void view_rule(struct canvas *c, int row);
/* A rule with a word in it. */
void view_rule_word(struct canvas *c, int row, enum style style, const char *word);
/* One line of C or Python with its colours, from column `skip` of the text on; returns columns. */
int view_code(struct canvas *c, int row, int col, int width, const char *line, bool python,
              int skip);

#endif
