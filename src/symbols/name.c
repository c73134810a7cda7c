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
    const struct var_row *v = index_var(s, addr, false);
    const struct func_row *f = v ? NULL : index_func(s, addr);
    if (v) {
        Dwarf_Die type = v->type;
        name_part(k, v->name, &type, addr - v->addr, v->owner);
    } else if (f) {
        k->name = xasprintf("the code of %s()", index_func_name(f));
    }
}

/* "T1's counter" */
static void name_tls(struct symbols *s, struct known *k)
{
    const struct var_row *v = index_var(s, (uint64_t)k->offset, true);
    if (!v)
        return;
    Dwarf_Die type = v->type;
    name_part(k, v->name, &type, (uint64_t)k->offset - v->addr, v->owner);
    char *name = k->name;
    k->name = k->tid ? xasprintf("T%d's %s", k->tid, name) : xasprintf("main's %s", name);
    free(name);
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

/* The block as a whole tells its size; a part of it is told where it came from only. */
static char *block_name(const struct known *k, bool whole)
{
    struct strbuf b = STRBUF_INIT;
    const char *how = k->kind == REF_SHARED ? "mapped" : "allocated";
    strbuf_adds(&b, k->file ? "the block " : k->kind == REF_SHARED ? "a mapped block " : "an allocated block ");
    if (whole || !k->file)
        strbuf_addf(&b, "of %llu byte%s ", (unsigned long long)k->block_size,
                    k->block_size == 1 ? "" : "s");
    if (k->file)
        strbuf_addf(&b, "%s at %s:%d ", how, k->file, k->line);
    b.s[b.len - 1] = '\0';
    return strbuf_take(&b);
}

/* A mapping may be larger than the one thing in it, such as a whole page. */
static bool is_single(const struct known *k, uint64_t each)
{
    return k->block_size == each || (k->kind == REF_SHARED && k->block_size % each != 0);
}

/* The part has its name: "p->part in the block ..."; pointer NULL: the name is whole. */
static void name_in_block(struct known *k, const char *pointer)
{
    struct strbuf b = STRBUF_INIT;
    char *part = k->name, *block = block_name(k, false);
    if (pointer)
        strbuf_addf(&b, *part ? "%s->" : "*%s", pointer);
    strbuf_addf(&b, "%s in %s", part, block);
    k->name = strbuf_take(&b);
    free(part);
    free(block);
}

/* "node->next", "items[2]", "*total": a part of what the pointer points to. */
static void name_pointed(struct known *k, const char *pointer, Dwarf_Die *type, uint64_t each)
{
    uint64_t off = (uint64_t)k->offset;
    bool single = is_single(k, each);
    char *element = single ? xstrdup("") : xasprintf("%s[%llu]", pointer, (unsigned long long)(off / each));
    name_part(k, element, type, off % each, NULL);
    name_in_block(k, single ? pointer : NULL);
    free(element);
}

/* "pool->lock", "pool->worker[1]": a part of a struct that ends in an array as long as the block has room. False when
 * it is none, or more than one part is meant. */
static bool name_tailed(struct known *k, const char *pointer, Dwarf_Die *type, uint64_t each)
{
    struct tail t;
    uint64_t off = (uint64_t)k->offset;
    if (!each || k->offset < 0 || off >= k->block_size || k->block_size < each || k->size > k->block_size - off ||
        !type_tail(type, &t))
        return false;
    if (off < t.off && off + k->size <= each) {
        name_part(k, "", type, off, NULL);
        name_in_block(k, pointer);
        return true;
    }
    if (off < t.off || k->size > t.each - (off - t.off) % t.each)
        return false;
    char *element = xasprintf("%s[%llu]", t.name, (unsigned long long)((off - t.off) / t.each));
    name_part(k, element, &t.element, (off - t.off) % t.each, NULL);
    name_in_block(k, pointer);
    free(element);
    return true;
}

/* False when the block is not made of whole things of the type, or more than one is meant. */
static bool is_one_of(const struct known *k, uint64_t each)
{
    uint64_t off = (uint64_t)k->offset;
    if (k->offset < 0 || off >= k->block_size || !each || k->size > each - off % each)
        return false;
    return is_single(k, each) ? off < each : k->block_size % each == 0;
}

/* Beside the block it is the block that has a name: "memory outside the block ...". */
static void name_bytes(struct known *k)
{
    unsigned long long off = (unsigned long long)k->offset;
    bool outside = k->offset < 0 || off >= k->block_size;
    bool whole = outside || k->size == WHOLE_BLOCK ||
                 (off == 0 && (k->size == 0 || k->size == k->block_size));
    char *block = block_name(k, whole);
    if (whole)
        k->name = xstrdup(block);
    else if (k->size <= 1)
        k->name = xasprintf("byte %llu of %s", off, block);
    else
        k->name = xasprintf("bytes %llu..%llu of %s", off, off + k->size - 1, block);
    free(block);
}

static void name_heap(struct symbols *s, struct known *k)
{
    const struct line_row *row = k->pc ? index_line(s, k->pc) : NULL;
    Dwarf_Die type;
    if (row) {
        k->file = xstrdup(row->file);
        k->line = row->line;
    }
    char *pointer = k->size == WHOLE_BLOCK ? NULL : alloc_target(s, k->pc, &type);
    uint64_t each = pointer ? type_size(&type) : 0;
    if (pointer && name_tailed(k, pointer, &type, each))
        ;
    else if (is_one_of(k, each))
        name_pointed(k, pointer, &type, each);
    else
        name_bytes(k);
    free(pointer);
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
           k->block_size == r->block_size && (k->kind != REF_TLS || k->tid == r->tid);
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
    k->tid = r->tid;
    switch (r->kind) {
    case REF_GLOBAL: name_global(s, k); break;
    case REF_HEAP:
    case REF_SHARED: name_heap(s, k); break;
    case REF_STACK: name_stack(s, k); break;
    case REF_TLS: name_tls(s, k); break;
    case REF_FILE: break;
    case REF_OTHER: name_other(k); break;
    case REF_LIBRARY:
    case REF_NONE: break;
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
