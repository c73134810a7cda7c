/* frame: local variables by their distance from the frame pointer.
 *
 * DWARF gives them from the frame base: gcc's is the CFA, clang's is the frame pointer
 * itself. The unwind table says how far the CFA is from the frame pointer: on both machines the
 * caller's frame pointer is saved just where the new one points, so the distance is where that
 * register is saved. (On aarch64 gcc counts the CFA from the stack pointer, so its own
 * rule would not do.)
 */
#include "symbols/inside.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

/* ---- frame pointer -> CFA ---- */

/* Where the frame pointer is saved, as an offset from the CFA. */
static bool saved_at(Dwarf_Frame *frame, int regno, int64_t *ret)
{
    Dwarf_Op memory[3], *ops;
    size_t count;
    if (dwarf_frame_register(frame, regno, memory, &ops, &count) != 0 || count == 0 ||
        ops[0].atom != DW_OP_call_frame_cfa)
        return false;
    *ret = 0;
    if (count >= 2 && ops[1].atom == DW_OP_plus_uconst)
        *ret = (int64_t)ops[1].number;
    else if (count >= 2)
        return false;
    return true;
}

static bool saved_at_pc(struct symbols *s, Dwarf_CFI *cfi, uint64_t pc, int64_t *ret)
{
    Dwarf_Frame *frame;
    if (!cfi || dwarf_cfi_addrframe(cfi, pc + s->vaddr, &frame) != 0)
        return false;
    bool found = saved_at(frame, s->fp_register, ret);
    free(frame);
    return found;
}

/* In the first instructions of a function the register is not saved yet; its body knows. */
static bool cfa_distance(struct symbols *s, const struct func_row *f, uint64_t pc, int64_t *ret)
{
    Dwarf_CFI *tables[] = {s->eh_cfi, s->cfi};
    for (size_t i = 0; i < 2; i++) {
        if (saved_at_pc(s, tables[i], pc, ret))
            return true;
        for (uint64_t at = f->low; at < f->high && at < f->low + 64; at++)
            if (saved_at_pc(s, tables[i], at, ret))
                return true;
    }
    return false;
}

/* The frame base minus the frame pointer. */
static bool frame_base(struct symbols *s, const struct func_row *f, uint64_t pc, int64_t *ret)
{
    Dwarf_Die die = f->die;
    Dwarf_Attribute attr;
    Dwarf_Op *ops;
    size_t count;
    if (dwarf_getlocation_addr(dwarf_attr_integrate(&die, DW_AT_frame_base, &attr), pc + s->vaddr,
                               &ops, &count, 1) != 1 ||
        count != 1)
        return false;
    if (ops[0].atom == DW_OP_call_frame_cfa) {
        int64_t saved;
        if (!cfa_distance(s, f, pc, &saved))
            return false;
        *ret = -saved;
        return true;
    }
    *ret = 0;
    if (ops[0].atom == DW_OP_reg0 + s->fp_register)
        return true;
    *ret = (int64_t)ops[0].number;
    return ops[0].atom == DW_OP_breg0 + s->fp_register;
}

/* ---- variables ---- */

struct search {
    struct symbols *s;
    uint64_t pc;
    int64_t offset;   /* from the frame base */
    int line;         /* a pointer declared there; 0 = by offset */
    const char *name; /* by name; NULL = by offset */
    size_t name_len;
    Dwarf_Die *ret;
    uint64_t *ret_off;
    int found; /* 2: in a block around pc, 1: in another block */
};

static bool local_offset(Dwarf_Die *die, int64_t *ret)
{
    Dwarf_Attribute attr;
    Dwarf_Op *ops;
    size_t count;
    if (!dwarf_attr(die, DW_AT_location, &attr) || dwarf_getlocation(&attr, &ops, &count) != 0 ||
        count != 1 || ops[0].atom != DW_OP_fbreg)
        return false;
    *ret = (int64_t)ops[0].number;
    return true;
}

static bool covers(struct search *q, Dwarf_Die *die, uint64_t *ret_off)
{
    Dwarf_Die type;
    int64_t at;
    if (!local_offset(die, &at) || !type_of(die, &type) || q->offset < at ||
        (uint64_t)(q->offset - at) >= type_size(&type))
        return false;
    *ret_off = (uint64_t)(q->offset - at);
    return true;
}

static bool declared_pointer(struct search *q, Dwarf_Die *die)
{
    Dwarf_Die type, peeled, target;
    int line;
    return dwarf_decl_line(die, &line) == 0 && line == q->line && type_of(die, &type) &&
           type_peel(&type, &peeled) && dwarf_tag(&peeled) == DW_TAG_pointer_type &&
           type_of(&peeled, &target);
}

static bool has_name(struct search *q, Dwarf_Die *die)
{
    const char *name = dwarf_diename(die);
    return name && strlen(name) == q->name_len && memcmp(name, q->name, q->name_len) == 0;
}

static void look_at(struct search *q, Dwarf_Die *die, int rank)
{
    uint64_t off = 0;
    bool hit = q->name   ? has_name(q, die)
               : q->line ? declared_pointer(q, die)
                         : covers(q, die, &off);
    if (!hit || rank <= q->found)
        return;
    q->found = rank;
    *q->ret = *die;
    if (q->ret_off)
        *q->ret_off = off;
}

static void search_scope(struct search *q, Dwarf_Die *scope, int rank)
{
    Dwarf_Die die;
    if (dwarf_child(scope, &die) != 0)
        return;
    do {
        int tag = dwarf_tag(&die);
        if (tag == DW_TAG_lexical_block)
            search_scope(q, &die, rank == 2 && dwarf_haspc(&die, q->pc + q->s->vaddr) == 1 ? 2 : 1);
        else if (tag == DW_TAG_variable || tag == DW_TAG_formal_parameter)
            look_at(q, &die, rank);
    } while (dwarf_siblingof(&die, &die) == 0);
}

bool frame_variable(struct symbols *s, uint64_t pc, int64_t offset, Dwarf_Die *ret_var,
                    uint64_t *ret_off, const struct func_row **ret_func)
{
    const struct func_row *f = index_func(s, pc);
    int64_t base;
    if (!f || !frame_base(s, f, pc, &base))
        return false;
    struct search q = {
        .s = s, .pc = pc, .offset = offset - base, .ret = ret_var, .ret_off = ret_off};
    Dwarf_Die die = f->die;
    search_scope(&q, &die, 2);
    *ret_func = f;
    return q.found > 0;
}

char *frame_pointer_declared(struct symbols *s, uint64_t pc, int line, Dwarf_Die *ret_pointee)
{
    const struct func_row *f = index_func(s, pc);
    Dwarf_Die var, type, peeled;
    struct search q = {.s = s, .pc = pc, .line = line, .ret = &var};
    if (!f || line <= 0)
        return NULL;
    Dwarf_Die die = f->die;
    search_scope(&q, &die, 2);
    bool known = q.found && dwarf_diename(&var) && type_of(&var, &type) &&
                 type_peel(&type, &peeled) && type_of(&peeled, ret_pointee);
    return known ? xstrdup(dwarf_diename(&var)) : NULL;
}

bool frame_named(struct symbols *s, uint64_t pc, const char *name, size_t len, Dwarf_Die *ret_type)
{
    const struct func_row *f = index_func(s, pc);
    Dwarf_Die var;
    struct search q = {.s = s, .pc = pc, .name = name, .name_len = len, .ret = &var};
    if (!f)
        return false;
    Dwarf_Die die = f->die;
    search_scope(&q, &die, 2);
    return q.found && type_of(&var, ret_type);
}
