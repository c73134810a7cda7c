/* index: the three tables, filled from DWARF once.
 *
 * Invariant after index_build: each table is sorted by address; `vars` is searched linearly by
 * name (a learner's file has tens of variables, not thousands).
 */
#include "symbols/inside.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

static void add_line(struct symbols *s, uint64_t addr, const char *file, int line)
{
    ARRAY_GROW(s->lines, s->line_count, s->line_cap);
    const char *base = file ? path_basename(file) : NULL;
    s->lines[s->line_count++] = (struct line_row){addr - s->vaddr, base, file, line};
}

/* Line 0 marks code the compiler made up: it counts as part of the line before. */
static void read_lines(struct symbols *s, Dwarf_Die *unit)
{
    Dwarf_Lines *lines;
    size_t count;
    if (dwarf_getsrclines(unit, &lines, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        Dwarf_Line *row = dwarf_onesrcline(lines, i);
        Dwarf_Addr addr;
        int line = 0;
        bool end = false;
        if (!row || dwarf_lineaddr(row, &addr) != 0 || dwarf_lineno(row, &line) != 0)
            continue;
        dwarf_lineendsequence(row, &end);
        const char *file = end ? NULL : dwarf_linesrc(row, NULL, NULL);
        if (end || (line > 0 && file))
            add_line(s, addr, file, line);
    }
}

/* Of rows at one address the last one of a sequence holds; ends of sequences come first, so that
 * the next sequence wins. */
static int by_address(const void *a, const void *b)
{
    const struct line_row *x = a, *y = b;
    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    return (x->file != NULL) - (y->file != NULL);
}

/* qsort is not stable, and the order of rows at one address matters. */
static void sort_lines(struct symbols *s)
{
    bool sorted = true;
    for (size_t i = 1; sorted && i < s->line_count; i++)
        sorted = by_address(&s->lines[i - 1], &s->lines[i]) <= 0;
    for (size_t i = 1; !sorted && i < s->line_count; i++) {
        struct line_row row = s->lines[i];
        size_t k = i;
        while (k > 0 && by_address(&s->lines[k - 1], &row) > 0) {
            s->lines[k] = s->lines[k - 1];
            k--;
        }
        s->lines[k] = row;
    }
}

const struct line_row *index_line(const struct symbols *s, uint64_t addr)
{
    size_t low = 0, high = s->line_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->lines[mid].addr <= addr)
            low = mid + 1;
        else
            high = mid;
    }
    return low && s->lines[low - 1].file ? &s->lines[low - 1] : NULL;
}

/* ---- functions and variables ---- */

/* A constant, then the operation that adds where the thread's copy is. */
static bool tls_offset(const Dwarf_Op *ops, size_t count, uint64_t *ret)
{
    if (count != 2 ||
        (ops[1].atom != DW_OP_GNU_push_tls_address && ops[1].atom != DW_OP_form_tls_address))
        return false;
    *ret = ops[0].number;
    return ops[0].atom == DW_OP_const8u || ops[0].atom == DW_OP_const4u ||
           ops[0].atom == DW_OP_constu;
}

static bool static_address(Dwarf_Die *die, uint64_t *ret, bool *ret_tls)
{
    Dwarf_Attribute attr, address;
    Dwarf_Op *ops;
    size_t count;
    Dwarf_Addr addr;
    if (!dwarf_attr(die, DW_AT_location, &attr) || dwarf_getlocation(&attr, &ops, &count) != 0)
        return false;
    *ret_tls = tls_offset(ops, count, ret);
    if (*ret_tls || count != 1)
        return *ret_tls;
    if (ops[0].atom == DW_OP_addr) {
        *ret = ops[0].number;
        return true;
    }
    if ((ops[0].atom != DW_OP_addrx && ops[0].atom != DW_OP_GNU_addr_index) ||
        dwarf_getlocation_attr(&attr, ops, &address) != 0 || dwarf_formaddr(&address, &addr) != 0)
        return false;
    *ret = addr;
    return true;
}

