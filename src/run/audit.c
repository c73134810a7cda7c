/* audit: what the objects define and refer to, before they are linked.
 *
 * Every reference that no object satisfies is looked up in trace/calls.def; what is not on
 * that list does not get in. The rules are a table at the end of this file, tried in order; the
 * first one that objects decides, and says where.
 */
#include "run/inside.h"

#include <dlfcn.h>
#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <gelf.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_DATA (16u << 20)
#define MAX_THREAD_LOCAL (15u << 10)  /* a slot of the engine holds 16 KiB (TLS_SLOT), its own part included */
#define MAX_THREAD_LOCAL_ALIGN 64u

struct symbol {
    const char *name;
    GElf_Sym sym;
    size_t index;
};
struct object {
    const char *path, *source;
    int fd;
    Elf *elf;
    struct symbol *symbols;
    size_t count, cap;
    size_t names; /* section of the section names */
};
struct audit {
    const struct audit_input *in;
    struct object *objects;
    size_t count;
    struct run_built *out;
};

const char *audit_refusal(bool exercise)
{
    return exercise ? "cannot be used in an exercise" : "cannot be explored";
}

/* ---- reading objects ------------------------------------------------------------- */

static Elf_Scn *find_section(struct object *o, GElf_Word type, GElf_Shdr *ret)
{
    for (Elf_Scn *s = elf_nextscn(o->elf, NULL); s; s = elf_nextscn(o->elf, s))
        if (gelf_getshdr(s, ret) && ret->sh_type == type)
            return s;
    return NULL;
}

static void read_symbols(struct object *o)
{
    GElf_Shdr header;
    Elf_Scn *section = find_section(o, SHT_SYMTAB, &header);
    Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;
    size_t n = data && header.sh_entsize ? header.sh_size / header.sh_entsize : 0;
    for (size_t i = 1; i < n; i++) {
        struct symbol s = {.index = i};
        if (!gelf_getsym(data, (int)i, &s.sym))
            continue;
        s.name = elf_strptr(o->elf, header.sh_link, s.sym.st_name);
        if (!s.name)
            continue;
        ARRAY_GROW(o->symbols, o->count, o->cap);
        o->symbols[o->count++] = s;
    }
}

static bool open_object(struct object *o, const char *path, const char *source)
{
    *o = (struct object){.path = path, .source = source};
    o->fd = open(path, O_RDONLY | O_CLOEXEC);
    o->elf = o->fd >= 0 ? elf_begin(o->fd, ELF_C_READ_MMAP, NULL) : NULL;
    if (!o->elf || elf_kind(o->elf) != ELF_K_ELF || elf_getshdrstrndx(o->elf, &o->names) != 0)
        return false;
    read_symbols(o);
    return true;
}

static void close_object(struct object *o)
{
    if (o->elf)
        elf_end(o->elf);
    if (o->fd >= 0)
        close(o->fd);
    free(o->symbols);
}

static bool defined(const struct symbol *s) { return s->sym.st_shndx != SHN_UNDEF; }
static bool global(const struct symbol *s) { return GELF_ST_BIND(s->sym.st_info) != STB_LOCAL; }
static bool weak(const struct symbol *s) { return GELF_ST_BIND(s->sym.st_info) == STB_WEAK; }
static int kind(const struct symbol *s) { return GELF_ST_TYPE(s->sym.st_info); }

static const struct symbol *definition(const struct object *o, const char *name)
{
    for (size_t i = 0; i < o->count; i++)
        if (global(&o->symbols[i]) && defined(&o->symbols[i]) &&
            strcmp(o->symbols[i].name, name) == 0)
            return &o->symbols[i];
    return NULL;
}

static bool defined_anywhere(const struct audit *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (definition(&a->objects[i], name))
            return true;
    return false;
}

/* ---- where a reference stands ------------------------------------------------------- */

