/* key: what was pressed, as data. A code point, or a name for what has none. */
#ifndef SCREEN_KEY_H
#define SCREEN_KEY_H

#include "base/base.h"

enum { /* beyond Unicode; bytes below 32 are Ctrl-letter except the ones named here */
    KEYSYM_NONE = 0,
    KEYSYM_TAB = 9,
    KEYSYM_ENTER = 13,
    KEYSYM_ESC = 27,
    KEYSYM_BACKSPACE = 127,
    KEYSYM_UP = 0x110000,
    KEYSYM_DOWN, KEYSYM_LEFT, KEYSYM_RIGHT, KEYSYM_HOME, KEYSYM_END, KEYSYM_PGUP, KEYSYM_PGDN,
    KEYSYM_BACKTAB, KEYSYM_DELETE, KEYSYM_INSERT,
    KEYSYM_F1, KEYSYM_F2, KEYSYM_F3, KEYSYM_F4, KEYSYM_F5, KEYSYM_F6, KEYSYM_F7, KEYSYM_F8,
    KEYSYM_F9, KEYSYM_F10, KEYSYM_F11, KEYSYM_F12,
    KEYSYM_CLICK, KEYSYM_WHEEL, /* names for the help page: a mouse says more, see screen_mouse */
    KEYSYM_MOUSE,  /* not a key: ask screen_mouse */
    KEYSYM_THEME,  /* not a key: the terminal told its colours, and another theme is shown now */
    KEYSYM_RESIZE, /* not a key: the terminal has another size */
    KEYSYM_OTHER   /* something was pressed that means nothing here (an unknown sequence) */
};

typedef uint32_t key_code;

/* "Enter", "Up", "Ctrl-C", "space", "q", "é" -> key; KEYSYM_NONE when it names none. */
key_code key_parse(const char *name);
/* The name, as help shows it; static or in `buf`. */
const char *key_label(key_code key, char buf[16]);
/* Does `key` occur in a list such as "Down j" or "1..9"? */
bool key_in(const char *list, key_code key);

#endif
