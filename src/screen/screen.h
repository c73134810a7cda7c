/* screen: the terminal. The only room that touches curses.
 *
 * A canvas is built somewhere else; screen_show brings the terminal to that state and sends
 * only what differs. Nothing here waits: screen_key returns KEYSYM_NONE when nothing was typed.
 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "screen/canvas.h"
#include "screen/key.h"

/* Where the mouse was, for KEYSYM_MOUSE. */
struct screen_mouse {
    int row, col;
    enum { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN } what;
};

enum theme { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_MONO };
/* "dark", "light", "mono", "auto". False when it names none. */
bool theme_parse(const char *name, enum theme *out);

/* Sets LC_CTYPE from the environment (once, before any canvas is drawn). True for UTF-8; false
 * also when THREADMILL_ASCII is set. A UTF-8 locale that is not installed counts as C.UTF-8. */
bool screen_locale(void);

/* What the terminal of stdin and stdout can do, without taking it over. */
struct screen_facts {
    bool terminal;     /* it is one */
    const char *name;  /* $TERM, or "" */
    char problem[160]; /* why screens cannot be shown on it; "" */
    int rows, cols, colours;
    bool utf8;
};
void screen_examine(struct screen_facts *ret);

struct screen;
/* Takes over the terminal of stdin and stdout. NULL with `e` when it is none, or TERM is
 * unknown. THEME_AUTO asks $THREADMILL_THEME, then NO_COLOR, then the terminal's COLORFGBG, then the
 * terminal itself: should it answer that its background is light, the theme changes (KEYSYM_THEME).
 * NO_COLOR (not empty) and terminals without colours make it mono; a locale that is not UTF-8 makes
 * it ascii. The mouse is used unless $THREADMILL_MOUSE is "off"; over SSH only if it is "on", for
 * there the terminal's own selection is often the one way to copy. */
struct screen *screen_open(enum theme theme, struct err *e);
/* Gives the terminal back as it was. NULL is fine; twice is fine. */
void screen_close(struct screen *s);

bool screen_ascii(const struct screen *s);
void screen_size(const struct screen *s, int *ret_rows, int *ret_cols);
/* Asks the terminal for its size again (after SIGWINCH). True when it changed. */
bool screen_resized(struct screen *s);

/* The next key typed, KEYSYM_NONE when there is none now. Waits at most 25 ms, after an Esc that
 * may be the start of a longer sequence. */
key_code screen_key(struct screen *s);
/* Was the key that screen_key told of pasted? What a terminal sends and nobody knows is one
 * KEYSYM_OTHER, see escape.h. */
bool screen_pasting(const struct screen *s);
/* What the mouse did, after KEYSYM_MOUSE. */
void screen_mouse(const struct screen *s, struct screen_mouse *out);
/* Takes the mouse, or leaves it to the terminal. True when it is taken now: not every terminal has
 * one. */
bool screen_use_mouse(struct screen *s, bool on);
bool screen_uses_mouse(const struct screen *s);
/* True when the terminal is gone (closed window, lost connection). */
bool screen_lost(const struct screen *s);

void screen_show(struct screen *s, const struct canvas *c);
/* The next screen_show repaints all. */
void screen_repaint(struct screen *s);
/* Lends the terminal to another program, and takes it back. */
void screen_suspend(struct screen *s);
void screen_resume(struct screen *s);
/* Puts text on the terminal's clipboard (OSC 52). */
void screen_copy(struct screen *s, const char *text);
void screen_bell(struct screen *s);

#endif
