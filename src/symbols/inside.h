/* inside: what the files of symbols/ share; not for other rooms.
 *
 * A plugin's debug information is read once, when it is opened, into three sorted tables: source
 * lines, functions, variables. Everything later is a binary search in these, then a walk down
 * a type. Addresses in the tables are offsets from the plugin's load base, as in trace.h.
 */
#ifndef SYMBOLS_INSIDE_H
#define SYMBOLS_INSIDE_H

#include <elfutils/libdw.h>

#include "symbols/symbols.h"

struct line_row {
    uint64_t addr;
    const char *file; /* basename; NULL: no code of a source file from here on */
    const char *path; /* as the compiler knew it */
    int line;
};

struct func_row {
    uint64_t low, high;
    const char *name;
    Dwarf_Die die;
};

struct var_row {
    uint64_t addr, size;
    const char *name;
    const char *owner; /* function of a static local; NULL at file level */
    Dwarf_Die type;
    bool tls;  /* `addr` counts from the start of each thread's copy */
    int order; /* in which it was met: earlier units first */
};

/* The innermost thing an address means. */
struct leaf {
    Dwarf_Die type;     /* with its typedefs and qualifiers */
    uint64_t off;       /* bytes into it; not 0 only where nothing finer is known */
    unsigned bit_size;  /* bit-field: its width, else 0 */
    unsigned bit_shift; /* bit-field: its lowest bit, from the address asked about */
    bool exact;         /* the bytes asked about are this whole object */
};

/* As the size of a REF_HEAP: the block is meant, whatever lies at the offset. */
#define WHOLE_BLOCK UINT64_MAX

/* A heap block of the run whose events are being named, for pointers to it. */
struct block_row {
    uint64_t addr, size, pc;
    int tid;
    int nth; /* of the blocks that this thread got from that line, from 1 */
};

/* What was found out about a trace_ref; kept, since a trace asks for the same ones again. */
struct known {
    struct known *next;
    enum ref_kind kind;
    int64_t offset;
    uint64_t size, pc, block_size;
    int tid; /* REF_TLS */
    char *name, *decl;
    char *file;
    int line;
    bool has_leaf;
    struct leaf leaf;
};

#define KNOWN_BUCKETS 1024

struct symbols {
    int fd;
    Elf *elf;
    Dwarf *dwarf; /* NULL: no debug information */
    Dwarf_CFI *cfi, *eh_cfi;
    int fp_register; /* DWARF number of the frame pointer */
    uint64_t vaddr;  /* of the lowest PT_LOAD: what is subtracted */
    uint64_t extent; /* bytes from there to the end of the highest */
    uint64_t base;   /* where the engine loaded it; 0 = not known */
    struct line_row *lines;
    size_t line_count, line_cap;
    struct func_row *funcs;
    size_t func_count, func_cap;
    struct var_row *vars;
    size_t var_count, var_cap;
    struct known *known[KNOWN_BUCKETS];
    struct block_row *blocks;
    size_t block_count, block_cap;
    char *source_path, *source; /* the source file read last; its text may be NULL */
};

/* ---- index.c: the tables ---- */

void index_build(struct symbols *s);
const struct line_row *index_line(const struct symbols *s, uint64_t addr);
const struct func_row *index_func(const struct symbols *s, uint64_t addr);
/* The variable that covers the address; `tls`: the _Thread_local one that covers the offset. */
const struct var_row *index_var(const struct symbols *s, uint64_t addr, bool tls);
/* By name: file level before static locals, earlier units first. */
const struct var_row *index_var_named(const struct symbols *s, const char *name, size_t len);
/* A function's name for people: a scenario's body is called like the scenario. */
const char *index_func_name(const struct func_row *f);

/* ---- type.c: walking and writing types ---- */

bool type_of(Dwarf_Die *die, Dwarf_Die *ret_type); /* its DW_AT_type */
bool type_peel(Dwarf_Die *type, Dwarf_Die *ret);   /* without typedefs and qualifiers */
uint64_t type_size(Dwarf_Die *type);               /* 0 when unknown */
char *type_name(Dwarf_Die *type);                  /* caller frees */
/* From `size` bytes at `off` in an object of that type down to the innermost part that holds them
 * all, appending ".member" and "[index]" to path. size 0 goes as deep as it can. */
struct leaf type_descend(Dwarf_Die *type, uint64_t off, uint64_t size, struct strbuf *path);
/* Member `name` of a struct or union, through unnamed ones too. */
bool type_member(Dwarf_Die *type, const char *name, size_t len, Dwarf_Die *ret_type,
                 uint64_t *ret_off);
/* A struct's last member when it is an array of no length of its own ("pthread_t worker[]"). False for others. */
struct tail {
    const char *name;
    uint64_t off, each; /* where it begins, and the size of an element */
    Dwarf_Die element;
};
bool type_tail(Dwarf_Die *type, struct tail *ret);
/* A DW_TAG_member as a leaf of its own, and its first byte in the struct. False for members that
 * belong to the C library. */
bool type_read_member(Dwarf_Die *die, struct leaf *ret, uint64_t *ret_off);
/* How many indices an array takes; 0 for what is no array. */
#define MAX_DIMS 8
size_t type_dimensions(Dwarf_Die *type);
/* The element at all `n` indices; false when one is too large or n is wrong. */
bool type_element(Dwarf_Die *type, const uint64_t *index, size_t n, Dwarf_Die *ret_type,
                  uint64_t *ret_off);

/* ---- value.c ---- */

/* NULL when it cannot be told. */
char *value_text(struct symbols *s, const struct leaf *leaf, const unsigned char *bytes,
                 size_t size);

/* The same for a part of an array of characters; NULL for other arrays. */
char *value_of_characters(const struct leaf *leaf, const unsigned char *bytes, size_t size);

/* ---- frame.c ---- */

/* The local variable at frame pointer + `offset` in the function around `pc`. */
bool frame_variable(struct symbols *s, uint64_t pc, int64_t offset, Dwarf_Die *ret_var,
                    uint64_t *ret_off, const struct func_row **ret_func);
/* The name of a pointer declared on that line of the function around `pc`, and what it points to.
 * NULL when there is none; the caller frees it. */
char *frame_pointer_declared(struct symbols *s, uint64_t pc, int line, Dwarf_Die *ret_pointee);
/* The type of the local variable of that name. */
bool frame_named(struct symbols *s, uint64_t pc, const char *name, size_t len, Dwarf_Die *ret_type);

/* ---- alloc.c ---- */

/* The pointer that the call at `pc` to malloc and friends is assigned to, as written, and what it
 * points to. NULL when that cannot be told; the caller frees it. */
char *alloc_target(struct symbols *s, uint64_t pc, Dwarf_Die *ret_pointee);

/* Notes what an EVENT_ALLOC tells; the first event of a run forgets the run before. */
void alloc_note(struct symbols *s, const struct trace_event *ev);
/* "T2's node", "main's items + 8" for an address in a noted block; NULL for others. */
char *alloc_pointer_text(struct symbols *s, uint64_t addr);

/* ---- name.c ---- */

const struct known *name_ref(struct symbols *s, const struct trace_ref *ref);

#endif
