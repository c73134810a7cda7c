/* names: the smallest words of a report: objects, places, values, durations. */
#include "report/names.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *heap_name(const struct trace_ref *ref)
{
    if (ref->file && ref->line)
        return xasprintf("the memory allocated at %s:%d", path_basename(ref->file), ref->line);
    return xstrdup("memory from malloc");
}

char *names_object(const struct trace_ref *ref)
{
    if (ref->name)
        return xstrdup(ref->name);
    switch (ref->kind) {
    case REF_GLOBAL: return xstrdup("a constant of the program, such as a string in quotes");
    case REF_HEAP: return heap_name(ref);
    case REF_STACK: return xstrdup("a local variable");
    case REF_TLS: return xstrdup("a thread-local variable");
    case REF_LIBRARY: return xstrdup("memory of the C library");
    case REF_OTHER: return xasprintf("address 0x%" PRIx64, (uint64_t)ref->offset);
    case REF_FILE: return xasprintf("%s %d", file_noun(ref->block), (int)ref->offset);
    case REF_SHARED: return xstrdup("shared memory");
    case REF_NONE: break;
    }
    return xstrdup("nothing");
}

char *names_short(const struct trace_ref *ref)
{
    char *name = names_object(ref);
    char *tail = strstr(name, " in the block ");
    if (tail)
        *tail = '\0';
    else if (str_starts(name, "the block "))
        strcpy(name, "the block");
    return name;
}

char *names_place(const struct trace_place *at)
{
    if (!at->file || at->line <= 0)
        return xstrdup("");
    return xasprintf("%s:%d", path_basename(at->file), at->line);
}

static char *number(uint64_t v, uint64_t size)
{
    unsigned unused = size >= 1 && size < 8 ? 64 - 8 * (unsigned)size : 0;
    return xasprintf("%" PRId64, (int64_t)(v << unused) >> unused);
}

char *names_value(const struct trace_event *ev)
{
    return ev->value_text ? xstrdup(ev->value_text) : number(ev->value, ev->object.size);
}

char *names_value_before(const struct trace_event *ev)
{
    return ev->before_text ? xstrdup(ev->before_text) : number(ev->before, ev->object.size);
}

char *names_duration(int64_t ns)
{
    if (ns % 1000000000 == 0)
        return xasprintf("%" PRId64 " s", ns / 1000000000);
    if (ns >= 1000000000)
        return xasprintf("%.3g s", (double)ns / 1e9);
    if (ns % 1000000 == 0)
        return xasprintf("%" PRId64 " ms", ns / 1000000);
    if (ns % 1000 == 0)
        return xasprintf("%" PRId64 " us", ns / 1000);
    return xasprintf("%" PRId64 " ns", ns);
}

char *names_count(uint64_t n, const char *one, const char *many)
{
    return xasprintf("%" PRIu64 " %s", n, n == 1 ? one : many);
}

bool names_same_place(const struct trace_place *a, const struct trace_place *b)
{
    if (a->file && b->file && a->line && b->line)
        return a->line == b->line && strcmp(path_basename(a->file), path_basename(b->file)) == 0;
    return a->pc == b->pc;
}

bool names_of_check(const struct trace_place *at)
{
    return at->file && strcmp(path_basename(at->file), "check.c") == 0;
}

bool names_of_lab(const struct trace_place *at)
{
    return names_of_check(at) || (at->file && strcmp(path_basename(at->file), "loop.h") == 0);
}

bool names_same_object(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->kind != REF_NONE && a->kind == b->kind && a->offset == b->offset && a->process == b->process &&
           (a->kind == REF_GLOBAL || (a->tid == b->tid && a->block == b->block));
}

/* ---- wrapping ---------------------------------------------------------- */

static size_t columns_of_bytes(const char *s, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t ch;
        size_t used = utf8_decode(s + i, len - i, &ch);
        i += used ? used : 1;
        int w = utf8_columns(ch);
        n += w > 0 ? (size_t)w : 0;
    }
    return n;
}

size_t names_width(const char *s) { return columns_of_bytes(s, strlen(s)); }

size_t names_fit(const char *s, size_t len, size_t columns)
{
    size_t i = 0, n = 0;
    while (i < len) {
        uint32_t ch;
        size_t used = utf8_decode(s + i, len - i, &ch);
        int w = utf8_columns(ch);
        n += w > 0 ? (size_t)w : 0;
        if (n > columns)
            break;
        i += used ? used : 1;
    }
    return i;
}

static size_t last_line_width(const struct strbuf *b)
{
    const char *nl = b->len ? memrchr(b->s, '\n', b->len) : NULL;
    return names_width(nl ? nl + 1 : b->s);
}

static void new_line(struct strbuf *b, size_t indent)
{
    strbuf_addc(b, '\n');
    for (size_t i = 0; i < indent; i++)
        strbuf_addc(b, ' ');
}

/* A word wider than a whole line is cut, so that the promise about width holds. */
static void add_word(struct strbuf *b, const char *word, size_t len, size_t indent, size_t width)
{
    size_t room = width > indent ? width - indent : 1;
    while (columns_of_bytes(word, len) > room) {
        size_t n = names_fit(word, len, room);
        if (!n)
            break;
        strbuf_add(b, word, n);
        new_line(b, indent);
        word += n;
        len -= n;
    }
    strbuf_add(b, word, len);
}

void names_wrap(struct strbuf *b, const char *text, size_t indent, size_t width)
{
    bool first = true;
    for (;;) {
        text += strspn(text, " \n\t");
        size_t len = strcspn(text, " \n\t");
        if (!len)
            return;
        size_t column = last_line_width(b), need = columns_of_bytes(text, len) + !first;
        if (column + need > width && column > indent)
            new_line(b, indent);
        else if (!first)
            strbuf_addc(b, ' ');
        add_word(b, text, len, indent, width);
        text += len;
        first = false;
    }
}
