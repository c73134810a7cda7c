/* markdown: prose laid out, by way of md4c.
 *
 * md4c calls for blocks and spans; a leaf block (paragraph, heading, item, cell) collects ink, and
 * is broken into lines when it ends. Blank lines come before a block, never after, so none are left
 * over.
 */
#include "page/internal.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROSE_BYTES ((size_t)1 << 16) /* more is no page: it is shown as it stands */
#define DEPTH       16                /* of spans and of lists */
#define COLUMNS     16                /* of a table */

struct cell {
    struct ink ink;
    MD_ALIGN align;
};

struct row {
    struct cell cells[COLUMNS];
    size_t count;
};

struct writer {
    struct page *page;
    int width;
    unsigned flags;
    struct ink ink;       /* of the leaf block */
    enum page_style base; /* style outside of spans */
    enum page_style spans[DEPTH];
    int span_depth;
    int items[DEPTH]; /* number of the next item, 0 = bullets */
    int list_depth;
    char bullet[16];  /* waits for the first line of the item */
    bool gap;         /* a blank line before the next block */
    bool verbatim;    /* in a code block: keep lines */
    struct row *rows; /* of the table being read */
    size_t row_count;
    bool in_table;
    int need; /* columns without which a word would have to be broken */
};

/* ---- leaf blocks ---------------------------------------------------------------- */

static void open_gap(struct writer *w)
{
    if (w->gap)
        page_blank(w->page);
    w->gap = false;
}

/* Lists deeper than the page is wide go no further to the right. */
static int indent_of(const struct writer *w)
{
    int indent = w->list_depth * 2;
    return indent > w->width - PAGE_MIN ? 0 : indent;
}

static void prefixes(struct writer *w, struct ink *first, struct ink *rest)
{
    int indent = indent_of(w), bullet = page_columns(w->bullet);
    for (int i = 0; i < indent; i++) {
        if (i + bullet < indent)
            ink_adds(first, " ", PAGE_TEXT);
        ink_adds(rest, " ", PAGE_TEXT);
    }
    ink_adds(first, w->bullet, PAGE_BULLET);
    for (int i = indent; i < bullet; i++)
        ink_adds(rest, " ", PAGE_TEXT);
    w->bullet[0] = '\0';
}

static void need(struct writer *w, int columns) { w->need = columns > w->need ? columns : w->need; }

static void end_leaf(struct writer *w)
{
    if (w->ink.text.len == 0 && !w->bullet[0])
        return;
    struct ink first = INK_INIT, rest = INK_INIT;
    open_gap(w);
    prefixes(w, &first, &rest);
    need(w, ink_widest_word(&w->ink) + rest.column);
    page_wrap(w->page, &w->ink, &first, &rest, w->width);
    ink_reset(&w->ink);
    ink_fini(&first);
    ink_fini(&rest);
}

static void underline(struct writer *w)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_pad(&b, (size_t)w->page->lines[w->page->count - 1].columns, '-');
    if (w->flags & PAGE_MARKS)
        line_add(page_add(w->page), b.s, PAGE_HEADING);
    strbuf_fini(&b);
}

static void end_heading(struct writer *w)
{
    bool any = w->ink.text.len > 0;
    end_leaf(w);
    if (any)
        underline(w);
    w->base = PAGE_TEXT;
}

static void rule(struct writer *w)
{
    open_gap(w);
    struct page_line *l = page_add(w->page);
    for (int i = 0; i < w->width; i++)
        line_add(l, "─", PAGE_DIM);
}

/* ---- lists ---------------------------------------------------------------------- */

static void begin_list(struct writer *w, int first)
{
    end_leaf(w);
    if (w->list_depth < DEPTH)
        w->items[w->list_depth] = first;
    w->list_depth++;
}

static void end_list(struct writer *w)
{
    end_leaf(w);
    w->list_depth--;
    if (w->list_depth == 0)
        w->gap = true;
}