struct site {
    size_t section; /* of the code that refers */
    uint64_t offset;
    bool call; /* not just its address */
    int line;  /* 0: not known */
    const char *function;
};

static bool is_call(struct object *o, uint64_t type)
{
    GElf_Ehdr header;
    gelf_getehdr(o->elf, &header);
    if (header.e_machine == EM_AARCH64)
        return type == R_AARCH64_CALL26 || type == R_AARCH64_JUMP26;
    return type == R_X86_64_PLT32 || type == R_X86_64_PC32;
}

/* The first reference to a symbol; through the GOT counts as one if there is no call. */
static void search_relocations(struct object *o, Elf_Scn *section, const GElf_Shdr *header,
                               size_t symbol, struct site *site)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t n = data && header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
    for (size_t i = 0; i < n; i++) {
        GElf_Rela rela;
        if (!gelf_getrela(data, (int)i, &rela) || GELF_R_SYM(rela.r_info) != symbol)
            continue;
        bool call = is_call(o, GELF_R_TYPE(rela.r_info));
        if (!site->section || (call && !site->call))
            *site = (struct site){header->sh_info, rela.r_offset, call, 0, NULL};
        if (site->call)
            return;
    }
}

static bool holds_program(struct object *o, size_t section)
{
    GElf_Shdr header;
    Elf_Scn *s = elf_getscn(o->elf, section);
    return s && gelf_getshdr(s, &header) && (header.sh_flags & SHF_ALLOC);
}

static const char *function_at(const struct object *o, const struct site *site)
{
    for (size_t i = 0; i < o->count; i++) {
        const struct symbol *s = &o->symbols[i];
        if (kind(s) == STT_FUNC && s->sym.st_shndx == site->section &&
            s->sym.st_value <= site->offset && site->offset < s->sym.st_value + s->sym.st_size)
            return s->name;
    }
    return NULL;
}

/* The last row at or before the address, in the sequence that covers it. */
static int search_rows(Dwarf_Die *unit, Dwarf_Addr addr)
{
    Dwarf_Lines *rows;
    size_t count;
    int best = 0;
    if (dwarf_getsrclines(unit, &rows, &count) != 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        Dwarf_Line *row = dwarf_onesrcline(rows, i);
        Dwarf_Addr at;
        int line;
        bool end;
        if (dwarf_lineaddr(row, &at) != 0 || dwarf_lineno(row, &line) != 0 ||
            dwarf_lineendsequence(row, &end) != 0 || at > addr)
            continue;
        if (end)
            best = at == addr ? best : 0;
        else if (line > 0)
            best = line;
    }
    return best;
}

/* libdwfl lays the sections out and relocates the line table; then it can be asked. (Not by
 * dwfl_module_getsrc: that needs an index which clang does not write.) */
static int ask_lines(Dwfl_Module *module, const struct site *site)
{
    GElf_Addr bias, debug_bias;
    GElf_Shdr header;
    Elf *elf = dwfl_module_getelf(module, &bias);
    Elf_Scn *section = elf ? elf_getscn(elf, site->section) : NULL;
    int line = 0;
    if (!section || !gelf_getshdr(section, &header))
        return 0;
    Dwarf_Die *unit = NULL;
    while (!line && (unit = dwfl_module_nextcu(module, unit, &debug_bias)))
        line = search_rows(unit, header.sh_addr + site->offset);
    return line;
}

static int line_at(const struct object *o, const struct site *site)
{
    static const Dwfl_Callbacks callbacks = {.find_elf = dwfl_linux_proc_find_elf,
                                             .find_debuginfo = dwfl_standard_find_debuginfo,
                                             .section_address = dwfl_offline_section_address};
    Dwfl *dwfl = dwfl_begin(&callbacks);
    int line = 0;
    dwfl_report_begin(dwfl);
    Dwfl_Module *module = dwfl_report_offline(dwfl, "", o->path, -1);
    dwfl_report_end(dwfl, NULL, NULL);
    if (module)
        line = ask_lines(module, site);
    dwfl_end(dwfl);
    return line;
}

