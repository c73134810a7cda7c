/* help: the keys of the screen that is shown, laid out from the keys table, and scrolled.
 *
 * Invariant: s->help is true exactly while s->help_page is there, and its top is such that the last
 * line is never above the last row.
 */
#ifndef SESSION_HELP_H
#define SESSION_HELP_H

#include "page/page.h"
#include "session/session.h"

#define HELP_KEYS 19 /* columns before the words */

struct help_state {
    struct page page;
    int top;
};

void help_open(struct session *s);
void help_close(struct session *s);
/* Laid out again for the screen's new size; nothing when it is closed. */
void help_resize(struct session *s);
/* Moving keys scroll; every other key closes it. */
void help_key(struct session *s, enum key_request r);

/* Does a row before it take its first key on this screen? Then it is not shown there. */
bool key_hidden(enum key_request r, enum screen_id screen);

#endif
