/* type: down a C type by DWARF, from an object's first byte to the part that was meant.
 *
 * Parts whose names C reserves for the implementation (the inside of pthread_mutex_t,
 * atomic_flag, sem_t) are never entered: to the learner these objects have no parts.
 */
#include "symbols/inside.h"

#include <dwarf.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool type_of(Dwarf_Die *die, Dwarf_Die *ret_type)
{
    Dwarf_Attribute attr;
    return dwarf_formref_die(dwarf_attr_integrate(die, DW_AT_type, &attr), ret_type) != NULL;
}

bool type_peel(Dwarf_Die *type, Dwarf_Die *ret) { return dwarf_peel_type(type, ret) == 0; }

uint64_t type_size(Dwarf_Die *type)
{
    Dwarf_Word size;
    Dwarf_Die copy = *type;
    return dwarf_aggregate_size(&copy, &size) == 0 ? size : 0;
}

/* ---- names ---- */

static void add_name(Dwarf_Die *type, struct strbuf *b);

static void add_target(Dwarf_Die *type, const char *before, struct strbuf *b)
{
    Dwarf_Die target;
    strbuf_adds(b, before);
    if (type_of(type, &target))
        add_name(&target, b);
    else
        strbuf_adds(b, "void");
}

static void add_tagged(const char *tag, const char *name, struct strbuf *b)
{
    if (name)
        strbuf_addf(b, "%s %s", tag, name);
    else
        strbuf_adds(b, tag);
}

static void add_pointer(Dwarf_Die *type, struct strbuf *b)
{
    Dwarf_Die target;
    if (type_of(type, &target) && dwarf_tag(&target) == DW_TAG_subroutine_type) {
        add_target(&target, "", b);
        strbuf_adds(b, " (*)()");
        return;
    }
    add_target(type, "", b);
    strbuf_adds(b, str_ends(b->s, "*") ? "*" : " *");
}

/* Element counts of an array's dimensions; an unknown one is 0. */
static size_t dimensions(Dwarf_Die *array, uint64_t counts[MAX_DIMS])
{
    Dwarf_Die die;
    size_t n = 0;
    if (dwarf_child(array, &die) != 0)
        return 0;
    do {
        Dwarf_Attribute attr;
        Dwarf_Word value;
        if (dwarf_tag(&die) != DW_TAG_subrange_type || n == MAX_DIMS)
            continue;
        counts[n] = 0;
        if (dwarf_formudata(dwarf_attr(&die, DW_AT_count, &attr), &value) == 0)
            counts[n] = value;
        else if (dwarf_formudata(dwarf_attr(&die, DW_AT_upper_bound, &attr), &value) == 0)
            counts[n] = value + 1;
        n++;
    } while (dwarf_siblingof(&die, &die) == 0);
    return n;
}

static void add_array(Dwarf_Die *type, struct strbuf *b)
{
    uint64_t counts[MAX_DIMS];
    size_t n = dimensions(type, counts);
    add_target(type, "", b);
    for (size_t i = 0; i < n; i++) {
        if (counts[i])
            strbuf_addf(b, "[%llu]", (unsigned long long)counts[i]);
        else
            strbuf_adds(b, "[]");
    }
}

static void add_name(Dwarf_Die *type, struct strbuf *b)
{
    const char *name = dwarf_diename(type);
    switch (dwarf_tag(type)) {
    case DW_TAG_structure_type: add_tagged("struct", name, b); break;
    case DW_TAG_union_type: add_tagged("union", name, b); break;
    case DW_TAG_enumeration_type: add_tagged("enum", name, b); break;
    case DW_TAG_pointer_type: add_pointer(type, b); break;
    case DW_TAG_array_type: add_array(type, b); break;
    case DW_TAG_const_type: add_target(type, "const ", b); break;
    case DW_TAG_volatile_type: add_target(type, "volatile ", b); break;
    case DW_TAG_atomic_type: add_target(type, "_Atomic ", b); break;
    case DW_TAG_restrict_type: add_target(type, "", b); break;
    case DW_TAG_subroutine_type: strbuf_adds(b, "function"); break;
    default: strbuf_adds(b, name ? name : "unnamed type"); break;
    }
}

char *type_name(Dwarf_Die *type)
{
    struct strbuf b = STRBUF_INIT;
    add_name(type, &b);
    return strbuf_take(&b);
}

/* ---- members ---- */

struct member {
    Dwarf_Die die, type;
    const char *name;   /* NULL: unnamed struct or union */
    uint64_t off, size; /* the bytes it touches */
    unsigned bit_size;  /* 0: no bit-field */
    uint64_t bit_off;   /* from the struct's first bit */
};

