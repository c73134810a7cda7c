/* value: bytes as a C programmer would write them, by their type. */
#include "symbols/inside.h"

#include <ctype.h>
#include <dwarf.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_VALUE 64 /* bytes shown */

static bool add_value(struct symbols *s, Dwarf_Die *type, const unsigned char *p, uint64_t size,
                      struct strbuf *b);

/* ---- numbers ---- */

static uint64_t raw(const unsigned char *p, uint64_t size)
{
    uint64_t v = 0;
    memcpy(&v, p, size < sizeof v ? size : sizeof v);
    return v;
}

static int64_t sign_extend(uint64_t v, unsigned bits)
{
    if (bits == 0 || bits >= 64)
        return (int64_t)v;
    uint64_t top = UINT64_C(1) << (bits - 1);
    v &= (top << 1) - 1;
    return (int64_t)((v ^ top) - top);
}

static bool add_wide(const unsigned char *p, bool is_signed, struct strbuf *b)
{
    unsigned __int128 v;
    char digits[48];
    size_t i = sizeof digits;
    memcpy(&v, p, sizeof v);
    bool minus = is_signed && (__int128)v < 0;
    if (minus)
        v = -v;
    do
        digits[--i] = (char)('0' + (int)(v % 10));
    while ((v /= 10));
    if (minus)
        strbuf_addc(b, '-');
    strbuf_add(b, digits + i, sizeof digits - i);
    return true;
}

/* The fewest digits that read back as the same number. */
static void shortest(char *text, size_t n, double d, bool single)
{
    int digits = single ? 6 : 15, most = single ? 9 : 17;
    do
        snprintf(text, n, "%.*g", digits, d);
    while (++digits <= most && d == d &&
           (single ? (double)strtof(text, NULL) != d : strtod(text, NULL) != d));
}

static bool add_float(const unsigned char *p, uint64_t size, struct strbuf *b)
{
    float f;
    double d;
    long double l;
    char text[64];
    if (size == sizeof f) {
        memcpy(&f, p, sizeof f);
        shortest(text, sizeof text, (double)f, true);
    } else if (size == sizeof d) {
        memcpy(&d, p, sizeof d);
        shortest(text, sizeof text, d, false);
    } else if (size == sizeof l) {
        memcpy(&l, p, sizeof l);
        snprintf(text, sizeof text, "%Lg", l);
    } else {
        return false;
    }
    strbuf_adds(b, text);
    return true;
}

static const char *escape_of(unsigned char c)
{
    switch (c) {
    case '\0': return "\\0";
    case '\n': return "\\n";
    case '\t': return "\\t";
    case '\r': return "\\r";
    case '\\': return "\\\\";
    default: return NULL;
    }
}

static void add_char(unsigned char c, char quote, struct strbuf *b)
{
    const char *escape = escape_of(c);
    if (escape)
        strbuf_adds(b, escape);
    else if (c == (unsigned char)quote)
        strbuf_addf(b, "\\%c", c);
    else if (isprint(c))
        strbuf_addc(b, (char)c);
    else
        strbuf_addf(b, "\\x%02x", c);
}

/* char is text; signed char, unsigned char and int8_t are small numbers. */
static bool is_text(Dwarf_Die *type)
{
    Dwarf_Die die = *type, next;
    while (dwarf_tag(&die) != DW_TAG_base_type) {
        const char *name = dwarf_diename(&die);
        if (dwarf_tag(&die) == DW_TAG_typedef && name && strstr(name, "int"))
            return false;
        if (!type_of(&die, &next))
            return false;
        die = next;
    }
    const char *name = dwarf_diename(&die);
    return name && strcmp(name, "char") == 0;
}

static bool add_base(Dwarf_Die *type, Dwarf_Die *base, const unsigned char *p, uint64_t size,
                     struct strbuf *b)
{
    Dwarf_Attribute attr;
    Dwarf_Word encoding;
    if (dwarf_formudata(dwarf_attr(base, DW_AT_encoding, &attr), &encoding) != 0)
        return false;
    if (encoding == DW_ATE_float)
        return add_float(p, size, b);
    if (encoding == DW_ATE_complex_float || size > 16)
        return false;
    bool is_signed = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
    if (size == 16)
        return add_wide(p, is_signed, b);
    if (encoding == DW_ATE_boolean && raw(p, size) <= 1) {
        strbuf_adds(b, raw(p, size) ? "true" : "false");
    } else if (size == 1 && is_text(type)) {
        strbuf_addc(b, '\'');
        add_char(*p, '\'', b);
        strbuf_addc(b, '\'');
    } else if (is_signed) {
        strbuf_addf(b, "%lld", (long long)sign_extend(raw(p, size), (unsigned)size * 8));
    } else {
        strbuf_addf(b, "%llu", (unsigned long long)raw(p, size));
    }
    return true;
}

