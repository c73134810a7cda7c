/* page: lines of styled spans, and breaking ink into them.
 *
 * Invariant: a span holds no control character and no invalid UTF-8, so whoever draws it need not
 * look again; columns are counted once, here.
 */
#include "page/internal.h"

#include <stdlib.h>
#include <string.h>

const char *page_style_id(enum page_style s)
{
    static const char *const ids[PAGE_STYLE_COUNT] = {
        /* clang-format off */
        "text", "emph",    "strong", "code",    "heading", "table", "bullet",  "dim",     "gutter",
        "mark", "keyword", "string", "comment", "number",  "type",  "preproc", "careful"};
    /* clang-format on */
    return (unsigned)s < PAGE_STYLE_COUNT ? ids[s] : "?";
}

/* ---- ink ------------------------------------------------------------------------ */

void ink_fini(struct ink *ink)
{
    strbuf_fini(&ink->text);
    strbuf_fini(&ink->styles);
}

void ink_reset(struct ink *ink)
{
    strbuf_reset(&ink->text);
    strbuf_reset(&ink->styles);
    ink->column = 0;
}

static int columns_of(const char *s, size_t n)
{
    int columns = 0;
    uint32_t ch;
    for (size_t used; (used = utf8_decode(s, n, &ch)) > 0; s += used, n -= used) {
        int c = ch == UTF8_BAD ? 1 : utf8_columns(ch);
        columns += c < 0 ? 1 : c;
    }
    return columns;
}

static void ink_put(struct ink *ink, const char *s, size_t n, unsigned style)
{
    for (size_t i = 0; i < n; i++)
        strbuf_addc(&ink->styles, (char)style);
    strbuf_add(&ink->text, s, n);
    ink->column = *s == '\n' ? 0 : ink->column + columns_of(s, n);
}

void ink_add(struct ink *ink, const char *s, size_t n, unsigned style)
{
    uint32_t ch;
    for (size_t used; (used = utf8_decode(s, n, &ch)) > 0; s += used, n -= used) {
        if (ch == '\t')
            ink_put(ink, "    ", (size_t)(4 - ink->column % 4), style);
        else if (ch == '\n' || (ch != UTF8_BAD && utf8_columns(ch) >= 0))
            ink_put(ink, s, used, style);
        else
            ink_put(ink, "?", 1, style);
    }
}

void ink_adds(struct ink *ink, const char *s, unsigned style) { ink_add(ink, s, strlen(s), style); }

int page_columns(const char *text)
{
    int column = 0;
    uint32_t ch;
    size_t n = strcspn(text, "\n");
    for (size_t used; (used = utf8_decode(text, n, &ch)) > 0; text += used, n -= used)
        column += ch == '\t' ? 4 - column % 4 : columns_of(text, used);
    return column;
}

static bool breaks_at(const struct ink *ink, size_t i)
{
    char c = ink->text.s[i];
    return c == '\n' || (c == ' ' && !((unsigned char)ink->styles.s[i] & INK_GLUE));
}

int ink_widest_word(const struct ink *ink)
{
    int widest = 0;
    for (size_t from = 0; from < ink->text.len;) {
        size_t to = from;
        while (to < ink->text.len && !breaks_at(ink, to))
            to++;
        int columns = columns_of(ink->text.s + from, to - from);
        widest = columns > widest ? columns : widest;
        from = to + 1;
    }
    return widest;
}

/* ---- lines ---------------------------------------------------------------------- */

static void span_put(struct page_line *l, const char *s, size_t n, enum page_style style)
{
    struct page_span *last = l->count ? &l->spans[l->count - 1] : NULL;
    int columns = columns_of(s, n);
    l->columns += columns;
    if (last && last->style == style) {
        size_t have = strlen(last->text);
        last->text = xrealloc(last->text, have + n + 1);
        memcpy(last->text + have, s, n);
        last->text[have + n] = '\0';
        last->columns += columns;
        return;
    }
    l->spans = xrealloc(l->spans, (l->count + 1) * sizeof *l->spans);
    l->spans[l->count++] = (struct page_span){xstrndup(s, n), columns, style};
}

void line_add_ink(struct page_line *l, const struct ink *ink, size_t from, size_t to)
{
    while (from < to) {
        size_t end = from + 1;
        unsigned style = (unsigned char)ink->styles.s[from] & ~INK_GLUE;
        while (end < to && ((unsigned char)ink->styles.s[end] & ~INK_GLUE) == style)
            end++;
        span_put(l, ink->text.s + from, end - from, style);
        from = end;
    }
}

void line_add(struct page_line *l, const char *s, enum page_style style)
{
    struct ink ink = INK_INIT;
    ink_add(&ink, s, strcspn(s, "\n"), style);
    line_add_ink(l, &ink, 0, ink.text.len);
    ink_fini(&ink);
}

void line_pad(struct page_line *l, int columns)
{
    struct strbuf blanks = STRBUF_INIT;
    if (columns > l->columns) {
        strbuf_pad(&blanks, (size_t)(columns - l->columns), ' ');
        span_put(l, blanks.s, blanks.len, PAGE_TEXT);
    }
    strbuf_fini(&blanks);
}

/* Bytes of `s` that take at most `width` columns. */
static size_t fit(const char *s, size_t n, int width)
{
    size_t at = 0;
    int column = 0;
    uint32_t ch;
    for (size_t used; (used = utf8_decode(s + at, n - at, &ch)) > 0; at += used) {
        column += columns_of(s + at, used);
        if (column > width)
            break;
    }
    return at;
}

static void span_drop(struct page_line *l)
{
    l->columns -= l->spans[--l->count].columns;
    free(l->spans[l->count].text);
}

