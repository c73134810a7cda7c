/* symbols: opening a plugin, and filling in the names of everything a message holds. */
#include "symbols/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- opening ---------------------------------------------------------- */

static void read_layout(struct symbols *s)
{
    GElf_Ehdr header;
    size_t count = 0;
    uint64_t end = 0;
    if (gelf_getehdr(s->elf, &header))
        s->fp_register = header.e_machine == EM_AARCH64 ? 29 : 6;
    s->vaddr = UINT64_MAX;
    elf_getphdrnum(s->elf, &count);
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr ph;
        if (!gelf_getphdr(s->elf, (int)i, &ph) || ph.p_type != PT_LOAD)
            continue;
        if (ph.p_vaddr < s->vaddr)
            s->vaddr = ph.p_vaddr;
        if (ph.p_vaddr + ph.p_memsz > end)
            end = ph.p_vaddr + ph.p_memsz;
    }
    if (s->vaddr == UINT64_MAX)
        s->vaddr = 0;
    s->extent = end > s->vaddr ? end - s->vaddr : 0;
}

struct symbols *symbols_open(const char *plugin, struct err *e)
{
    elf_version(EV_CURRENT);
    struct symbols *s = xcalloc(1, sizeof *s);
    s->fd = open(plugin, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0) {
        err_set(e, errno, "cannot open '%s': %s", plugin, strerror(errno));
        symbols_close(s);
        return NULL;
    }
    s->elf = elf_begin(s->fd, ELF_C_READ_MMAP, NULL);
    if (!s->elf || elf_kind(s->elf) != ELF_K_ELF) {
        err_set(e, 0, "'%s' is not an ELF file", plugin);
        symbols_close(s);
        return NULL;
    }
    read_layout(s);
    s->dwarf = dwarf_begin_elf(s->elf, DWARF_C_READ, NULL);
    s->cfi = s->dwarf ? dwarf_getcfi(s->dwarf) : NULL;
    s->eh_cfi = dwarf_getcfi_elf(s->elf);
    index_build(s);
    return s;
}

static void known_free(struct known *k)
{
    free(k->name);
    free(k->decl);
    free(k->file);
    free(k);
}

void symbols_close(struct symbols *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < KNOWN_BUCKETS; i++)
        for (struct known *k = s->known[i], *next; k; k = next) {
            next = k->next;
            known_free(k);
        }
    free(s->blocks);
    free(s->source_path);
    free(s->source);
    free(s->lines);
    free(s->funcs);
    free(s->vars);
    if (s->eh_cfi)
        dwarf_cfi_end(s->eh_cfi);
    if (s->dwarf)
        dwarf_end(s->dwarf);
    if (s->elf)
        elf_end(s->elf);
    if (s->fd >= 0)
        close(s->fd);
    free(s);
}

void symbols_set_base(struct symbols *s, uint64_t base) { s->base = base; }

/* ---- places, refs, values ---------------------------------------------- */

static void set(char **field, const char *value)
{
    free(*field);
    *field = value ? xstrdup(value) : NULL;
}

void symbols_place(struct symbols *s, struct trace_place *place)
{
    if (!place->pc)
        return;
    const struct line_row *row = index_line(s, place->pc);
    const struct func_row *f = index_func(s, place->pc);
    set(&place->file, row ? row->file : NULL);
    place->line = row ? row->line : 0;
    set(&place->func, f ? index_func_name(f) : NULL);
}

void symbols_ref(struct symbols *s, struct trace_ref *ref)
{
    if (ref->kind == REF_NONE || ref->kind == REF_LIBRARY || ref->kind == REF_FILE)
        return;
    const struct known *k = name_ref(s, ref);
    set(&ref->name, k->name);
    set(&ref->decl, k->decl);
    if (k->file) {
        set(&ref->file, k->file);
        ref->line = k->line;
    }
}

/* The block, not what lies at its start: what is freed, leaked or left behind. */
static void block_ref(struct symbols *s, struct trace_ref *ref)
{
    uint64_t size = ref->size;
    ref->size = ref->kind == REF_HEAP ? WHOLE_BLOCK : size;
    symbols_ref(s, ref);
    ref->size = size;
}

char *symbols_value(struct symbols *s, const struct trace_ref *ref, const void *bytes, size_t size)
{
    struct trace_ref sized = *ref;
    sized.size = size;
    const struct known *k = name_ref(s, &sized);
    if (!k->has_leaf)
        return NULL;
    if (!k->leaf.exact && !k->leaf.bit_size)
        return value_of_characters(&k->leaf, bytes, size);
    return value_text(s, &k->leaf, bytes, size);
}

/* ---- whole messages ----------------------------------------------------- */

