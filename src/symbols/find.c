/* find: what a person wrote, "shop.cups[2].price", -> where it lies. */
#include "symbols/inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct cursor {
    const char *text, *at;
    Dwarf_Die type;
    uint64_t addr;
};

static void skip_space(struct cursor *c)
{
    while (isspace((unsigned char)*c->at))
        c->at++;
}

static size_t word(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_')
        n++;
    return n;
}

static bool take_variable(struct symbols *s, struct cursor *c, struct err *e)
{
    size_t n = word(c->at);
    if (n == 0 || isdigit((unsigned char)*c->at))
        return err_set(e, 0, "'%s' is not the name of a variable", c->text);
    const struct var_row *v = index_var_named(s, c->at, n);
    if (!v)
        return err_set(e, 0, "no global variable '%.*s'", (int)n, c->at);
    if (v->tls)
        return err_set(e, 0, "'%s' is thread-local: every thread has one of its own", v->name);
    c->type = v->type;
    c->addr = v->addr;
    c->at += n;
    return true;
}

static bool take_member(struct cursor *c, struct err *e)
{
    Dwarf_Die type;
    uint64_t off;
    c->at++;
    skip_space(c);
    size_t n = word(c->at);
    if (n == 0 || !type_member(&c->type, c->at, n, &type, &off))
        return err_set(e, 0, "no member '%.*s' in '%.*s'", (int)n, c->at, (int)(c->at - c->text),
                       c->text);
    c->type = type;
    c->addr += off;
    c->at += n;
    return true;
}

static bool take_index(struct cursor *c, uint64_t *ret, struct err *e)
{
    char *end;
    c->at++;
    skip_space(c);
    if (!isdigit((unsigned char)*c->at))
        return err_set(e, 0, "an index in '%s' is not a number", c->text);
    *ret = strtoull(c->at, &end, 0);
    c->at = end;
    skip_space(c);
    if (*c->at != ']')
        return err_set(e, 0, "a ']' is missing in '%s'", c->text);
    c->at++;
    return true;
}

static bool take_element(struct cursor *c, struct err *e)
{
    uint64_t index[MAX_DIMS], off;
    Dwarf_Die type;
    const char *start = c->at;
    size_t n = 0, wanted = type_dimensions(&c->type);
    while (*c->at == '[' && n < wanted) {
        if (!take_index(c, &index[n++], e))
            return false;
        skip_space(c);
    }
    if (!type_element(&c->type, index, n, &type, &off))
        return err_set(e, 0, wanted ? "no such element: '%.*s'" : "'%.*s' is not an array",
                       (int)((wanted ? c->at : start) - c->text), c->text);
    c->type = type;
    c->addr += off;
    return true;
}

static bool walk(struct symbols *s, struct cursor *c, struct err *e)
{
    skip_space(c);
    if (!take_variable(s, c, e))
        return false;
    for (skip_space(c); *c->at; skip_space(c)) {
        if (c->at[0] == '-' && c->at[1] == '>')
            return err_set(e, 0, "'%s' goes through a pointer; only variables can be watched",
                           c->text);
        if (*c->at != '.' && *c->at != '[')
            return err_set(e, 0, "'%s' is not a variable, member or element", c->text);
        if (!(*c->at == '.' ? take_member(c, e) : take_element(c, e)))
            return false;
    }
    return true;
}

bool symbols_find(struct symbols *s, const char *path, struct trace_watch *out, struct err *e)
{
    struct cursor c = {.text = path, .at = path};
    *out = (struct trace_watch){0};
    if (!walk(s, &c, e))
        return false;
    uint64_t size = type_size(&c.type);
    if (size == 0 || size > sizeof out->bytes)
        return err_set(e, 0, "'%s' is too large to watch; choose a part of it", path);
    out->name = xstrdup(path);
    out->size = (unsigned)size;
    out->place = (struct trace_ref){.kind = REF_GLOBAL,
                                    .offset = (int64_t)c.addr,
                                    .size = size,
                                    .tid = TRACE_NO_THREAD,
                                    .name = xstrdup(path),
                                    .decl = type_name(&c.type)};
    return true;
}