static const char *die_name(Dwarf_Die *die)
{
    Dwarf_Attribute attr;
    return dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attr));
}

static void add_variable(struct symbols *s, Dwarf_Die *die, const char *owner)
{
    struct var_row row = {.name = die_name(die), .owner = owner, .order = (int)s->var_count};
    if (!row.name || !static_address(die, &row.addr, &row.tls) || !type_of(die, &row.type))
        return;
    row.addr -= row.tls ? 0 : s->vaddr;
    row.size = type_size(&row.type);
    ARRAY_GROW(s->vars, s->var_count, s->var_cap);
    s->vars[s->var_count++] = row;
}

static void read_scope(struct symbols *s, Dwarf_Die *scope, const char *owner);

static void add_function(struct symbols *s, Dwarf_Die *die)
{
    struct func_row row = {.name = die_name(die), .die = *die};
    Dwarf_Addr low, high;
    if (!row.name || dwarf_lowpc(die, &low) != 0 || dwarf_highpc(die, &high) != 0)
        return;
    row.low = low - s->vaddr;
    row.high = high - s->vaddr;
    ARRAY_GROW(s->funcs, s->func_count, s->func_cap);
    s->funcs[s->func_count++] = row;
    read_scope(s, die, index_func_name(&row));
}

static void read_scope(struct symbols *s, Dwarf_Die *scope, const char *owner)
{
    Dwarf_Die die;
    if (dwarf_child(scope, &die) != 0)
        return;
    do {
        switch (dwarf_tag(&die)) {
        case DW_TAG_subprogram: add_function(s, &die); break;
        case DW_TAG_variable: add_variable(s, &die, owner); break;
        case DW_TAG_lexical_block: read_scope(s, &die, owner); break;
        default: break;
        }
    } while (dwarf_siblingof(&die, &die) == 0);
}

static int funcs_by_address(const void *a, const void *b)
{
    const struct func_row *x = a, *y = b;
    return x->low < y->low ? -1 : x->low > y->low;
}

static int vars_by_address(const void *a, const void *b)
{
    const struct var_row *x = a, *y = b;
    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    return x->order - y->order;
}

void index_build(struct symbols *s)
{
    Dwarf_CU *unit = NULL;
    Dwarf_Die die;
    while (s->dwarf && dwarf_get_units(s->dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0) {
        read_lines(s, &die);
        read_scope(s, &die, NULL);
    }
    sort_lines(s);
    if (s->func_count)
        qsort(s->funcs, s->func_count, sizeof *s->funcs, funcs_by_address);
    if (s->var_count)
        qsort(s->vars, s->var_count, sizeof *s->vars, vars_by_address);
}

const struct func_row *index_func(const struct symbols *s, uint64_t addr)
{
    for (size_t i = 0; i < s->func_count; i++)
        if (s->funcs[i].low <= addr && addr < s->funcs[i].high)
            return &s->funcs[i];
    return NULL;
}

const char *index_func_name(const struct func_row *f)
{
    return str_starts(f->name, "lab_body_") ? f->name + strlen("lab_body_") : f->name;
}

const struct var_row *index_var(const struct symbols *s, uint64_t addr, bool tls)
{
    for (size_t i = 0; i < s->var_count; i++)
        if (s->vars[i].tls == tls && s->vars[i].addr <= addr &&
            addr - s->vars[i].addr < s->vars[i].size)
            return &s->vars[i];
    return NULL;
}

const struct var_row *index_var_named(const struct symbols *s, const char *name, size_t len)
{
    const struct var_row *best = NULL;
    for (size_t i = 0; i < s->var_count; i++) {
        const struct var_row *v = &s->vars[i];
        if (strlen(v->name) != len || memcmp(v->name, name, len) != 0)
            continue;
        if (!best || (best->owner && !v->owner) ||
            (!best->owner == !v->owner && v->order < best->order))
            best = v;
    }
    return best;
}
