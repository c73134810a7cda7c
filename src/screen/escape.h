/* escape: sequences of the terminal that curses does not know.
 *
 * A terminal sends more than TERM says: keys with Ctrl or Alt held, function keys of another make,
 * answers nobody asked for, pasted text in brackets. Taken letter by letter each would begin with
 * an Esc, which leaves the screen, and go on with keys. Here their end is found by the grammar all
 * of them share (ECMA-48, 5.4 and 5.6; xterm's control sequences for pasting), so that each counts
 * as one key that means nothing.
 */
#ifndef SCREEN_ESCAPE_H
#define SCREEN_ESCAPE_H

#include <stdbool.h>

struct escape {
    enum { ESCAPE_NONE, ESCAPE_CSI, ESCAPE_BYTES, ESCAPE_STRING, ESCAPE_STRING_ESC } state;
    int left;       /* of ESCAPE_BYTES */
    char params[8]; /* of a CSI, its first bytes */
    bool pasting;   /* what comes was pasted, not typed */
};

/* The byte that came at once after an Esc: does it begin a sequence? */
bool escape_begins(struct escape *e, int byte);

enum escape_says {
    ESCAPE_MORE, /* taken, and there is more to come */
    ESCAPE_OVER, /* taken, and that was the last one */
    ESCAPE_KEY   /* not of the sequence, which ends here: a key of its own */
};
/* The next byte while `state` is not ESCAPE_NONE. */
enum escape_says escape_take(struct escape *e, int byte);

#endif