static struct site find_site(struct object *o, const struct symbol *s)
{
    struct site site = {0};
    for (Elf_Scn *sec = elf_nextscn(o->elf, NULL); sec && !site.call;
         sec = elf_nextscn(o->elf, sec)) {
        GElf_Shdr header;
        if (gelf_getshdr(sec, &header) && header.sh_type == SHT_RELA &&
            holds_program(o, header.sh_info))
            search_relocations(o, sec, &header, s->index, &site);
    }
    if (site.section) {
        site.line = line_at(o, &site);
        site.function = function_at(o, &site);
    }
    return site;
}

/* ---- saying no -------------------------------------------------------------------------- */

/* Messages end in where: "(line 12)", "(in worker)". */
static bool object_to(struct audit *a, enum verdict v, const struct object *o,
                      const struct site *site, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
static bool object_to(struct audit *a, enum verdict v, const struct object *o,
                      const struct site *site, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    if (site && site->line)
        strbuf_addf(&b, " (line %d)", site->line);
    else if (site && site->function)
        strbuf_addf(&b, " (in %s)", site->function);
    a->out->verdict = v;
    a->out->message = strbuf_take(&b);
    a->out->file = o ? xstrdup(o->source) : NULL;
    a->out->line = site ? site->line : 0;
    return true;
}

static const char *brackets(const struct site *site) { return site->call ? "()" : ""; }

/* ---- rules: each looks at one object, true when it objects --------------------------------- */

static bool rule_constructors(struct audit *a, struct object *o)
{
    uint64_t entries = 0;
    for (Elf_Scn *s = elf_nextscn(o->elf, NULL); s; s = elf_nextscn(o->elf, s)) {
        GElf_Shdr h;
        if (!gelf_getshdr(s, &h))
            continue;
        const char *name = elf_strptr(o->elf, o->names, h.sh_name);
        bool other = name && (str_starts(name, ".ctors") || str_starts(name, ".dtors"));
        if (h.sh_type == SHT_INIT_ARRAY)
            entries += h.sh_size / sizeof(void *);
        else if (h.sh_type == SHT_FINI_ARRAY || h.sh_type == SHT_PREINIT_ARRAY || other)
            entries += 2;
    }
    if (entries <= 1) /* the compiler's own, which calls __tsan_init */
        return false;
    return object_to(a, VERDICT_LIMIT, o, NULL, "a constructor %s: it runs before the test does",
                     audit_refusal(a->in->exercise));
}

static bool rule_ifuncs(struct audit *a, struct object *o)
{
    for (size_t i = 0; i < o->count; i++)
        if (kind(&o->symbols[i]) == STT_GNU_IFUNC)
            return object_to(a, VERDICT_LIMIT, o, NULL, "an ifunc ('%s') %s", o->symbols[i].name,
                             audit_refusal(a->in->exercise));
    return false;
}

static bool rule_data_size(struct audit *a, struct object *o)
{
    uint64_t total = 0;
    for (Elf_Scn *s = elf_nextscn(o->elf, NULL); s; s = elf_nextscn(o->elf, s)) {
        GElf_Shdr h;
        if (gelf_getshdr(s, &h) && (h.sh_flags & SHF_ALLOC) && (h.sh_flags & SHF_WRITE))
            total += h.sh_size;
        if (total > MAX_DATA)
            break;
    }
    if (total <= MAX_DATA)
        return false;
    return object_to(a, VERDICT_LIMIT, o, NULL,
                     "the global variables take more than %u MiB: too much for the lab",
                     MAX_DATA >> 20);
}

/* Each thread's are copied into a slot of the lab's. */
static bool rule_thread_local(struct audit *a, struct object *o)
{
    uint64_t total = 0, align = 0;
    for (Elf_Scn *s = elf_nextscn(o->elf, NULL); s; s = elf_nextscn(o->elf, s)) {
        GElf_Shdr h;
        if (!gelf_getshdr(s, &h) || !(h.sh_flags & SHF_TLS))
            continue;
        total += h.sh_size < MAX_THREAD_LOCAL ? h.sh_size : MAX_THREAD_LOCAL + 1;
        align = h.sh_addralign > align ? h.sh_addralign : align;
    }
    if (total > MAX_THREAD_LOCAL)
        return object_to(a, VERDICT_LIMIT, o, NULL, "the thread-local variables take more than %u KiB: too much for the lab",
                         MAX_THREAD_LOCAL >> 10);
    if (align > MAX_THREAD_LOCAL_ALIGN)
        return object_to(a, VERDICT_LIMIT, o, NULL, "a thread-local variable is aligned to more than %u bytes: too much for the lab",
                         MAX_THREAD_LOCAL_ALIGN);
    return false;
}

/* Names through which code would pass for the lab's own. */
static bool rule_lab_names(struct audit *a, struct object *o)
{
    static const char *const prefixes[] = {"__tsan_", "__wrap_", "__real_"};
    bool learner = o == a->objects && a->in->exercise && a->count > 1;
    for (size_t i = 0; i < o->count; i++) {
        const struct symbol *s = &o->symbols[i];
        bool taken = learner && str_starts(s->name, "lab_");
        for (size_t k = 0; k < 3; k++)
            taken |= str_starts(s->name, prefixes[k]);
        if (taken && global(s) && defined(s))
            return object_to(a, VERDICT_LIMIT, o, NULL,
                             "'%s' is a name of the lab's; choose another one", s->name);
    }
    return false;
}

static bool rule_duplicates(struct audit *a, struct object *o)
{
    for (size_t i = 0; i < o->count; i++) {
        const struct symbol *s = &o->symbols[i];
        if (!global(s) || !defined(s) || weak(s) || s->sym.st_shndx == SHN_COMMON)
            continue;
        for (struct object *p = a->objects; p < o; p++) {
            const struct symbol *other = definition(p, s->name);
            if (other && !weak(other) && other->sym.st_shndx != SHN_COMMON)
                return object_to(a, VERDICT_COMPILE, a->objects, NULL,
                                 "'%s' is defined in %s and in %s", s->name,
                                 path_basename(p->source), path_basename(o->source));
        }
    }
    return false;
}

static bool atomic_call(const char *name)
{
    return str_starts(name, "__tsan_atomic") || str_starts(name, "__atomic_") ||
           str_starts(name, "__sync_");
}

static bool forbids(const struct audit *a, const char *name)
{
    for (size_t i = 0; i < a->in->forbid_count; i++) {
        const char *f = a->in->forbid[i];
        if (strcmp(f, name) == 0 || (strcmp(f, "atomics") == 0 && atomic_call(name)))
            return true;
    }
    return false;
}

/* Of all symbols that satisfy a test, the one used first in the source; NULL when none. */
typedef bool symbol_test(const struct audit *a, const struct symbol *s);
static const struct symbol *first_used(struct audit *a, struct object *o, symbol_test *test,
                                       struct site *ret)
{
    const struct symbol *best = NULL;
    for (size_t i = 0; i < o->count; i++) {
        const struct symbol *s = &o->symbols[i];
        if (defined(s) || !test(a, s))
            continue;
        struct site site = find_site(o, s);
        bool earlier = !best || (site.line && (!ret->line || site.line < ret->line));
        if (earlier) {
            best = s;
            *ret = site;
        }
    }
    return best;
}

static bool is_forbidden(const struct audit *a, const struct symbol *s)
{
    return forbids(a, s->name);
}

static bool rule_forbidden(struct audit *a, struct object *o)
{
    struct site site;
    if (o != a->objects)
        return false;
    const struct symbol *s = first_used(a, o, is_forbidden, &site);
    if (!s)
        return false;
    if (atomic_call(s->name))
        return object_to(a, VERDICT_LIMIT, o, &site,
                         "atomic operations are not allowed in this exercise");
    return object_to(a, VERDICT_LIMIT, o, &site, "%s%s is not allowed in this exercise", s->name,
                     brackets(&site));
}

/* Libraries whose functions only compute: libm, and the helpers compilers call for what the machine
 * has no instruction for. (The shared libgcc: the static one holds a __wrap_pthread_create of its
 * own.) A demo on real threads may also use libuv. */
static const struct {
    const char *name, *prefix; /* of the functions that may be used */
    bool native_only;
} pure[AUDIT_LIBRARIES] = {{"libm.so.6", "", false}, {"libgcc_s.so.1", "__", false}, {"libuv.so.1", "uv_", true}};

static void *library(int i)
{
    static void *handles[AUDIT_LIBRARIES];
    if (!handles[i])
        handles[i] = dlopen(pure[i].name, RTLD_LAZY | RTLD_LOCAL);
    return handles[i];
}

const char *audit_library(int i)
{
    struct link_map *map;
    bool loaded = library(i) && dlinfo(library(i), RTLD_DI_LINKMAP, &map) == 0;
    return loaded && *map->l_name ? map->l_name : NULL;
}

/* Which of them defines the function itself; -1 when none does. */
static int pure_library(const struct audit *a, const char *name)
{
    for (int i = 0; i < AUDIT_LIBRARIES; i++) {
        if (pure[i].native_only && !a->in->native)
            continue;
        void *at = library(i) ? dlsym(library(i), name) : NULL;
        const char *path = audit_library(i);
        Dl_info info;
        if (at && path && str_starts(name, pure[i].prefix) && dladdr(at, &info) && info.dli_fname &&
            strcmp(info.dli_fname, path) == 0)
            return i;
    }
    return -1;
}

static void list_libraries(struct audit *a)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < a->objects[i].count; k++) {
            const struct symbol *s = &a->objects[i].symbols[k];
            bool asked = !defined(s) && *s->name && !str_starts(s->name, "__tsan_") &&
                         trace_call_class(s->name, NULL) != CALL_WRAPPED;
            int library = asked ? pure_library(a, s->name) : -1;
            if (library >= 0)
                a->in->ret_needs[library] = true;
        }
}

