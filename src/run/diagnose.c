/* diagnose: what a compiler said, made safe to show, and its first error. */
#include "run/inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- cleaning -------------------------------------------------------------- */

/* Bytes of an escape sequence: ESC [ ... letter, ESC ] ... BEL or ESC \, or ESC and one more. */
static size_t escape_length(const char *s, size_t n)
{
    size_t i = 2;
    if (n < 2)
        return n;
    if (s[1] == '[') {
        while (i < n && !(s[i] >= '@' && s[i] <= '~'))
            i++;
        return i < n ? i + 1 : n;
    }
    if (s[1] == ']') {
        while (i < n && s[i] != '\a' && s[i] != '\033' && s[i] != '\n')
            i++;
        return i < n && s[i] == '\033' ? i + 2 > n ? n : i + 2 : i < n ? i + 1 : n;
    }
    return 2;
}

/* Length of the character at s, 0 when it is none. */
static size_t utf8_length(const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    size_t len = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    return len <= n && utf8_valid(s, len) ? len : 0;
}

/* C1 controls and the marks that reorder text are as bad as escapes. */
static bool hidden(const char *s, size_t len)
{
    unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1];
    if (len == 2)
        return a == 0xc2 && b < 0xa0;
    if (len != 3 || a != 0xe2)
        return false;
    unsigned char c = (unsigned char)s[2];
    return (b == 0x80 && ((c >= 0x8e && c <= 0x8f) || (c >= 0xaa && c <= 0xae))) ||
           (b == 0x81 && c >= 0xa6 && c <= 0xa9);
}

char *diagnose_clean(const char *bytes, size_t n, size_t cap)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n && b.len < cap;) {
        size_t len = utf8_length(bytes + i, n - i);
        if (bytes[i] == '\033') {
            i += escape_length(bytes + i, n - i);
            continue;
        }
        bool control = len == 1 && bytes[i] != '\n' && bytes[i] != '\t' &&
                       (iscntrl((unsigned char)bytes[i]) || bytes[i] == 0x7f);
        if (len == 0)
            strbuf_addc(&b, '?');
        else if (!control && !(len > 1 && hidden(bytes + i, len)))
            strbuf_add(&b, bytes + i, len);
        i += len ? len : 1;
    }
    if (b.len >= cap)
        strbuf_adds(&b, "\n[...]\n");
    return strbuf_take(&b);
}

/* ---- the first error --------------------------------------------------------- */

static bool take_number(const char **at, int *ret)
{
    char *end;
    if (!isdigit((unsigned char)**at))
        return false;
    long v = strtol(*at, &end, 10);
    *ret = v > 0 && v < 100000000 ? (int)v : 0;
    *at = end;
    return true;
}

/* "file:line:column: error: message" or "fatal error:"; the file's name may hold colons. */
static bool parse_line(const char *line, size_t n, struct diagnosis *d)
{
    static const char *const words[] = {": fatal error: ", ": error: "};
    for (size_t w = 0; w < 2; w++) {
        const char *hit = memmem(line, n, words[w], strlen(words[w]));
        if (!hit)
            continue;
        const char *message = hit + strlen(words[w]);
        d->message = xstrndup(message, n - (size_t)(message - line));
        const char *p = hit;
        int numbers = 0;
        while (p > line && numbers < 2 && isdigit((unsigned char)p[-1])) {
            while (p > line && isdigit((unsigned char)p[-1]))
                p--;
            if (p == line || p[-1] != ':')
                break;
            numbers++;
            const char *at = p--;
            take_number(&at, &d->line);
        }
        d->file = xstrndup(line, (size_t)(p - line));
        return true;
    }
    return false;
}

/* gcc ends some messages with the switch that asked for them. */
static void drop_switch(char *message)
{
    char *at = strstr(message, " [-W");
    if (at)
        *at = '\0';
}

struct diagnosis diagnose_first_error(const char *output)
{
    struct diagnosis d = {0};
    for (const char *line = output; *line;) {
        size_t n = strcspn(line, "\n");
        if (parse_line(line, n, &d)) {
            drop_switch(d.message);
            break;
        }
        line += n + (line[n] == '\n');
    }
    return d;
}