static bool number(Dwarf_Die *die, unsigned name, uint64_t *ret)
{
    Dwarf_Attribute attr;
    Dwarf_Word value;
    if (dwarf_formudata(dwarf_attr(die, name, &attr), &value) != 0)
        return false;
    *ret = value;
    return true;
}

/* DWARF 5 counts a bit-field's offset from the struct's start; DWARF 2 to 4 (gcc before 11) from
 * the top of a storage unit. */
static void place_bits(struct member *m, uint64_t bits)
{
    uint64_t off, storage;
    if (!number(&m->die, DW_AT_data_bit_offset, &m->bit_off)) {
        if (!number(&m->die, DW_AT_byte_size, &storage))
            storage = type_size(&m->type);
        if (number(&m->die, DW_AT_bit_offset, &off))
            m->bit_off = m->off * 8 + storage * 8 - off - bits;
        else
            m->bit_off = m->off * 8;
    }
    m->bit_size = (unsigned)bits;
    m->off = m->bit_off / 8;
    m->size = (m->bit_off + bits + 7) / 8 - m->off;
}

static bool read_member(Dwarf_Die *die, struct member *m)
{
    uint64_t bits;
    *m = (struct member){.die = *die, .name = dwarf_diename(die)};
    if (dwarf_tag(die) != DW_TAG_member || !type_of(die, &m->type))
        return false;
    number(die, DW_AT_data_member_location, &m->off);
    m->size = type_size(&m->type);
    if (number(die, DW_AT_bit_size, &bits))
        place_bits(m, bits);
    return true;
}

static bool reserved(const char *name)
{
    return name && name[0] == '_' && (name[1] == '_' || isupper((unsigned char)name[1]));
}

bool type_read_member(Dwarf_Die *die, struct leaf *ret, uint64_t *ret_off)
{
    struct member m;
    if (!read_member(die, &m) || reserved(m.name))
        return false;
    *ret = (struct leaf){.type = m.type, .bit_size = m.bit_size, .exact = true};
    if (m.bit_size)
        ret->bit_shift = (unsigned)(m.bit_off % 8);
    *ret_off = m.off;
    return true;
}

static bool aggregate(Dwarf_Die *type)
{
    int tag = dwarf_tag(type);
    return tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
}

/* A bit-field is accessed by a storage unit that may be wider than itself. */
static bool holds(const struct member *m, uint64_t off, uint64_t end)
{
    if (m->bit_size)
        return m->off < end && off < m->off + m->size;
    return m->off <= off && end <= m->off + m->size;
}

/* True when the bytes are a whole part of the member, not some of a part. */
static bool fits(const struct member *m, uint64_t off, uint64_t size)
{
    struct strbuf path = STRBUF_INIT;
    Dwarf_Die type = m->type;
    struct leaf leaf = type_descend(&type, off - m->off, size, &path);
    strbuf_fini(&path);
    return leaf.exact;
}

/* The member that holds the bytes. In a union it is the first one with a part of just that size;
 * several bit-fields in the same bytes cannot be told apart, so none is it. */
static bool find_member(Dwarf_Die *type, uint64_t off, uint64_t size, struct member *ret)
{
    Dwarf_Die die;
    bool found = false, unclear = false;
    if (dwarf_child(type, &die) != 0)
        return false;
    do {
        struct member m;
        if (!read_member(&die, &m) || !holds(&m, off, off + (size ? size : 1)))
            continue;
        unclear |= found && (m.bit_size || ret->bit_size);
        if (!found || (!m.bit_size && !fits(ret, off, size) && fits(&m, off, size)))
            *ret = m;
        found = true;
    } while (dwarf_siblingof(&die, &die) == 0);
    return found && !unclear && !reserved(ret->name);
}