static bool is_stranger(const struct audit *a, const struct symbol *s)
{
    if (!*s->name || str_starts(s->name, "__tsan_") ||
        strcmp(s->name, "_GLOBAL_OFFSET_TABLE_") == 0 || defined_anywhere(a, s->name))
        return false;
    enum call_class class = trace_call_class(s->name, NULL);
    if (a->in->native)
        return class == CALL_UNKNOWN && !weak(s) && pure_library(a, s->name) < 0 &&
               !dlsym(RTLD_DEFAULT, s->name);
    return class == CALL_REFUSED || (class == CALL_UNKNOWN && pure_library(a, s->name) < 0);
}

static bool say_missing(struct audit *a, struct object *o, const struct symbol *s,
                        const struct site *site)
{
    if (o != a->objects && a->in->exercise)
        return object_to(a, VERDICT_COMPILE, a->objects, NULL,
                         "%s%s is not defined in %s; the test in %s uses it", s->name,
                         brackets(site), path_basename(a->objects->source),
                         path_basename(o->source));
    return object_to(a, VERDICT_COMPILE, o, site, "%s%s is used but defined nowhere", s->name,
                     brackets(site));
}

static bool rule_strangers(struct audit *a, struct object *o)
{
    struct site site;
    const char *why = NULL;
    const struct symbol *s = first_used(a, o, is_stranger, &site);
    if (!s)
        return false;
    const char *refusal = audit_refusal(a->in->exercise);
    if (trace_call_class(s->name, &why) == CALL_REFUSED)
        return object_to(a, VERDICT_LIMIT, o, &site, "%s%s %s: %s", s->name, brackets(&site),
                         refusal, why);
    if (atomic_call(s->name))
        return object_to(a, VERDICT_LIMIT, o, &site,
                         "an atomic operation on an object of this type %s", refusal);
    if (!dlsym(RTLD_DEFAULT, s->name))
        return say_missing(a, o, s, &site);
    return object_to(a, VERDICT_LIMIT, o, &site, "%s%s %s: the lab does not know what it does",
                     s->name, brackets(&site), refusal);
}

