/* alloc: what a heap block, or a mapping, is for, by the line that allocated it; and pointers to such blocks.
 *
 * The engine knows where malloc was called, the compiler does not say to what its result went. The
 * line of source does: "q->items = calloc(n, sizeof *q->items);" makes the block's parts
 * q->items[0], q->items[1] ... of the type q->items points to. Where the source cannot be read, a
 * pointer declared on that line will do. What is not understood stays a block of bytes.
 */
#include "symbols/inside.h"

#include <ctype.h>
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_SOURCE (4u << 20)

/* ---- the line -------------------------------------------------------------------- */

/* Not when the file was changed after the plugin was made: its lines may be other ones now. */
static const char *source_text(struct symbols *s, const char *path)
{
    struct stat source, plugin;
    if (s->source_path && strcmp(s->source_path, path) == 0)
        return s->source;
    free(s->source_path);
    free(s->source);
    s->source_path = xstrdup(path);
    s->source = NULL;
    if (stat(path, &source) == 0 && fstat(s->fd, &plugin) == 0 &&
        source.st_mtime <= plugin.st_mtime)
        s->source = file_read(path, MAX_SOURCE, NULL, NULL);
    return s->source;
}

static char *source_line(struct symbols *s, const struct line_row *row)
{
    const char *at = source_text(s, row->path);
    for (int line = 1; at && line < row->line; line++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at ? xstrndup(at, strcspn(at, "\n")) : NULL;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* The name of the allocating function in the line. */
static const char *find_call(const char *line)
{
    static const char *const names[] = {"malloc",        "calloc", "realloc",
                                        "aligned_alloc", "strdup", "strndup", "mmap"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = line;
        for (; (at = strstr(at, names[i])); at++) {
            const char *end = at + strlen(names[i]);
            if ((at == line || !is_word(at[-1])) && end[strspn(end, " ")] == '(')
                return at;
        }
    }
    return NULL;
}

/* ---- the expression before the '=' ---------------------------------------------------- */

static const char *skip_back(const char *line, const char *end)
{
    while (end > line && isspace((unsigned char)end[-1]))
        end--;
    return end;
}

/* `end` is behind a closing bracket; returns the opening one, or NULL. */
static const char *bracket_back(const char *line, const char *end, char open, char close)
{
    int depth = 0;
    while (end > line) {
        end--;
        depth += (*end == close) - (*end == open);
        if (depth == 0)
            return end;
    }
    return NULL;
}

/* Where "a->b[i].c" that ends at `end` begins. */
static const char *operand_back(const char *line, const char *end)
{
    const char *p = end;
    while (p > line) {
        if (is_word(p[-1]) || p[-1] == '.')
            p--;
        else if (p[-1] == ']' && (p = bracket_back(line, p, '[', ']')))
            continue;
        else if (p && p > line + 1 && p[-1] == '>' && p[-2] == '-')
            p -= 2;
        else
            break;
    }
    return p && p < end && (isalpha((unsigned char)*p) || *p == '_') ? p : NULL;
}

struct target {
    char *text;   /* "q->items" */
    bool through; /* "*out = malloc": what out points to is the pointer */
};

/* "int *p = malloc" declares; "*p = malloc" goes through p: a type stands before the star. */
static bool goes_through(const char *line, const char *start)
{
    const char *p = skip_back(line, start);
    if (p == line || p[-1] != '*')
        return false;
    p = skip_back(line, p - 1);
    return p == line || !(is_word(p[-1]) || p[-1] == '*');
}

static bool find_target(const char *line, struct target *ret)
{
    const char *p = find_call(line);
    p = p ? skip_back(line, p) : NULL;
    if (p && p > line && p[-1] == ')') /* a cast */
        p = bracket_back(line, p, '(', ')');
    p = p ? skip_back(line, p) : NULL;
    if (!p || p < line + 2 || p[-1] != '=' || strchr("=!<>+-*/|&", p[-2]))
        return false;
    const char *end = skip_back(line, p - 1), *start = operand_back(line, end);
    if (!start)
        return false;
    ret->text = xstrndup(start, (size_t)(end - start));
    ret->through = goes_through(line, start);
    return true;
}

/* ---- its type ------------------------------------------------------------------------------ */

static bool pointee(Dwarf_Die *type, Dwarf_Die *ret)
{
    Dwarf_Die peeled;
    return type_peel(type, &peeled) && dwarf_tag(&peeled) == DW_TAG_pointer_type &&
           type_of(&peeled, ret);
}

static bool element(Dwarf_Die *type, Dwarf_Die *ret)
{
    Dwarf_Die peeled;
    if (!type_peel(type, &peeled))
        return false;
    int tag = dwarf_tag(&peeled);
    return (tag == DW_TAG_pointer_type || tag == DW_TAG_array_type) && type_of(&peeled, ret);
}

static bool variable_type(struct symbols *s, uint64_t pc, const char *name, size_t len,
                          Dwarf_Die *ret)
{
    if (frame_named(s, pc, name, len, ret))
        return true;
    const struct var_row *v = index_var_named(s, name, len);
    if (v)
        *ret = v->type;
    return v != NULL;
}

/* Behind the bracket that closes the one at `p`; NULL when none does. */
static const char *bracket_on(const char *p)
{
    int depth = 0;
    for (; *p; p++) {
        depth += (*p == '[') - (*p == ']');
        if (depth == 0)
            return p + 1;
    }
    return NULL;
}

static bool step(const char **at, Dwarf_Die *type)
{
    const char *p = *at;
    Dwarf_Die next, inner = *type;
    uint64_t off;
    if (*p == '[') {
        const char *behind = bracket_on(p);
        if (!behind || !element(type, &next))
            return false;
        *at = behind;
        *type = next;
        return true;
    }
    bool arrow = p[0] == '-' && p[1] == '>';
    if ((!arrow && *p != '.') || (arrow && !pointee(type, &inner)))
        return false;
    p += arrow ? 2 : 1;
    size_t n = 0;
    while (is_word(p[n]))
        n++;
    if (!type_member(&inner, p, n, &next, &off))
        return false;
    *type = next;
    *at = p + n;
    return true;
}

static bool target_type(struct symbols *s, uint64_t pc, const struct target *t, Dwarf_Die *ret)
{
    size_t n = 0;
    while (is_word(t->text[n]))
        n++;
    Dwarf_Die type, next;
    const char *at = t->text + n;
    if (!variable_type(s, pc, t->text, n, &type))
        return false;
    while (*at)
        if (!step(&at, &type))
            return false;
    if (t->through) {
        if (!pointee(&type, &next))
            return false;
        type = next;
    }
    return pointee(&type, ret);
}

/* ---- both --------------------------------------------------------------------------------------
 */

char *alloc_target(struct symbols *s, uint64_t pc, Dwarf_Die *ret_pointee)
{
    const struct line_row *row = index_line(s, pc);
    char *line = row ? source_line(s, row) : NULL;
    struct target t = {0};
    char *name = NULL;
    if (line && find_target(line, &t) && target_type(s, pc, &t, ret_pointee))
        name = t.through ? xasprintf("(*%s)", t.text) : xstrdup(t.text);
    else if (row)
        name = frame_pointer_declared(s, pc, row->line, ret_pointee);
    free(t.text);
    free(line);
    return name;
}

/* ---- pointers to blocks
 * ------------------------------------------------------------------------------ */

void alloc_note(struct symbols *s, const struct trace_event *ev)
{
    if (ev->index == 0)
        s->block_count = 0;
    if (ev->kind != EVENT_ALLOC || !ev->before)
        return;
    struct block_row row = {ev->before, ev->object.block_size, ev->object.pc, ev->tid, 1};
    for (size_t i = s->block_count; i-- > 0;) /* from the end: a loop that allocates without end is met at once */
        if (s->blocks[i].tid == row.tid && s->blocks[i].pc == row.pc) {
            row.nth = s->blocks[i].nth + 1;
            break;
        }
    ARRAY_GROW(s->blocks, s->block_count, s->block_cap);
    s->blocks[s->block_count++] = row;
}

static const struct block_row *block_at(const struct symbols *s, uint64_t addr)
{
    for (size_t i = 0; i < s->block_count; i++)
        if (addr >= s->blocks[i].addr && addr - s->blocks[i].addr <= s->blocks[i].size)
            return &s->blocks[i];
    return NULL;
}

char *alloc_pointer_text(struct symbols *s, uint64_t addr)
{
    const struct block_row *row = block_at(s, addr);
    struct strbuf b = STRBUF_INIT;
    Dwarf_Die type;
    if (!row)
        return NULL;
    char *name = alloc_target(s, row->pc, &type);
    if (row->tid)
        strbuf_addf(&b, "T%d's %s", row->tid, name ? name : "block");
    else
        strbuf_addf(&b, "main's %s", name ? name : "block");
    if (row->nth > 1)
        strbuf_addf(&b, " #%d", row->nth);
    if (addr > row->addr)
        strbuf_addf(&b, " + %llu", (unsigned long long)(addr - row->addr));
    free(name);
    return strbuf_take(&b);
}