/* ---- enums and pointers ---- */

static bool add_enum(Dwarf_Die *type, uint64_t value, unsigned bits, struct strbuf *b)
{
    Dwarf_Die die;
    int64_t wanted = sign_extend(value, bits);
    if (dwarf_child(type, &die) == 0) {
        do {
            Dwarf_Attribute attr;
            Dwarf_Sword v;
            if (dwarf_tag(&die) == DW_TAG_enumerator &&
                dwarf_formsdata(dwarf_attr(&die, DW_AT_const_value, &attr), &v) == 0 &&
                sign_extend((uint64_t)v, bits) == wanted) {
                strbuf_adds(b, dwarf_diename(&die));
                return true;
            }
        } while (dwarf_siblingof(&die, &die) == 0);
    }
    strbuf_addf(b, "%lld", (long long)wanted);
    return true;
}

static bool add_known_target(struct symbols *s, uint64_t addr, struct strbuf *b)
{
    if (!s->base || addr < s->base || addr - s->base >= s->extent)
        return false;
    uint64_t off = addr - s->base;
    const struct func_row *f = index_func(s, off);
    if (f && f->low == off) {
        strbuf_adds(b, index_func_name(f));
        return true;
    }
    const struct var_row *v = index_var(s, off, false);
    if (!v)
        return false;
    struct strbuf path = STRBUF_INIT;
    Dwarf_Die type = v->type;
    type_descend(&type, off - v->addr, off == v->addr ? v->size : 0, &path);
    strbuf_addf(b, "&%s%s", v->name, path.s);
    strbuf_fini(&path);
    return true;
}

/* The bytes of the plugin's file that are loaded there and never change. */
static const char *constant_bytes(struct symbols *s, uint64_t off, size_t *ret_len)
{
    size_t count = 0, size = 0;
    const char *file = elf_rawfile(s->elf, &size);
    elf_getphdrnum(s->elf, &count);
    for (size_t i = 0; file && i < count; i++) {
        GElf_Phdr ph;
        if (!gelf_getphdr(s->elf, (int)i, &ph) || ph.p_type != PT_LOAD || (ph.p_flags & PF_W))
            continue;
        uint64_t start = ph.p_vaddr - s->vaddr;
        if (off < start || off - start >= ph.p_filesz || ph.p_offset + ph.p_filesz > size)
            continue;
        *ret_len = ph.p_filesz - (off - start);
        return file + ph.p_offset + (off - start);
    }
    return NULL;
}

#define MAX_TEXT 24
static bool add_string_target(struct symbols *s, Dwarf_Die *pointer, uint64_t addr,
                              struct strbuf *b)
{
    Dwarf_Die target;
    size_t len;
    if (!s->base || addr < s->base || !type_of(pointer, &target) || type_size(&target) != 1 ||
        !is_text(&target))
        return false;
    const char *text = constant_bytes(s, addr - s->base, &len);
    if (!text || strnlen(text, len) == len)
        return false;
    strbuf_addc(b, '"');
    for (size_t i = 0; text[i] && i < MAX_TEXT; i++)
        add_char((unsigned char)text[i], '"', b);
    strbuf_adds(b, strlen(text) > MAX_TEXT ? "...\"" : "\"");
    return true;
}

static bool add_pointer(struct symbols *s, Dwarf_Die *type, uint64_t addr, struct strbuf *b)
{
    char *block = alloc_pointer_text(s, addr);
    if (addr == 0)
        strbuf_adds(b, "NULL");
    else if (block)
        strbuf_adds(b, block);
    else if (!add_known_target(s, addr, b) && !add_string_target(s, type, addr, b))
        strbuf_addf(b, "0x%llx", (unsigned long long)addr);
    free(block);
    return true;
}

/* ---- aggregates ---- */

static bool add_string(const unsigned char *p, uint64_t size, struct strbuf *b)
{
    strbuf_addc(b, '"');
    for (uint64_t i = 0; i < size && p[i]; i++)
        add_char(p[i], '"', b);
    strbuf_addc(b, '"');
    return true;
}

