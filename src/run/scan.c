/* scan: what an object file does not show - inline assembly, and attributes that run code before
 * main or hide accesses from the lab.
 *
 * It reads preprocessed text, where no macro can hide a word any more. Words that come out of
 * system headers are the C library's business and are skipped; line markers tell them apart.
 */
#include "run/inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct scanner {
    const char *at, *end;
    char *file;
    int line;
    bool system;    /* in a system header */
    int depth;      /* of brackets inside an attribute; 0 = in none */
    bool announced; /* __attribute__ was read, its '(' comes next */
    struct finding *found;
};

static bool found(struct scanner *s, const char *what, const char *why)
{
    *s->found = (struct finding){what, why, s->file ? xstrdup(s->file) : NULL, s->line};
    return true;
}

/* ---- line markers -------------------------------------------------------------- */

/* # 12 "file.c" 1 3 */
static void read_marker(struct scanner *s)
{
    const char *p = s->at + 1;
    char *end;
    while (p < s->end && *p == ' ')
        p++;
    if (p >= s->end || !isdigit((unsigned char)*p))
        return;
    long line = strtol(p, &end, 10);
    const char *eol = memchr(end, '\n', (size_t)(s->end - end));
    const char *open = memchr(end, '"', (size_t)((eol ? eol : s->end) - end));
    const char *close =
        open ? memrchr(open + 1, '"', (size_t)((eol ? eol : s->end) - open - 1)) : NULL;
    if (!close)
        return;
    free(s->file);
    s->file = xstrndup(open + 1, (size_t)(close - open - 1));
    s->line = (int)line - 1; /* the newline at its end counts one */
    s->system = false;
    for (p = close + 1; p < s->end && *p != '\n'; p++)
        s->system |= *p == '3';
}

static bool is_pragma(const struct scanner *s, const char *word)
{
    const char *eol = memchr(s->at, '\n', (size_t)(s->end - s->at));
    size_t n = (size_t)((eol ? eol : s->end) - s->at);
    const char *pragma = memmem(s->at, n, "pragma", 6);
    return pragma && memmem(pragma, n - (size_t)(pragma - s->at), word, strlen(word));
}

/* True when there is something to object to. The scanner goes on behind the '#', so that words
 * in `#pragma clang attribute` are seen as well. */
static bool directive(struct scanner *s)
{
    const char *p = s->at + 1;
    while (p < s->end && *p == ' ')
        p++;
    if (p < s->end && isdigit((unsigned char)*p)) {
        read_marker(s);
        const char *eol = memchr(s->at, '\n', (size_t)(s->end - s->at));
        s->at = eol ? eol : s->end;
        return false;
    }
    if (!s->system && (is_pragma(s, "optimize") || is_pragma(s, "GCC target")))
        return found(s, "#pragma optimize", "the lab must see every access as it is written");
    s->at++;
    return false;
}

/* ---- words ------------------------------------------------------------------------ */

static bool word_is(const char *word, size_t n, const char *name)
{
    return strlen(name) == n && memcmp(word, name, n) == 0;
}

/* Attributes may be written with underscores around them. */
static bool attribute(struct scanner *s, const char *word, size_t n)
{
    static const struct {
        const char *prefix, *what, *why;
    } refused[] = {
        {"constructor", "a constructor", "it runs before the test does"},
        {"destructor", "a destructor", "it runs after the test is judged"},
        {"ifunc", "an ifunc", "it runs before the test does"},
        {"no_sanitize", "no_sanitize", "it hides memory accesses from the lab"},
        {"disable_sanitizer", "disable_sanitizer_instrumentation",
         "it hides memory accesses from the lab"},
        {"naked", "a naked function", "the lab cannot see what it does"},
        {"optimize", "the attribute optimize", "the lab must see every access as it is written"},
        {"section", "the attribute section", "the lab keeps memory in its own order"},
    };
    while (n && *word == '_') {
        word++;
        n--;
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        size_t len = strlen(refused[i].prefix);
        if (n >= len && memcmp(word, refused[i].prefix, len) == 0)
            return found(s, refused[i].what, refused[i].why);
    }
    return false;
}

static bool word(struct scanner *s, const char *w, size_t n)
{
    if (s->system)
        return false;
    if (word_is(w, n, "asm") || word_is(w, n, "__asm") || word_is(w, n, "__asm__"))
        return found(s, "inline assembly", "the lab cannot see what it does");
    if (word_is(w, n, "__attribute__") || word_is(w, n, "__attribute"))
        s->announced = true;
    else if (s->depth > 0)
        return attribute(s, w, n);
    return false;
}

static bool is_word_byte(unsigned char c)
{
    return isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

static void skip_literal(struct scanner *s, char quote)
{
    for (s->at++; s->at < s->end && *s->at != quote && *s->at != '\n'; s->at++)
        if (*s->at == '\\' && s->at + 1 < s->end)
            s->at++;
    if (s->at < s->end && *s->at == quote)
        s->at++;
}

/* Inside an attribute brackets are counted; `[[` opens one as well. */
static void bracket(struct scanner *s)
{
    char c = *s->at;
    bool open = c == '(' || c == '[';
    if (s->depth > 0)
        s->depth += open ? 1 : -1;
    else if (s->announced && c == '(')
        s->depth = 1;
    else if (c == '[' && s->at + 1 < s->end && s->at[1] == '[')
        s->depth = 1;
    s->announced = false;
    s->at++;
}

static bool step(struct scanner *s, bool *line_start)
{
    unsigned char c = (unsigned char)*s->at;
    bool first = *line_start;
    *line_start = first && (c == ' ' || c == '\t');
    if (c == '\n') {
        s->line++;
        *line_start = true;
        s->at++;
    } else if (c == '#' && first) {
        return directive(s);
    } else if (c == '"' || c == '\'') {
        skip_literal(s, (char)c);
    } else if (c == '(' || c == ')' || c == '[' || c == ']') {
        bracket(s);
    } else if (is_word_byte(c)) {
        const char *w = s->at;
        while (s->at < s->end && is_word_byte((unsigned char)*s->at))
            s->at++;
        return word(s, w, (size_t)(s->at - w));
    } else {
        s->at++;
    }
    return false;
}

bool scan_preprocessed(const char *text, size_t len, struct finding *ret)
{
    struct scanner s = {.at = text, .end = text + len, .found = ret};
    bool line_start = true, hit = false;
    *ret = (struct finding){0};
    while (!hit && s.at < s.end)
        hit = step(&s, &line_start);
    free(s.file);
    return hit;
}

/* ---- is it worth preprocessing? ------------------------------------------------------- */

/* Without one of these, no macro can make what is looked for: words are pasted by ## and spliced
 * by backslash-newline. */
bool scan_suspicious(const char *text, size_t len)
{
    static const char *const signs[] = {"asm", "attribute", "pragma", "Pragma", "##",
                                        "%:",  "[[",        "<:",     "??"};
    struct strbuf joined = STRBUF_INIT;
    bool hit = false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\\' && i + 1 < len && (text[i + 1] == '\n' || text[i + 1] == '\r')) {
            i += text[i + 1] == '\r' && i + 2 < len && text[i + 2] == '\n' ? 2 : 1;
            continue;
        }
        strbuf_addc(&joined, text[i]);
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs && !hit; i++)
        hit = strstr(joined.s, signs[i]) != NULL;
    strbuf_fini(&joined);
    return hit;
}