/* ---- what the plugin offers ---------------------------------------------------------------- */

struct scenario {
    const char *name;
    int line;
};

/* SCENARIO keeps its line behind four pointers; that is the order they are written in. */
static int scenario_line(struct object *o, const struct symbol *s)
{
    Elf_Scn *section = elf_getscn(o->elf, s->sym.st_shndx);
    Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;
    uint64_t at = s->sym.st_value + 4 * sizeof(char *);
    int line = 0;
    if (data && data->d_buf && at + sizeof line <= data->d_size)
        memcpy(&line, (char *)data->d_buf + at, sizeof line);
    return line;
}

static int by_line(const void *a, const void *b)
{
    const struct scenario *x = a, *y = b;
    return x->line - y->line;
}

static void list_scenarios(struct object *o, struct run_built *out)
{
    static const char prefix[] = "lab_scenario_";
    struct scenario *found = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < o->count; i++) {
        const struct symbol *s = &o->symbols[i];
        if (!global(s) || !defined(s) || kind(s) != STT_OBJECT || !str_starts(s->name, prefix))
            continue;
        ARRAY_GROW(found, n, cap);
        found[n++] = (struct scenario){s->name + strlen(prefix), scenario_line(o, s)};
    }
    if (n)
        qsort(found, n, sizeof *found, by_line);
    out->scenarios = xrealloc(out->scenarios, (out->scenario_count + n) * sizeof *out->scenarios);
    for (size_t i = 0; i < n; i++)
        out->scenarios[out->scenario_count++] = xstrdup(found[i].name);
    free(found);
}

