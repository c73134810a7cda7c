/* name: a trace_ref -> what to call it, each different one worked out once. */
#include "symbols/inside.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

/* ---- names of parts ---- */

/* "items[2].next" of something called `name`; bytes of it where nothing finer fits. */
static void name_part(struct known *k, const char *name, Dwarf_Die *type, uint64_t off,
                      const char *owner)
{
    struct strbuf path = STRBUF_INIT, b = STRBUF_INIT;
    k->leaf = type_descend(type, off, k->size, &path);
    k->has_leaf = true;
    k->decl = type_name(&k->leaf.type);
    bool group = str_ends(path.s, "]") && strstr(path.s, "..");
    if (!k->leaf.exact && !group && k->size == 1)
        strbuf_addf(&b, "byte %llu of ", (unsigned long long)k->leaf.off);
    else if (!k->leaf.exact && !group && k->size)
        strbuf_addf(&b, "bytes %llu..%llu of ", (unsigned long long)k->leaf.off,
                    (unsigned long long)(k->leaf.off + k->size - 1));
    const char *inside = *name ? path.s : path.s + (path.s[0] == '.');
    strbuf_addf(&b, "%s%s", name, inside);
    if (owner)
        strbuf_addf(&b, " of %s()", owner);
    k->name = strbuf_take(&b);
    strbuf_fini(&path);
}

/* ---- kinds of places ---- */

static void name_global(struct symbols *s, struct known *k)
{
    uint64_t addr = (uint64_t)k->offset;
    const struct var_row *v = index_var(s, addr);
    const struct func_row *f = v ? NULL : index_func(s, addr);
    if (v) {
        Dwarf_Die type = v->type;
        name_part(k, v->name, &type, addr - v->addr, v->owner);
    } else if (f) {
        k->name = xasprintf("the code of %s()", index_func_name(f));
    }
}

static void name_stack(struct symbols *s, struct known *k)
{
    Dwarf_Die var, type;
    uint64_t off;
    const struct func_row *f = index_func(s, k->pc);
    if (frame_variable(s, k->pc, k->offset, &var, &off, &f) && type_of(&var, &type) &&
        dwarf_diename(&var))
        name_part(k, dwarf_diename(&var), &type, off, index_func_name(f));
    else if (f)
        k->name = xasprintf("a local variable of %s()", index_func_name(f));
}

/* What the block holds, if the line that allocated it declares a pointer to that. */
static bool block_type(struct symbols *s, struct known *k, Dwarf_Die *ret, uint64_t *ret_each)
{
    if (!frame_pointer_declared(s, k->pc, k->line, ret))
        return false;
    *ret_each = type_size(ret);
    return *ret_each && k->block_size && k->block_size % *ret_each == 0 && k->offset >= 0 &&
           (uint64_t)k->offset < k->block_size;
}

static char *block_name(const struct known *k)
{
    if (k->file)
        return xasprintf("the block of %llu byte%s allocated at %s:%d",
                         (unsigned long long)k->block_size, k->block_size == 1 ? "" : "s", k->file,
                         k->line);
    return xasprintf("an allocated block of %llu byte%s", (unsigned long long)k->block_size,
                     k->block_size == 1 ? "" : "s");
}

static void join_block(struct known *k, char *block)
{
    char *part = k->name;
    if (part && *part)
        k->name = xasprintf("%s in %s", part, block);
    else
        k->name = xstrdup(block);
    free(part);
}

static void name_typed_block(struct known *k, Dwarf_Die *type, uint64_t each, char *block)
{
    uint64_t off = (uint64_t)k->offset, index = off / each;
    bool single = k->block_size == each;
    if (k->size > each - off % each) {
        k->name = xstrdup(block);
        return;
    }
    char *element = single ? xstrdup("") : xasprintf("[%llu]", (unsigned long long)index);
    name_part(k, element, type, off % each, NULL);
    join_block(k, block);
    free(element);
}

/* Beside the block it is the block that has a name: "memory outside the block ...". */
static void name_bytes(struct known *k, const char *block)
{
    unsigned long long off = (unsigned long long)k->offset;
    bool outside = k->offset < 0 || off >= k->block_size;
    bool whole = off == 0 && (k->size == 0 || k->size == k->block_size);
    if (outside || whole)
        k->name = xstrdup(block);
    else if (k->size <= 1)
        k->name = xasprintf("byte %llu of %s", off, block);
    else
        k->name = xasprintf("bytes %llu..%llu of %s", off, off + k->size - 1, block);
}

static void name_heap(struct symbols *s, struct known *k)
{
    const struct line_row *row = k->pc ? index_line(s, k->pc) : NULL;
    Dwarf_Die type;
    uint64_t each;
    if (row) {
        k->file = xstrdup(row->file);
        k->line = row->line;
    }
    char *block = block_name(k);
    if (block_type(s, k, &type, &each))
        name_typed_block(k, &type, each, block);
    else
        name_bytes(k, block);
    free(block);
}

static void name_other(struct known *k)
{
    if (k->offset == 0)
        k->name = xstrdup("NULL");
    else if (k->offset > 0 && k->offset < 65536)
        k->name = xasprintf("NULL + %lld", (long long)k->offset);
    else
        k->name = xasprintf("address 0x%llx", (unsigned long long)k->offset);
}

/* ---- the memory of names ---- */

static bool same(const struct known *k, const struct trace_ref *r)
{
    return k->kind == r->kind && k->offset == r->offset && k->size == r->size && k->pc == r->pc &&
           k->block_size == r->block_size;
}

static size_t bucket(const struct trace_ref *r)
{
    uint64_t key[] = {(uint64_t)r->kind, (uint64_t)r->offset, r->size, r->pc, r->block_size};
    return hash_bytes(key, sizeof key, HASH_SEED) % KNOWN_BUCKETS;
}

static struct known *work_out(struct symbols *s, const struct trace_ref *r)
{
    struct known *k = xcalloc(1, sizeof *k);
    k->kind = r->kind;
    k->offset = r->offset;
    k->size = r->size;
    k->pc = r->pc;
    k->block_size = r->block_size;
    switch (r->kind) {
    case REF_GLOBAL:
        name_global(s, k);
        break;
    case REF_HEAP:
        name_heap(s, k);
        break;
    case REF_STACK:
        name_stack(s, k);
        break;
    case REF_OTHER:
        name_other(k);
        break;
    case REF_NONE:
        break;
    }
    return k;
}

const struct known *name_ref(struct symbols *s, const struct trace_ref *r)
{
    struct known **head = &s->known[bucket(r)];
    for (struct known *k = *head; k; k = k->next)
        if (same(k, r))
            return k;
    struct known *k = work_out(s, r);
    k->next = *head;
    *head = k;
    return k;
}
