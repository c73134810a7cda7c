/* escape: see escape.h. A control character is in no sequence: it ends one that was cut off, so
 * that Ctrl-C always comes through. */
#include "screen/escape.h"

#include <string.h>

#define BEL 7
#define ESC 27

static bool begin(struct escape *e, int state, int left)
{
    bool pasting = e->pasting;

    *e = (struct escape){.state = state, .left = left, .pasting = pasting};
    return true;
}

bool escape_begins(struct escape *e, int byte)
{
    switch (byte) {
    case '[': return begin(e, ESCAPE_CSI, 0);
    case 'O': return begin(e, ESCAPE_BYTES, 1);
    case ']': /* OSC, DCS, APC, PM, SOS */
    case 'P':
    case '_':
    case '^':
    case 'X': return begin(e, ESCAPE_STRING, 0);
    default: return false;
    }
}

static enum escape_says end(struct escape *e, enum escape_says says)
{
    e->state = ESCAPE_NONE;
    return says;
}

static enum escape_says last_of_csi(struct escape *e, int byte)
{
    if (byte == '~' && (strcmp(e->params, "200") == 0 || strcmp(e->params, "201") == 0))
        e->pasting = e->params[2] == '0';
    if (byte == 'M' && !e->params[0]) /* the oldest report of a mouse: button, column, row */
        begin(e, ESCAPE_BYTES, 3);
    else if (byte == '[' && !e->params[0]) /* Linux's F1 to F5 */
        begin(e, ESCAPE_BYTES, 1);
    else
        return end(e, ESCAPE_OVER);
    return ESCAPE_MORE;
}

static enum escape_says take_csi(struct escape *e, int byte)
{
    size_t n = strlen(e->params);

    if (byte >= 0x40 && byte <= 0x7e)
        return last_of_csi(e, byte);
    if (byte > 0x7e)
        return end(e, ESCAPE_KEY);
    if (n + 1 < sizeof e->params)
        e->params[n] = (char)byte;
    return ESCAPE_MORE;
}

/* Its end is BEL, or Esc and a backslash. */
static enum escape_says take_string(struct escape *e, int byte)
{
    if (e->state == ESCAPE_STRING_ESC)
        return end(e, byte == '\\' ? ESCAPE_OVER : ESCAPE_KEY);
    if (byte == ESC)
        e->state = ESCAPE_STRING_ESC;
    else if (byte < ' ')
        return end(e, byte == BEL ? ESCAPE_OVER : ESCAPE_KEY);
    return ESCAPE_MORE;
}

enum escape_says escape_take(struct escape *e, int byte)
{
    if (e->state == ESCAPE_STRING || e->state == ESCAPE_STRING_ESC)
        return take_string(e, byte);
    if (byte < ' ')
        return end(e, ESCAPE_KEY);
    if (e->state == ESCAPE_CSI)
        return take_csi(e, byte);
    return --e->left > 0 ? ESCAPE_MORE : end(e, ESCAPE_OVER);
}
