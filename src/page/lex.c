/* lex: colours of C and Python, a line at a time.
 *
 * Not a parser: a reader's eye. It never fails; what it does not know is plain code. State carried
 * over a line end is 0, or the kind of comment or string that is still open.
 */
#include "page/internal.h"

#include <ctype.h>
#include <string.h>

enum { OPEN_NOTHING, OPEN_COMMENT, OPEN_SINGLE, OPEN_DOUBLE };

struct lexer {
    struct ink *ink;
    const char *s;
    size_t n, at;
    enum page_language language;
    int *state;
};

/* ---- words ---------------------------------------------------------------------- */

/* clang-format off */
static const char c_keywords[] =
    " break case const continue default do else enum extern for goto if inline register restrict return sizeof "
    "static struct switch typedef union volatile while _Atomic _Thread_local _Static_assert true false NULL ";
static const char c_types[] =
    " void char short int long float double signed unsigned bool _Bool FILE ";
static const char python_keywords[] =
    " False None True and as assert async await break class continue def del elif else except finally for from "
    "global if import in is lambda nonlocal not or pass raise return try while with yield ";
/* clang-format on */

static bool word_in(const char *list, const char *s, size_t n)
{
    for (const char *at = list; (at = memmem(at, strlen(at), s, n)); at++)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

static enum page_style word_style(const struct lexer *x, const char *s, size_t n)
{
    if (x->language == PAGE_PYTHON)
        return word_in(python_keywords, s, n) ? PAGE_KEYWORD : PAGE_CODE;
    if (word_in(c_keywords, s, n))
        return PAGE_KEYWORD;
    bool type = word_in(c_types, s, n) || (n > 2 && memcmp(s + n - 2, "_t", 2) == 0);
    return type ? PAGE_TYPE : PAGE_CODE;
}

static bool word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* ---- pieces --------------------------------------------------------------------- */

static void take(struct lexer *x, size_t to, enum page_style style)
{
    ink_add(x->ink, x->s + x->at, to - x->at, style);
    x->at = to;
}

static bool sees(const struct lexer *x, const char *what)
{
    size_t n = strlen(what);
    return x->n - x->at >= n && memcmp(x->s + x->at, what, n) == 0;
}

/* Up to and with `end`, or to the end of the line: then it stays open. */
static void take_open(struct lexer *x, size_t skip, const char *end, int open,
                      enum page_style style)
{
    const char *from = x->s + x->at + skip, *stop = x->s + x->n;
    const char *found = from <= stop ? memmem(from, (size_t)(stop - from), end, strlen(end)) : NULL;
    *x->state = found ? OPEN_NOTHING : open;
    take(x, found ? (size_t)(found - x->s) + strlen(end) : x->n, style);
}

static void take_string(struct lexer *x)
{
    char quote = x->s[x->at];
    size_t i = x->at + 1;
    while (i < x->n && x->s[i] != quote)
        i += x->s[i] == '\\' && i + 1 < x->n ? 2 : 1;
    take(x, i < x->n ? i + 1 : x->n, PAGE_STRING);
}

static void take_word(struct lexer *x)
{
    size_t i = x->at;
    while (i < x->n && word_char(x->s[i]))
        i++;
    take(x, i, word_style(x, x->s + x->at, i - x->at));
}

static void take_number(struct lexer *x)
{
    size_t i = x->at;
    while (i < x->n && (word_char(x->s[i]) || x->s[i] == '.'))
        i++;
    take(x, i, PAGE_NUMBER);
}

static bool is_blank_before(const struct lexer *x)
{
    for (size_t i = 0; i < x->at; i++)
        if (x->s[i] != ' ' && x->s[i] != '\t')
            return false;
    return true;
}

/* #include <x.h> as a whole, other directives up to their first word. */
static void take_directive(struct lexer *x)
{
    size_t i = x->at + 1;
    while (i < x->n && x->s[i] == ' ')
        i++;
    bool include = x->n - i > 7 && memcmp(x->s + i, "include", 7) == 0;
    while (i < x->n && word_char(x->s[i]))
        i++;
    take(x, i, PAGE_PREPROC);
    const char *close = include ? memchr(x->s + i, '>', x->n - i) : NULL;
    if (close && memchr(x->s + i, '<', (size_t)(close - x->s) - i))
        take(x, (size_t)(close - x->s) + 1, PAGE_STRING);
}

static void take_decorator(struct lexer *x)
{
    size_t i = x->at + 1;
    while (i < x->n && (word_char(x->s[i]) || x->s[i] == '.'))
        i++;
    take(x, i, PAGE_PREPROC);
}

/* ---- languages ------------------------------------------------------------------ */

/* What both have in common. */
static void take_common(struct lexer *x)
{
    char c = x->s[x->at];
    if (isdigit((unsigned char)c))
        take_number(x);
    else if (word_char(c))
        take_word(x);
    else if (c == '"' || c == '\'')
        take_string(x);
    else
        take(x, x->at + 1, PAGE_CODE);
}

static void take_c(struct lexer *x)
{
    if (*x->state == OPEN_COMMENT)
        take_open(x, 0, "*/", OPEN_COMMENT, PAGE_COMMENT);
    else if (sees(x, "/*"))
        take_open(x, 2, "*/", OPEN_COMMENT, PAGE_COMMENT);
    else if (sees(x, "//"))
        take(x, x->n, PAGE_COMMENT);
    else if (sees(x, "#") && is_blank_before(x))
        take_directive(x);
    else
        take_common(x);
}

static void take_python(struct lexer *x)
{
    if (*x->state == OPEN_SINGLE)
        take_open(x, 0, "'''", OPEN_SINGLE, PAGE_STRING);
    else if (*x->state == OPEN_DOUBLE)
        take_open(x, 0, "\"\"\"", OPEN_DOUBLE, PAGE_STRING);
    else if (sees(x, "'''"))
        take_open(x, 3, "'''", OPEN_SINGLE, PAGE_STRING);
    else if (sees(x, "\"\"\""))
        take_open(x, 3, "\"\"\"", OPEN_DOUBLE, PAGE_STRING);
    else if (sees(x, "#"))
        take(x, x->n, PAGE_COMMENT);
    else if (sees(x, "@") && is_blank_before(x))
        take_decorator(x);
    else
        take_common(x);
}

void lex_line(struct ink *ink, const char *s, size_t n, enum page_language language, int *state)
{
    struct lexer x = {ink, s, n, 0, language, state};
    while (x.at < n) {
        if (language == PAGE_C)
            take_c(&x);
        else if (language == PAGE_PYTHON)
            take_python(&x);
        else
            take(&x, n, PAGE_CODE);
    }
}

void page_lex(struct page_line *ret, const char *line, size_t n, enum page_language language,
              int *state)
{
    struct ink ink = INK_INIT;
    const char *nl = memchr(line, '\n', n);
    lex_line(&ink, line, nl ? (size_t)(nl - line) : n, language, state);
    *ret = (struct page_line){0};
    line_add_ink(ret, &ink, 0, ink.text.len);
    ink_fini(&ink);
}

enum page_language page_language(const char *path)
{
    if (str_ends(path, ".c") || str_ends(path, ".h"))
        return PAGE_C;
    return str_ends(path, ".py") ? PAGE_PYTHON : PAGE_PLAIN;
}