bool type_member(Dwarf_Die *type, const char *name, size_t len, Dwarf_Die *ret_type,
                 uint64_t *ret_off)
{
    Dwarf_Die peeled, die;
    if (!type_peel(type, &peeled) || !aggregate(&peeled) || dwarf_child(&peeled, &die) != 0)
        return false;
    do {
        struct member m;
        uint64_t inner;
        if (!read_member(&die, &m) || m.bit_size)
            continue;
        if (m.name && strlen(m.name) == len && memcmp(m.name, name, len) == 0) {
            *ret_type = m.type;
            *ret_off = m.off;
            return true;
        }
        if (!m.name && type_member(&m.type, name, len, ret_type, &inner)) {
            *ret_off = m.off + inner;
            return true;
        }
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

/* ---- elements ---- */

/* An array of several dimensions is one DIE; indexing it once leaves the rest, for which there is
 * no DIE. So all its dimensions are indexed together. */
static uint64_t element_size(Dwarf_Die *array, Dwarf_Die *ret_element)
{
    return type_of(array, ret_element) ? type_size(ret_element) : 0;
}

static void add_indices(const uint64_t *counts, size_t n, uint64_t flat, struct strbuf *path)
{
    uint64_t index[MAX_DIMS] = {0};
    for (size_t i = n; i-- > 1;) {
        index[i] = counts[i] ? flat % counts[i] : 0;
        flat = counts[i] ? flat / counts[i] : flat;
    }
    index[0] = flat;
    for (size_t i = 0; i < n; i++)
        strbuf_addf(path, "[%llu]", (unsigned long long)index[i]);
}

size_t type_dimensions(Dwarf_Die *type)
{
    Dwarf_Die peeled;
    uint64_t counts[MAX_DIMS];
    if (!type_peel(type, &peeled) || dwarf_tag(&peeled) != DW_TAG_array_type)
        return 0;
    return dimensions(&peeled, counts);
}

bool type_element(Dwarf_Die *type, const uint64_t *index, size_t n, Dwarf_Die *ret_type,
                  uint64_t *ret_off)
{
    Dwarf_Die peeled;
    uint64_t counts[MAX_DIMS], flat = 0;
    if (n == 0 || type_dimensions(type) != n || !type_peel(type, &peeled))
        return false;
    dimensions(&peeled, counts);
    for (size_t i = 0; i < n; i++) {
        if (index[i] >= counts[i])
            return false;
        flat = flat * counts[i] + index[i];
    }
    uint64_t size = element_size(&peeled, ret_type);
    *ret_off = flat * size;
    return size > 0;
}

bool type_tail(Dwarf_Die *type, struct tail *ret)
{
    Dwarf_Die peeled, die, array;
    struct member last = {0};
    uint64_t counts[MAX_DIMS];
    if (!type_peel(type, &peeled) || dwarf_tag(&peeled) != DW_TAG_structure_type || dwarf_child(&peeled, &die) != 0)
        return false;
    do
        if (dwarf_tag(&die) == DW_TAG_member && !read_member(&die, &last))
            return false;
    while (dwarf_siblingof(&die, &die) == 0);
    if (!last.name || !type_peel(&last.type, &array) || dwarf_tag(&array) != DW_TAG_array_type ||
        dimensions(&array, counts) != 1 || counts[0])
        return false;
    *ret = (struct tail){.name = last.name, .off = last.off};
    ret->each = element_size(&array, &ret->element);
    return ret->each > 0;
}

/* ---- the walk ---- */

/* One step down into a struct; false when the bytes are not inside one member. */
static bool step_member(struct leaf *at, Dwarf_Die *peeled, uint64_t size, struct strbuf *path)
{
    struct member m;
    if (!find_member(peeled, at->off, size, &m))
        return false;
    if (m.name)
        strbuf_addf(path, ".%s", m.name);
    if (m.bit_size) {
        at->bit_size = m.bit_size;
        at->bit_shift = m.bit_off > at->off * 8 ? (unsigned)(m.bit_off - at->off * 8) : 0;
        at->off = 0;
    } else {
        at->off -= m.off;
    }
    at->type = m.type;
    return !m.bit_size;
}

static bool step_element(struct leaf *at, Dwarf_Die *peeled, uint64_t size, struct strbuf *path,
                         bool whole)
{
    uint64_t counts[MAX_DIMS];
    Dwarf_Die element;
    size_t n = dimensions(peeled, counts);
    uint64_t each = element_size(peeled, &element);
    if (n == 0 || each == 0)
        return false;
    uint64_t first = at->off / each, last = (at->off + (size ? size : 1) - 1) / each;
    if (first == last) {
        add_indices(counts, n, first, path);
        at->off -= first * each;
        at->type = element;
        return true;
    }
    if (n == 1 && !whole)
        strbuf_addf(path, "[%llu..%llu]", (unsigned long long)first, (unsigned long long)last);
    return false;
}

/* A part as large as the whole is the likelier meaning: `c.value`, not all of struct counter. */
struct leaf type_descend(Dwarf_Die *type, uint64_t off, uint64_t size, struct strbuf *path)
{
    struct leaf at = {.type = *type, .off = off};
    Dwarf_Die peeled;
    bool deeper = true;
    for (int depth = 0; deeper && depth < 64 && type_peel(&at.type, &peeled); depth++) {
        bool whole = at.off == 0 && size > 0 && size == type_size(&peeled);
        at.exact = whole || (at.off == 0 && size == 0);
        deeper = false;
        if (aggregate(&peeled))
            deeper = step_member(&at, &peeled, size, path);
        else if (dwarf_tag(&peeled) == DW_TAG_array_type)
            deeper = step_element(&at, &peeled, size, path, whole);
        at.exact |= at.bit_size > 0;
    }
    return at;
}