static void begin_item(struct writer *w)
{
    end_leaf(w);
    int *number = w->list_depth <= DEPTH ? &w->items[w->list_depth - 1] : NULL;
    if (number && *number > 0)
        snprintf(w->bullet, sizeof w->bullet, "%d. ", (*number)++);
    else
        snprintf(w->bullet, sizeof w->bullet, "• ");
}

/* ---- tables --------------------------------------------------------------------- */

static void begin_row(struct writer *w)
{
    w->rows = xrealloc(w->rows, (w->row_count + 1) * sizeof *w->rows);
    w->rows[w->row_count++] = (struct row){.count = 0};
}

static void end_cell(struct writer *w, MD_ALIGN align)
{
    struct row *r = &w->rows[w->row_count - 1];
    w->base = PAGE_TEXT;
    if (r->count < COLUMNS) {
        r->cells[r->count++] = (struct cell){w->ink, align};
        w->ink = (struct ink)INK_INIT;
    } else {
        ink_reset(&w->ink);
    }
}

struct widths {
    int column[COLUMNS], least[COLUMNS];
    size_t count;
    int sum, least_sum;
};

static void measure(const struct writer *w, struct widths *m)
{
    *m = (struct widths){.count = 0};
    for (size_t i = 0; i < w->row_count; i++)
        for (size_t k = 0; k < w->rows[i].count; k++) {
            const struct ink *ink = &w->rows[i].cells[k].ink;
            int word = ink_widest_word(ink);
            m->count = k + 1 > m->count ? k + 1 : m->count;
            m->column[k] = ink->column > m->column[k] ? ink->column : m->column[k];
            m->least[k] = word > m->least[k] ? word : m->least[k];
        }
    for (size_t k = 0; k < m->count; k++) {
        m->column[k] = m->column[k] ? m->column[k] : 1;
        m->sum += m->column[k];
        m->least_sum += m->least[k];
    }
}

/* The column that can best do with less: the widest that still has a blank to break at. */
static size_t widest(const struct widths *m, bool break_words)
{
    size_t best = m->count;
    for (size_t k = 0; k < m->count; k++)
        if (m->column[k] > (break_words ? 2 : m->least[k]) &&
            (best == m->count || m->column[k] > m->column[best]))
            best = k;
    return best;
}

static void shrink(struct widths *m, int room)
{
    for (int break_words = 0; break_words < 2; break_words++)
        while (m->sum > room) {
            size_t k = widest(m, break_words);
            if (k == m->count)
                break;
            m->column[k]--;
            m->sum--;
        }
}

static void put_cell(struct page_line *l, const struct page *cell, size_t line, int width,
                     MD_ALIGN align)
{
    const struct page_line *from = line < cell->count ? &cell->lines[line] : NULL;
    int left = from ? width - from->columns : 0, start = l->columns;
    if (align == MD_ALIGN_RIGHT)
        line_pad(l, start + left);
    else if (align == MD_ALIGN_CENTER)
        line_pad(l, start + left / 2);
    for (size_t i = 0; from && i < from->count; i++)
        line_add(l, from->spans[i].text, from->spans[i].style);
    line_pad(l, start + width);
}

static void put_row(struct writer *w, const struct row *r, const struct widths *m)
{
    struct page cells[COLUMNS];
    size_t height = 1;
    for (size_t k = 0; k < m->count; k++) {
        cells[k] = (struct page)PAGE_INIT;
        if (k < r->count)
            page_wrap(&cells[k], &r->cells[k].ink, NULL, NULL, m->column[k]);
        height = cells[k].count > height ? cells[k].count : height;
    }
    for (size_t i = 0; i < height; i++) {
        struct page_line *l = page_add(w->page);
        for (size_t k = 0; k < m->count; k++) {
            if (k)
                line_add(l, " │ ", PAGE_TABLE);
            put_cell(l, &cells[k], i, m->column[k],
                     k < r->count ? r->cells[k].align : MD_ALIGN_DEFAULT);
        }
        line_cut(l, w->width);
    }
    for (size_t k = 0; k < m->count; k++)
        page_fini(&cells[k]);
}

