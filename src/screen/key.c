/* key: names of keys, both ways, from one table. */
#include "screen/key.h"

#include <string.h>
#include <strings.h>

#include "screen/canvas.h"

/* clang-format off */
static const struct {
    const char *name;
    key_code key;
} names[] = {
    {"Enter", KEYSYM_ENTER}, {"Esc", KEYSYM_ESC}, {"Tab", KEYSYM_TAB}, {"space", ' '},
    {"Backspace", KEYSYM_BACKSPACE}, {"Up", KEYSYM_UP}, {"Down", KEYSYM_DOWN},
    {"Left", KEYSYM_LEFT}, {"Right", KEYSYM_RIGHT}, {"Home", KEYSYM_HOME}, {"End", KEYSYM_END},
    {"PgUp", KEYSYM_PGUP}, {"PgDn", KEYSYM_PGDN}, {"Shift-Tab", KEYSYM_BACKTAB},
    {"Delete", KEYSYM_DELETE}, {"Insert", KEYSYM_INSERT}, {"F1", KEYSYM_F1}, {"F2", KEYSYM_F2},
    {"F3", KEYSYM_F3}, {"F4", KEYSYM_F4}, {"F5", KEYSYM_F5}, {"F6", KEYSYM_F6},
    {"F7", KEYSYM_F7}, {"F8", KEYSYM_F8}, {"F9", KEYSYM_F9}, {"F10", KEYSYM_F10},
    {"F11", KEYSYM_F11}, {"F12", KEYSYM_F12}, {"Click", KEYSYM_CLICK}, {"Wheel", KEYSYM_WHEEL},
};
/* clang-format on */
#define NAME_COUNT (sizeof names / sizeof *names)

static key_code parse_n(const char *name, size_t n)
{
    uint32_t ch;

    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strlen(names[i].name) == n && strncasecmp(names[i].name, name, n) == 0)
            return names[i].key;
    if (n == 6 && strncasecmp(name, "Ctrl-", 5) == 0 && name[5] >= '?' && name[5] <= 'z')
        return (key_code)(name[5] & 0x1f);
    return n > 0 && text_decode(name, &ch) == n && ch >= ' ' ? ch : KEYSYM_NONE;
}

key_code key_parse(const char *name) { return parse_n(name, strlen(name)); }

const char *key_label(key_code key, char buf[16])
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (names[i].key == key)
            return names[i].name;
    if (key < 32) {
        memcpy(buf, "Ctrl-?", 7);
        buf[5] = (char)(key + '@');
    } else {
        buf[key > 0x10ffff ? 0 : text_encode(key, buf)] = '\0';
    }
    return buf;
}

static bool word_has(const char *word, size_t n, key_code key)
{
    if (n == 4 && word[1] == '.' && word[2] == '.')
        return key >= (key_code)word[0] && key <= (key_code)word[3];
    return parse_n(word, n) == key;
}

bool key_in(const char *list, key_code key)
{
    while (*list) {
        size_t n = strcspn(list, " ");
        if (n > 0 && key != KEYSYM_NONE && word_has(list, n, key))
            return true;
        list += n + (list[n] == ' ');
    }
    return false;
}