static void list_offers(struct audit *a)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct symbol *entry = definition(&a->objects[i], "main");
        a->out->has_main |= entry && kind(entry) == STT_FUNC;
        list_scenarios(&a->objects[i], a->out);
    }
}

/* ---- the audit ------------------------------------------------------------------------------- */

typedef bool rule(struct audit *a, struct object *o);
static const struct {
    rule *check;
    bool native; /* also for programs that run outside the lab */
} rules[] = {
    {rule_duplicates, true}, {rule_constructors, false}, {rule_ifuncs, false},
    {rule_lab_names, false}, {rule_data_size, false}, {rule_thread_local, false}, {rule_forbidden, false},
    {rule_strangers, true},
};

static void apply_rules(struct audit *a)
{
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        for (size_t i = 0; i < a->count && (rules[r].native || !a->in->native); i++)
            if (rules[r].check(a, &a->objects[i]))
                return;
    list_libraries(a);
    list_offers(a);
}

void audit_objects(const struct audit_input *in, struct run_built *out)
{
    struct audit a = {.in = in, .out = out};
    elf_version(EV_CURRENT);
    a.objects = xcalloc(in->count, sizeof *a.objects);
    bool open = true;
    for (; open && a.count < in->count; a.count++)
        open = open_object(&a.objects[a.count], in->objects[a.count], in->sources[a.count]);
    out->verdict = VERDICT_PASS;
    if (open) {
        apply_rules(&a);
    } else {
        out->verdict = VERDICT_TROUBLE;
        out->message = xasprintf("cannot read the object file of '%s'", in->sources[a.count - 1]);
    }
    for (size_t i = 0; i < a.count; i++)
        close_object(&a.objects[i]);
    free(a.objects);
}