static bool add_elements(struct symbols *s, Dwarf_Die *array, const unsigned char *p, uint64_t size,
                         struct strbuf *b)
{
    Dwarf_Die element;
    uint64_t each = type_of(array, &element) ? type_size(&element) : 0;
    if (!each)
        return false;
    if (each == 1 && is_text(&element))
        return add_string(p, size, b);
    for (uint64_t i = 0; i < size / each; i++) {
        strbuf_adds(b, i ? ", " : "{");
        if (!add_value(s, &element, p + i * each, each, b))
            return false;
    }
    strbuf_addc(b, '}');
    return true;
}

static bool add_members(struct symbols *s, Dwarf_Die *type, const unsigned char *p, uint64_t size,
                        struct strbuf *b)
{
    Dwarf_Die die;
    bool first = true;
    if (dwarf_child(type, &die) != 0)
        return false;
    do {
        struct leaf leaf;
        uint64_t off;
        if (dwarf_tag(&die) != DW_TAG_member)
            continue;
        if (!type_read_member(&die, &leaf, &off) || off > size)
            return false;
        strbuf_adds(b, first ? "{" : ", ");
        char *text = value_text(s, &leaf, p + off, size - off);
        if (!text)
            return false;
        strbuf_adds(b, text);
        free(text);
        first = false;
    } while (dwarf_siblingof(&die, &die) == 0);
    strbuf_adds(b, first ? "{}" : "}");
    return true;
}

static bool add_value(struct symbols *s, Dwarf_Die *type, const unsigned char *p, uint64_t size,
                      struct strbuf *b)
{
    Dwarf_Die peeled;
    if (!type_peel(type, &peeled) || type_size(&peeled) != size || size == 0)
        return false;
    switch (dwarf_tag(&peeled)) {
    case DW_TAG_base_type: return add_base(type, &peeled, p, size, b);
    case DW_TAG_enumeration_type: return add_enum(&peeled, raw(p, size), (unsigned)size * 8, b);
    case DW_TAG_pointer_type: return add_pointer(s, &peeled, raw(p, size), b);
    case DW_TAG_array_type: return add_elements(s, &peeled, p, size, b);
    case DW_TAG_structure_type: return add_members(s, &peeled, p, size, b);
    default: return false;
    }
}

/* Some of the characters of an array: what one call moved, or one access of several bytes. */
char *value_of_characters(const struct leaf *leaf, const unsigned char *bytes, size_t size)
{
    Dwarf_Die type = leaf->type, array, element;
    struct strbuf b = STRBUF_INIT;

    if (!type_peel(&type, &array) || dwarf_tag(&array) != DW_TAG_array_type || !type_of(&array, &element) ||
        type_size(&element) != 1 || !is_text(&element) || size > MAX_VALUE)
        return NULL;
    add_string(bytes, size, &b);
    return strbuf_take(&b);
}

/* ---- bit-fields ---- */

static bool add_bits(const struct leaf *leaf, const unsigned char *p, uint64_t size,
                     struct strbuf *b)
{
    Dwarf_Die type = leaf->type, peeled;
    Dwarf_Attribute attr;
    Dwarf_Word encoding = DW_ATE_unsigned;
    if (leaf->bit_shift + leaf->bit_size > size * 8 || leaf->bit_size > 64 || size == 0 ||
        leaf->bit_shift > 63 || !type_peel(&type, &peeled))
        return false;
    uint64_t v = raw(p, size) >> leaf->bit_shift;
    if (leaf->bit_size < 64)
        v &= (UINT64_C(1) << leaf->bit_size) - 1;
    if (dwarf_tag(&peeled) == DW_TAG_enumeration_type)
        return add_enum(&peeled, v, 64, b);
    dwarf_formudata(dwarf_attr(&peeled, DW_AT_encoding, &attr), &encoding);
    if (encoding == DW_ATE_boolean)
        strbuf_adds(b, v ? "true" : "false");
    else if (encoding == DW_ATE_signed || encoding == DW_ATE_signed_char)
        strbuf_addf(b, "%lld", (long long)sign_extend(v, leaf->bit_size));
    else
        strbuf_addf(b, "%llu", (unsigned long long)v);
    return true;
}

char *value_text(struct symbols *s, const struct leaf *leaf, const unsigned char *bytes,
                 size_t size)
{
    struct strbuf b = STRBUF_INIT;
    Dwarf_Die type = leaf->type;
    uint64_t own = type_size(&type);
    bool told;
    if (leaf->bit_size)
        told = add_bits(leaf, bytes, size, &b);
    else
        told = leaf->off == 0 && own <= size && own <= MAX_VALUE &&
               add_value(s, &type, bytes, own, &b);
    if (told)
        return strbuf_take(&b);
    strbuf_fini(&b);
    return NULL;
}