static char *number_text(struct symbols *s, const struct trace_event *ev, uint64_t value)
{
    if (ev->object.size == 0 || ev->object.size > sizeof value)
        return NULL;
    return symbols_value(s, &ev->object, &value, ev->object.size);
}

static bool about_memory(enum event_kind k)
{
    return k == EVENT_READ || k == EVENT_WRITE || k == EVENT_ATOMIC_LOAD ||
           k == EVENT_ATOMIC_STORE || k == EVENT_ATOMIC_RMW;
}

void symbols_event(struct symbols *s, struct trace_event *ev)
{
    alloc_note(s, ev);
    if (ev->kind == EVENT_ALLOC || ev->kind == EVENT_FREE)
        block_ref(s, &ev->object);
    else
        symbols_ref(s, &ev->object);
    symbols_ref(s, &ev->object2);
    symbols_place(s, &ev->at);
    if (!about_memory(ev->kind) || !ev->has_value)
        return;
    free(ev->value_text);
    free(ev->before_text);
    ev->value_text = number_text(s, ev, ev->value);
    ev->before_text = number_text(s, ev, ev->before);
}

static void name_thread(struct trace_thread *t)
{
    free(t->name);
    if (t->tid == 0)
        t->name = xstrdup("main");
    else if (t->process == t->tid)
        t->name = xasprintf("P%d", t->tid);
    else if (t->process && t->start.func)
        t->name = xasprintf("T%d %s in P%d", t->tid, t->start.func, t->process);
    else if (t->start.func)
        t->name = xasprintf("T%d %s", t->tid, t->start.func);
    else
        t->name = xasprintf("T%d", t->tid);
}

static void walk_thread(struct symbols *s, struct trace_thread *t)
{
    if (t->next == EVENT_FREE)
        block_ref(s, &t->object);
    else
        symbols_ref(s, &t->object);
    symbols_ref(s, &t->object2);
    symbols_place(s, &t->at);
    symbols_place(s, &t->start);
    symbols_place(s, &t->since);
    for (size_t i = 0; i < t->stack_len; i++)
        symbols_place(s, &t->stack[i]);
    name_thread(t);
}

static void walk_access(struct symbols *s, struct trace_access *a)
{
    symbols_place(s, &a->at);
    for (size_t i = 0; i < a->lock_count; i++)
        symbols_ref(s, &a->locks[i]);
}

static bool about_block(enum reason r)
{
    return r == REASON_DOUBLE_FREE || r == REASON_MEMORY_LEFT || r == REASON_OUT_OF_BOUNDS;
}

static void walk_failure(struct symbols *s, struct trace_failure *f)
{
    if (about_block(f->reason))
        block_ref(s, &f->object);
    else
        symbols_ref(s, &f->object);
    symbols_place(s, &f->at);
    symbols_place(s, &f->at2);
    if (!f->has_race)
        return;
    walk_access(s, &f->race[0]);
    walk_access(s, &f->race[1]);
}

static void walk_watches(struct symbols *s, struct trace_watch *watches, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trace_watch *w = &watches[i];
        symbols_ref(s, &w->place);
        free(w->text);
        w->text = symbols_value(s, &w->place, w->bytes, w->size);
    }
}

void symbols_state(struct symbols *s, struct trace_state *st)
{
    walk_failure(s, &st->failure);
    for (size_t i = 0; i < st->thread_count; i++)
        walk_thread(s, &st->threads[i]);
    walk_watches(s, st->watches, st->watch_count);
}

void symbols_result(struct symbols *s, struct trace_result *r)
{
    walk_failure(s, &r->failure);
    walk_failure(s, &r->consequence);
    symbols_event(s, &r->explained.instead);
    for (size_t i = 0; i < r->race_count; i++) {
        symbols_ref(s, &r->races[i].object);
        walk_access(s, &r->races[i].a);
        walk_access(s, &r->races[i].b);
    }
}

void symbols_outcome(struct symbols *s, struct trace_outcome *o)
{
    walk_watches(s, o->watches, o->watch_count);
}

void symbols_msg(struct symbols *s, struct trace_msg *m)
{
    switch (m->kind) {
    case MSG_TEST: symbols_result(s, &m->result); break;
    case MSG_EVENT: symbols_event(s, &m->event); break;
    case MSG_STATE: symbols_state(s, &m->state); break;
    case MSG_OUTCOME: symbols_outcome(s, &m->outcome); break;
    case MSG_HELLO: symbols_set_base(s, m->base); break;
    case MSG_PROGRESS:
    case MSG_SHARED:
    case MSG_DONE:
    case MSG_TROUBLE: break;
    }
}