void line_cut(struct page_line *l, int width)
{
    enum page_style style = PAGE_TEXT;
    if (l->columns <= width)
        return;
    while (l->count && l->columns - l->spans[l->count - 1].columns >= width) {
        style = l->spans[l->count - 1].style;
        span_drop(l);
    }
    struct page_span *last = l->count ? &l->spans[l->count - 1] : NULL;
    if (last && l->columns > width - 1) {
        style = last->style;
        char *text = xstrndup(last->text, fit(last->text, strlen(last->text),
                                              width - 1 - (l->columns - last->columns)));
        span_drop(l);
        if (*text)
            span_put(l, text, strlen(text), style);
        free(text);
    }
    span_put(l, "…", strlen("…"), style);
}

void page_line_fini(struct page_line *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->spans[i].text);
    free(l->spans);
    *l = (struct page_line){0};
}

/* ---- pages ---------------------------------------------------------------------- */

void page_fini(struct page *p)
{
    for (size_t i = 0; i < p->count; i++)
        page_line_fini(&p->lines[i]);
    free(p->lines);
    *p = (struct page)PAGE_INIT;
}

struct page_line *page_add(struct page *p)
{
    ARRAY_GROW(p->lines, p->count, p->cap);
    p->lines[p->count] = (struct page_line){0};
    return &p->lines[p->count++];
}

void page_blank(struct page *p) { page_add(p); }

int page_widest(const struct page *p)
{
    int widest = 0;
    for (size_t i = 0; i < p->count; i++)
        widest = p->lines[i].columns > widest ? p->lines[i].columns : widest;
    return widest;
}

void page_verbatim(struct page *p, const char *text, enum page_style style, int width)
{
    width = page_clamp(width);
    while (*text) {
        struct page_line *l = page_add(p);
        line_add(l, text, style);
        line_cut(l, width);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
}

/* ---- breaking ----------------------------------------------------------------------------------
 */

struct cut {
    size_t end;  /* of the line */
    size_t next; /* where the next one starts */
};

static struct cut after_blanks(const struct ink *ink, size_t end)
{
    size_t next = end;
    while (next < ink->text.len && ink->text.s[next] == ' ')
        next++;
    return (struct cut){end, next};
}

/* The line breaks at the last blank that fits, inside a code span only if there is no other, and
 * inside a word if there is none at all. */
static struct cut cut_line(const struct ink *ink, size_t from, int width)
{
    const char *s = ink->text.s;
    size_t soft = 0, glued = 0, at = from;
    bool text = false;
    int column = 0;
    uint32_t ch;
    for (size_t used; (used = utf8_decode(s + at, ink->text.len - at, &ch)) > 0; at += used) {
        if (ch == '\n')
            return (struct cut){at, at + 1};
        if (ch == ' ' && text && breaks_at(ink, at))
            soft = at;
        else if (ch == ' ' && text)
            glued = at;
        column += columns_of(s + at, used);
        if (column > width && at > from)
            break;
        text = text || ch != ' ';
    }
    if (at == ink->text.len)
        return (struct cut){at, at};
    return after_blanks(ink, soft ? soft : glued ? glued : at);
}

static size_t without_blanks(const struct ink *ink, size_t from, size_t end)
{
    while (end > from && ink->text.s[end - 1] == ' ')
        end--;
    return end;
}

void page_wrap(struct page *p, const struct ink *ink, const struct ink *first,
               const struct ink *rest, int width)
{
    const struct ink *prefix = first;
    size_t at = 0;
    do {
        struct page_line *l = page_add(p);
        if (prefix)
            line_add_ink(l, prefix, 0, prefix->text.len);
        int room = width - l->columns;
        struct cut cut = cut_line(ink, at, room < 2 ? 2 : room);
        line_add_ink(l, ink, at, without_blanks(ink, at, cut.end));
        line_cut(l, width);
        at = cut.next;
        prefix = rest;
    } while (at < ink->text.len);
}

/* ---- plain text ----------------------------------------------------------------- */

static const struct twin {
    uint32_t ch;
    char ascii;
} twins[] = {
    /* clang-format off */
    {0x2502, '|'}, {0x2500, '-'}, {0x253c, '+'}, {0x250c, '+'}, {0x2514, '+'}, {0x2022, '*'}, {0x25b8, '>'},
    {0x2026, '.'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'},
    {0x00d7, 'x'}, {0x2192, '>'}, {0x2190, '<'}, {0x2264, '<'}, {0x2265, '>'}, {0x00b7, '.'}, {0x2588, '#'},
    {0x2592, '%'}, {0x2591, ':'}, {0x258c, '#'}, {0x00b1, '~'}, {0x2713, 'v'}, {0x2717, 'x'}, {0x00a0, ' '},
    {0x2212, '-'}, {0x25cf, '*'}, {0x25cb, 'o'},
    /* clang-format on */
};

static char twin_of(uint32_t ch)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].ch == ch)
            return twins[i].ascii;
    return '?';
}

static void add_ascii(struct strbuf *b, const char *s)
{
    uint32_t ch;
    size_t n = strlen(s);
    for (size_t used; (used = utf8_decode(s, n, &ch)) > 0; s += used, n -= used)
        for (int i = 0; i < utf8_columns(ch); i++)
            strbuf_addc(b, ch < 0x80 ? (char)ch : twin_of(ch));
}

char *page_plain(const struct page *p, bool ascii)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < p->count; i++) {
        size_t start = b.len;
        for (size_t k = 0; k < p->lines[i].count; k++)
            if (ascii)
                add_ascii(&b, p->lines[i].spans[k].text);
            else
                strbuf_adds(&b, p->lines[i].spans[k].text);
        while (b.len > start && b.s[b.len - 1] == ' ')
            b.s[--b.len] = '\0';
        strbuf_addc(&b, '\n');
    }
    return strbuf_take(&b);
}