static void put_table_rule(struct writer *w, const struct widths *m)
{
    struct page_line *l = page_add(w->page);
    for (size_t k = 0; k < m->count; k++) {
        if (k)
            line_add(l, "─┼─", PAGE_TABLE);
        for (int i = 0; i < m->column[k]; i++)
            line_add(l, "─", PAGE_TABLE);
    }
    line_cut(l, w->width);
}

static void end_table(struct writer *w)
{
    struct widths m;
    measure(w, &m);
    int rules = 3 * ((int)m.count - 1);
    need(w, m.least_sum + rules);
    shrink(&m, w->width - rules);
    open_gap(w);
    for (size_t i = 0; i < w->row_count; i++) {
        put_row(w, &w->rows[i], &m);
        if (i == 0)
            put_table_rule(w, &m);
        for (size_t k = 0; k < w->rows[i].count; k++)
            ink_fini(&w->rows[i].cells[k].ink);
    }
    free(w->rows);
    w->rows = NULL;
    w->row_count = 0;
    w->in_table = false;
    w->gap = true;
}

/* ---- what md4c calls ------------------------------------------------------------ */

static void end_code_block(struct writer *w)
{
    size_t n = w->ink.text.len;
    if (n && w->ink.text.s[n - 1] == '\n') {
        w->ink.text.s[--w->ink.text.len] = '\0';
        w->ink.styles.len--;
    }
    end_leaf(w);
    w->verbatim = false;
    w->base = PAGE_TEXT;
    w->gap = true;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
    struct writer *w = arg;
    switch (type) {
    /* clang-format off */
    case MD_BLOCK_UL: begin_list(w, 0); break;
    case MD_BLOCK_OL: begin_list(w, (int)((MD_BLOCK_OL_DETAIL *)detail)->start); break;
    case MD_BLOCK_LI: begin_item(w); break;
    case MD_BLOCK_HR: rule(w); break;
    case MD_BLOCK_H: w->base = PAGE_HEADING; break;
    case MD_BLOCK_CODE: w->base = PAGE_CODE; w->verbatim = true; break;
    case MD_BLOCK_TABLE: end_leaf(w); w->in_table = true; break;
    case MD_BLOCK_TR: begin_row(w); break;
    case MD_BLOCK_TH: w->base = PAGE_STRONG; break;
    default: break;
    }
    /* clang-format on */
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
    struct writer *w = arg;
    switch (type) {
    case MD_BLOCK_UL:
    /* clang-format off */
    case MD_BLOCK_OL: end_list(w); break;
    case MD_BLOCK_LI: end_leaf(w); break;
    case MD_BLOCK_HR: w->gap = true; break;
    case MD_BLOCK_H: end_heading(w); break;
    case MD_BLOCK_CODE: end_code_block(w); break;
    case MD_BLOCK_P:
    case MD_BLOCK_HTML: end_leaf(w); w->gap = true; break;
    case MD_BLOCK_TABLE: end_table(w); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: end_cell(w, ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    default: break;
    }
    /* clang-format on */
    return 0;
}

static enum page_style style_now(const struct writer *w)
{
    int depth = w->span_depth < DEPTH ? w->span_depth : DEPTH;
    return depth ? w->spans[depth - 1] : w->base;
}

static void mark(struct writer *w, MD_SPANTYPE type)
{
    const char *sign = type == MD_SPAN_EM       ? "*"
                       : type == MD_SPAN_STRONG ? "**"
                       : type == MD_SPAN_CODE   ? "`"
                                                : "";
    if (w->flags & PAGE_MARKS)
        ink_adds(&w->ink, sign, style_now(w));
}

static int enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
    struct writer *w = arg;
    enum page_style style = type == MD_SPAN_EM       ? PAGE_EMPH
                            : type == MD_SPAN_STRONG ? PAGE_STRONG
                            : type == MD_SPAN_CODE   ? PAGE_CODE
                                                     : style_now(w);
    if (w->span_depth < DEPTH)
        w->spans[w->span_depth] = style;
    w->span_depth++;
    mark(w, type);
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
    struct writer *w = arg;
    mark(w, type);
    w->span_depth--;
    return 0;
}

static const char *entity(const char *s, size_t n)
{
    static const struct {
        const char *name, *text;
    } known[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&nbsp;", " "}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == n && memcmp(known[i].name, s, n) == 0)
            return known[i].text;
    return NULL;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *arg)
{
    struct writer *w = arg;
    unsigned style = style_now(w);
    const char *known = type == MD_TEXT_ENTITY ? entity(text, size) : NULL;
    if (type == MD_TEXT_CODE && !w->verbatim)
        style |= INK_GLUE;
    if (type == MD_TEXT_BR)
        ink_adds(&w->ink, w->in_table ? " " : "\n", style);
    else if (type == MD_TEXT_SOFTBR)
        ink_adds(&w->ink, " ", style);
    else if (known)
        ink_adds(&w->ink, known, style | INK_GLUE);
    else
        ink_add(&w->ink, text, size, style);
    return 0;
}

static const MD_PARSER parser = {
    .flags = MD_FLAG_TABLES | MD_FLAG_NOHTML,
    .enter_block = enter_block,
    .leave_block = leave_block,
    .enter_span = enter_span,
    .leave_span = leave_span,
    .text = add_text,
};

static void writer_fini(struct writer *w)
{
    for (size_t i = 0; i < w->row_count; i++)
        for (size_t k = 0; k < w->rows[i].count; k++)
            ink_fini(&w->rows[i].cells[k].ink);
    free(w->rows);
    ink_fini(&w->ink);
}

/* ---- the door ------------------------------------------------------------------- */

static int lay_out(struct page *p, const char *text, int width, unsigned flags)
{
    size_t n = strlen(text);
    struct writer w = {.page = p, .width = page_clamp(width), .flags = flags, .ink = INK_INIT};
    if (n > PROSE_BYTES)
        page_verbatim(p, text, PAGE_TEXT, width);
    else if (md_parse(text, (MD_SIZE)n, &parser, &w) == 0)
        end_leaf(&w);
    writer_fini(&w);
    return w.need;
}

void page_markdown(struct page *p, const char *text, int width, unsigned flags)
{
    lay_out(p, text, width, flags);
}

int page_needs(const char *text)
{
    struct page p = PAGE_INIT;
    int columns = lay_out(&p, text, PAGE_WIDTH, 0);
    page_fini(&p);
    return columns;
}

static int ignore_block(MD_BLOCKTYPE type, void *detail, void *arg) { return 0; }

/* Spans alone: md4c reads blocks, so the text is made one paragraph that cannot be anything else.
 */
static void add_spans(struct writer *w, const char *text)
{
    MD_PARSER spans = parser;
    struct strbuf line = STRBUF_INIT;
    spans.enter_block = spans.leave_block = ignore_block;
    strbuf_adds(&line, "x ");
    for (; *text && line.len < PROSE_BYTES; text++)
        strbuf_addc(&line, *text == '\n' || *text == '\r' ? ' ' : *text);
    md_parse(line.s, (MD_SIZE)line.len, &spans, w);
    strbuf_fini(&line);
}

void page_item(struct page *p, const char *first, const char *text, int width, unsigned flags)
{
    struct writer w = {.page = p, .flags = flags, .ink = INK_INIT};
    struct ink front = INK_INIT, rest = INK_INIT, body = INK_INIT;
    ink_adds(&front, first, PAGE_BULLET);
    for (int i = 0; i < front.column; i++)
        ink_adds(&rest, " ", PAGE_TEXT);
    add_spans(&w, text);
    for (size_t i = 2; i < w.ink.text.len; i++) {
        strbuf_addc(&body.text, w.ink.text.s[i]);
        strbuf_addc(&body.styles, w.ink.styles.s[i]);
    }
    page_wrap(p, &body, &front, &rest, page_clamp(width));
    ink_fini(&body);
    ink_fini(&front);
    ink_fini(&rest);
    writer_fini(&w);
}

/* Length of a name in "{{name}}" at `s`, 0 when there is none. */
static size_t place_length(const char *s)
{
    size_t n = strspn(s + 2, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && n < 64 && s[2 + n] == '}' && s[3 + n] == '}' ? n : 0;
}

char *page_expand(const char *text, const char *(*look_up)(void *arg, const char *name), void *arg)
{
    struct strbuf b = STRBUF_INIT;
    char name[64];
    for (const char *at; (at = strstr(text, "{{")); text = at) {
        size_t n = place_length(at);
        strbuf_add(&b, text, (size_t)(at - text));
        snprintf(name, sizeof name, "%.*s", (int)n, at + 2);
        const char *value = n ? look_up(arg, name) : NULL;
        size_t used = n ? n + 4 : 2;
        if (value)
            strbuf_adds(&b, value);
        else
            strbuf_add(&b, at, used);
        at += used;
    }
    strbuf_adds(&b, text);
    return strbuf_take(&b);
}

/* ---- what lessons may not use --------------------------------------------------- */

struct judge {
    const char *found;
    int list_depth;
};

static const char *forbidden_block(struct judge *j, MD_BLOCKTYPE type, void *detail)
{
    switch (type) {
    /* clang-format off */
    case MD_BLOCK_QUOTE: return "a quote";
    case MD_BLOCK_OL: return "a numbered list";
    case MD_BLOCK_HR: return "a rule";
    case MD_BLOCK_HTML: return "HTML";
    case MD_BLOCK_UL: return ++j->list_depth > 2 ? "a list three deep" : NULL;
    case MD_BLOCK_H: return ((MD_BLOCK_H_DETAIL *)detail)->level != 3 ? "a heading that is not of level 3" : NULL;
    case MD_BLOCK_CODE:
        return ((MD_BLOCK_CODE_DETAIL *)detail)->fence_char ? "a fenced block" : "indented code";
    default: return NULL;
    }
    /* clang-format on */
}

static int judge_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
    struct judge *j = arg;
    const char *found = forbidden_block(j, type, detail);
    if (!j->found)
        j->found = found;
    return 0;
}

static int judge_end(MD_BLOCKTYPE type, void *detail, void *arg)
{
    struct judge *j = arg;
    j->list_depth -= type == MD_BLOCK_UL;
    return 0;
}

static int judge_span(MD_SPANTYPE type, void *detail, void *arg)
{
    struct judge *j = arg;
    if (!j->found && (type == MD_SPAN_A || type == MD_SPAN_IMG))
        j->found = type == MD_SPAN_A ? "a link" : "an image";
    return 0;
}

static int judge_span_end(MD_SPANTYPE type, void *detail, void *arg) { return 0; }

static int judge_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *arg)
{
    struct judge *j = arg;
    if (!j->found && type == MD_TEXT_HTML)
        j->found = "HTML";
    return 0;
}

const char *page_forbidden(const char *text)
{
    static const MD_PARSER judging = {
        .flags = MD_FLAG_TABLES,
        .enter_block = judge_block,
        .leave_block = judge_end,
        .enter_span = judge_span,
        .leave_span = judge_span_end,
        .text = judge_text,
    };
    struct judge j = {NULL, 0};
    size_t n = strlen(text);
    if (n > PROSE_BYTES)
        return "more text than any page holds";
    md_parse(text, (MD_SIZE)n, &judging, &j);
    return j.found;
}
