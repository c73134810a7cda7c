/* access: every instrumented access of learner code passes here.
 *
 * Three questions, in this order. May it touch that memory (heap blocks, its globals, live
 * stack frames)? Is it a scheduling point (promoted bytes)? Does it race with an earlier
 * access? The common answer (own stack or repeated access) must be quick.
 */
#include "engine/machine/shadow.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <getopt.h>

/* ---- where an address lies --------------------------------------------------- */

int stack_owner(const void *p)
{
    const char *a = p;
    return a >= engine.stacks && a < engine.stacks_end ? (int)((size_t)(a - engine.stacks) / STACK_SLOT) : TRACE_NO_THREAD;
}

/* ---- processes ------------------------------------------------------------------ */

static void promote_ranges(bool on);

void access_track(int process)
{
    bool fresh = !engine.cells[process].data;
    cells_reserve(process);
    engine.run.tracked |= UINT64_C(1) << process;
    int was = engine.space;
    engine.space = process;
    if (fresh)
        promote_ranges(true);
    engine.space = was;
}

/* What the parent's other threads did and nothing orders before the fork races with what the child does. */
static void copy_cells(struct cell *to, const struct cell *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (from[i].run == engine.run.id && from[i].count) {
            uint8_t promoted = to[i].promoted;
            to[i] = from[i];
            to[i].promoted = promoted;
        }
}

static bool all_ordered(int process)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (engine.threads[i].process == process && i != me()->tid && engine.threads[i].vc[i] > me()->vc[i])
            return false;
    return true;
}

void access_fork(int from, int to)
{
    if (engine.any_promoted) /* the child's copies of promoted bytes are promoted, too */
        access_track(to);
    if (all_ordered(from))
        return;
    access_track(to);
    const struct cells *a = &engine.cells[from], *b = &engine.cells[to];
    copy_cells(b->data, a->data, (size_t)(engine.data_end - engine.data) / 8 + 1);
    for (int i = 0; i < engine.run.thread_count; i++) {
        char *at;
        size_t used = heap_used(from, i, &at), heap = (size_t)(at - engine.heap) / 8;
        copy_cells(b->heap + heap, a->heap + heap, used / 8);
        size_t deep = ((uintptr_t)engine.threads[i].stack + STACK_SIZE - engine.threads[i].lowest_sp) / 8;
        size_t top = (size_t)(i + 1) * STACK_SIZE / 8;
        copy_cells(b->stack + top - deep, a->stack + top - deep, deep);
    }
}

/* Memory of libc that learner code legitimately reads: stdout, character tables. */
static struct { char *from, *to; } readable[64];
static int readable_count;

static int add_readable(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    if ((char *)info->dlpi_addr == engine.base || !info->dlpi_name || !strstr(info->dlpi_name, "libc.so"))
        return 0;
    for (int i = 0; i < info->dlpi_phnum && readable_count < 60; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD) {
            readable[readable_count].from = (char *)info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            readable[readable_count].to = readable[readable_count].from + info->dlpi_phdr[i].p_memsz;
            readable_count++;
        }
    return 0;
}

static void add_variable(void *from, size_t size)
{
    readable[readable_count].from = from;
    readable[readable_count++].to = (char *)from + size;
}

/* stdout, stderr and getopt's variables may have moved into this executable (copy relocations). */
static bool libc_readable(const char *a, size_t size)
{
    if (!readable_count) {
        add_variable(&stdout, sizeof stdout);
        add_variable(&stderr, sizeof stderr);
        add_variable(&optarg, sizeof optarg);
        add_variable(&optind, sizeof optind);
        add_variable(&opterr, sizeof opterr);
        add_variable(&optopt, sizeof optopt);
        dl_iterate_phdr(add_readable, NULL);
        char *thread = (char *)__builtin_thread_pointer();
        readable[readable_count].from = thread - 4096;
        readable[readable_count++].to = thread + 4096;
    }
    for (int i = 0; i < readable_count; i++)
        if (a >= readable[i].from && a + size <= readable[i].to)
            return true;
    return false;
}

static enum reason stack_check(const char *a)
{
    const struct thread *t = process_stack_thread(stack_owner(a));
    if ((size_t)(a - engine.stacks) % STACK_SLOT < STACK_SLOT - STACK_SIZE) /* between two stacks */
        return t == me() ? REASON_STACK_OVERFLOW : REASON_WILD_POINTER;
    if (!t)
        return process_stack_alive(a) ? REASON_NONE : REASON_DEAD_STACK;
    if (t->tid >= engine.run.thread_count)
        return REASON_WILD_POINTER;
    if (!t->alive || t->ended)
        return REASON_DEAD_STACK;
    return (uintptr_t)a >= t->learner_sp + PUSHED ? REASON_NONE : REASON_DEAD_STACK;
}

/* A program may say where getopt begins, and that it keeps quiet. */
static bool libc_writable(const char *a, size_t size)
{
    const char *const own[] = {(char *)&optind, (char *)&opterr, (char *)&optopt};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (a == own[i] && size == sizeof(int))
            return true;
    return false;
}

static enum reason why_illegal(const char *a, size_t size, bool write)
{
    if (a >= engine.stacks && a + size <= engine.stacks_end)
        return stack_check(a);
    if (a >= engine.data && a + size <= engine.data_end)
        return REASON_NONE;
    if (a >= engine.heap && a + size <= engine.heap_end)
        return heap_check(a, size);
    if (a >= engine.tls_area && a + size <= engine.tls_area_end)
        return REASON_NONE;
    if (a >= engine.shared_area && a + size <= engine.shared_end)
        return shared_check(a, size);
    if ((uintptr_t)a < 4096)
        return REASON_NULL_POINTER;
    if (a >= engine.text && a + size <= engine.text_end)
        return write ? REASON_READ_ONLY : REASON_NONE;
    if (write ? libc_writable(a, size) : libc_readable(a, size))
        return REASON_NONE;
    return REASON_WILD_POINTER;
}

static __attribute__((noinline)) void check_further(void *addr, size_t size, bool write, uint64_t pc)
{
    enum reason why = why_illegal(addr, size, write);
    if (why == REASON_NONE)
        return;
    uint64_t freed = 0;
    if (why == REASON_USE_AFTER_FREE) {
        const struct block *b = heap_find(addr);
        freed = b ? b->free_pc : 0;
    }
    fail(.reason = why, .object = addr, .size = (unsigned)size, .pc = pc, .pc2 = freed, .value = write);
}

static inline bool lies_whole_in(const void *p, size_t size, const char *from, size_t all)
{
    size_t at = (uintptr_t)p - (uintptr_t)from;
    return at < all && size <= all - at;
}

static inline void check(const struct thread *t, void *addr, size_t size, bool write, uint64_t pc)
{
    if (lies_whole_in(addr, size, engine.data, (size_t)(engine.data_end - engine.data)) || lies_in_own_frames(t, addr, size))
        return;
    if (lies_whole_in(addr, size, engine.heap, MAX_THREADS * HEAP_PER_THREAD) && heap_check(addr, size) == REASON_NONE)
        return;
    check_further(addr, size, write, pc);
}

void access_check(void *addr, size_t size, bool write, uint64_t pc) { check(me(), addr, size, write, pc); }

/* ---- promoted bytes: scheduling points --------------------------------------------- */

bool cells_marked(const void *p, size_t size, size_t marks)
{
    const char *addr = p;
    for (size_t i = 0; i < size;) {
        size_t at = ((uintptr_t)addr + i) & 7, n = 8 - at < size - i ? 8 - at : size - i;
        struct cell *c = cell_of(addr + i);
        if (c && (*((const uint8_t *)c + marks) & (((1u << n) - 1) << at)))
            return true;
        i += n;
    }
    return false;
}

static void promote_bytes(char *addr, size_t size, bool on)
{
    for (size_t i = 0; i < size; i++) {
        struct cell *c = cell_of(addr + i);
        uint8_t bit = (uint8_t)(1u << (((uintptr_t)addr + i) & 7));
        if (c)
            c->promoted = on ? c->promoted | bit : c->promoted & (uint8_t)~bit;
    }
}

static char *range_start(const struct trace_range *r)
{
    if (r->kind == REF_GLOBAL)
        return engine.base + r->offset;
    if (r->kind == REF_STACK && r->tid < MAX_THREADS)
        return engine.stacks + (size_t)(r->tid + 1) * STACK_SLOT - r->offset;
    if (r->kind == REF_SHARED && (uint64_t)r->offset < (uint64_t)(engine.shared_end - engine.shared_area))
        return engine.shared_area + r->offset;
    return NULL; /* heap blocks: when they are allocated */
}

static void promote_ranges(bool on)
{
    for (size_t i = 0; i < engine.range_count; i++)
        if (range_start(&engine.ranges[i]))
            promote_bytes(range_start(&engine.ranges[i]), engine.ranges[i].size, on);
}

static void promote_everywhere(bool on)
{
    engine.run.tracked = UINT64_MAX; /* no run is going on */
    for (engine.space = 0; engine.space < MAX_THREADS; engine.space++)
        promote_ranges(on);
    engine.space = 0;
}

void access_promote(const struct trace_range *ranges, size_t n)
{
    promote_everywhere(false);
    free(engine.ranges);
    engine.ranges = n ? xmalloc(n * sizeof *ranges) : NULL;
    if (n)
        memcpy(engine.ranges, ranges, n * sizeof *ranges);
    engine.range_count = n;
    engine.any_promoted = n > 0;
    promote_everywhere(true);
}

void promote_block(struct thread *owner, uint64_t block, char *addr, size_t size)
{
    promote_bytes(addr, engine.any_promoted ? size : 0, false);
    for (size_t i = 0; i < engine.range_count; i++) {
        const struct trace_range *r = &engine.ranges[i];
        if (r->kind == REF_HEAP && r->tid == owner->tid && r->block == block && r->offset >= 0 &&
            (uint64_t)r->offset + r->size <= size)
            promote_bytes(addr + r->offset, r->size, true);
    }
}

/* ---- the access itself ---------------------------------------------------------------- */

static void promoted_point(void *addr, unsigned size, bool write, uint64_t pc)
{
    struct op *op = &me()->op;
    op->kind = write ? EVENT_WRITE : EVENT_READ;
    op->object = addr;
    op->object2 = NULL;
    op->value = size;
    op->pc = pc;
    op->enabled = always;
    op->with = me()->within;
    point();
    count_op();
}

/* Many accesses since the last visible operation: a loop that polls plain memory? One call may read the same bytes
 * twice, as strcmp(s, s) does: that is no round of a loop, so of each call only the first access is looked at. */
static void long_segment(struct thread *t, void *addr, unsigned size, bool write, uint64_t pc)
{
    bool first = t->entered;
    t->entered = false;
    if (t->accesses + t->volume > ACCESS_LIMIT)
        fail(.reason = REASON_ENDLESS, .pc = pc);
    if (write || !first || !spin_read(t, addr, size, pc))
        return;
    t->op = (struct op){.kind = EVENT_SPIN, .object = addr, .pc = pc, .enabled = always};
    t->await = true;
    point();
    count_op();
    record(EVENT_SPIN, addr, 0, pc);
}

/* A write over a frame pointer or a return address: past the end of a local array. */
static inline void frame_check(const struct thread *t, const void *addr, size_t size, uint64_t pc)
{
#if defined(__x86_64__)
    uintptr_t from = (uintptr_t)addr, to = from + size;
    for (int i = t->depth - 1; i >= 0 && to > t->frames[i].fp; i--)
        if (from < t->frames[i].fp + 16 && t->frames[i].fp > t->learner_sp)
            fail(.reason = REASON_STACK_SMASHED, .object = (void *)(uintptr_t)addr, .size = (unsigned)size, .pc = pc);
#else
    (void)t, (void)addr, (void)size, (void)pc;
#endif
}

/* What a thread reads of its own stack is not among the reads its loop waits for: a thread that writes there lets
 * it look again. */
static __attribute__((noinline)) void stir(const void *addr)
{
    const struct thread *owner = process_stack_thread(stack_owner(addr));
    if (!owner)
        return;
    spin_wrote(&engine.threads[owner->tid]);
    engine.threads[owner->tid].await = false;
}

/* Is it a scheduling point, or to be recorded? True: it has been looked at in full. */
static __attribute__((noinline)) bool rare_access(void *addr, size_t size, bool write, uint64_t pc)
{
    if (engine.run.handling)
        handler_access(addr, (unsigned)size, write);
    if (engine.any_promoted && cells_marked(addr, size, offsetof(struct cell, promoted))) {
        promoted_point(addr, (unsigned)size, write, pc);
        access_check(addr, size, write, pc); /* others ran: it may have been freed */
        if (engine.set.plain == PLAIN_SHARED)
            race_note(addr, size, write ? ACCESS_WRITE : ACCESS_READ, pc);
        if (engine.set.record)
            record_access(addr, (unsigned)size, write, pc);
        return true;
    }
    if (engine.set.record_accesses && (engine.set.record_all || cells_marked(addr, size, offsetof(struct cell, shared))))
        record_access(addr, (unsigned)size, write, pc);
    return false;
}

static inline void compare_access(const struct thread *t, void *addr, size_t size, bool write, bool own, uint64_t pc)
{
    unsigned at = (uintptr_t)addr & 7;
    if (at + size > 8) {
        race_note(addr, size, write ? ACCESS_WRITE : ACCESS_READ, pc);
        return;
    }
    uint16_t what = access_what((uint8_t)(((1u << size) - 1) << at), write ? ACCESS_WRITE : ACCESS_READ);
    struct cell *c = own ? cell_of_own(addr) : cell_of(addr);
    if (c && !noted_before(c, t, what))
        race_note_in(c, addr, (unsigned)size, what, pc);
}

/* Inline where the size is known: most of what it asks is then settled by the compiler. */
static inline __attribute__((always_inline)) void access_of(void *addr, size_t size, bool write, uint64_t pc)
{
    struct thread *t = me();
    if (!t || t->quiet || !size)
        return;
    check(t, addr, size, write, pc);
    bool own = (uintptr_t)addr - (uintptr_t)t->stack < STACK_SIZE;
    if (own && t->depth && t->depth <= MAX_FRAMES) {
        t->frames[t->depth - 1].touched = true;
        if (write)
            frame_check(t, addr, size, pc);
    }
    if (write && !own) { /* the own stack is compared as a whole */
        spin_wrote(t);
        if (lies_in(addr, engine.stacks, (size_t)MAX_THREADS * STACK_SLOT))
            stir(addr);
    } else if (t->spin.armed && !own)
        spin_saw(t, addr, (unsigned)size);
    size_t more = size > 16 ? size / LONG_ACCESS : 0; /* one instruction's access is no range */
    engine.run.accesses += 1 + more;
    t->volume += more;
    if (++t->accesses > 64)
        long_segment(t, addr, (unsigned)size, write, pc);
    if ((engine.any_promoted || engine.set.record_accesses || engine.run.handling) && rare_access(addr, size, write, pc))
        return;
    if (engine.set.plain != PLAIN_OFF)
        compare_access(t, addr, size, write, own, pc);
}

static void access(void *addr, size_t size, bool write, uint64_t pc) { access_of(addr, size, write, pc); }

/* A wrapped call may stop here with arguments that only its own frames know. */
static __attribute__((noinline)) uint64_t frames_within(void)
{
    KEEP_REGISTERS;
    const char *from = (const char *)__builtin_frame_address(0) - KEPT_REGISTERS;
    return hash_bytes(from, (size_t)((const char *)me()->learner_sp - from), HASH_SEED);
}

void access_range(const void *addr, size_t size, bool write, uint64_t pc)
{
    if (engine.set.digests && engine.any_promoted && me())
        me()->within = frames_within();
    access((void *)(uintptr_t)addr, size, write, pc);
}

size_t access_string(const char *s, size_t max, uint64_t pc)
{
    size_t n = 0;
    while (n < max) {
        access_check((void *)(uintptr_t)(s + n), 1, false, pc);
        if (!s[n++])
            break;
    }
    access_range(s, n, false, pc);
    return n && !s[n - 1] ? n - 1 : n;
}

void access_forget(void *addr, size_t size)
{
    struct cell *c = cell_of(addr);
    for (size_t i = 0; c && i < size; i += 8, c++)
        if (c->run == engine.run.id)
            race_forget(c);
}

void access_reset(void)
{
    race_reset();
    engine.race_count = 0;
    engine.collect_races = false;
    engine.answer = NULL;
}

/* ---- what the compiler calls --------------------------------------------------------------- */

#define HOOK(kind, size, write)                                                                    \
    void __tsan_##kind##size(void *addr);                                                          \
    void __tsan_##kind##size(void *addr) { ENTER_LIGHT; access_of(addr, size, write, CALLER); }
#define ENTER_LIGHT                                                                                \
    do {                                                                                           \
        KEEP_REGISTERS;                                                                            \
        if (me()) {                                                                                \
            me()->learner_sp = (uintptr_t)__builtin_frame_address(0);                              \
            me()->entered = true;                                                                  \
            me()->within = 0;                                                                      \
            if (engine.run.catching_up)                                                            \
                handler_catch_up(CALLER);                                                          \
        }                                                                                          \
    } while (0)
#define SAME_HOOK(kind, size, as) void __tsan_##kind##size(void *addr) __attribute__((alias("__tsan_" #as #size)));
#define HOOKS(size)                                                                                \
    HOOK(read, size, false)                                                                        \
    HOOK(write, size, true)                                                                        \
    SAME_HOOK(unaligned_read, size, read)                                                          \
    SAME_HOOK(unaligned_write, size, write)                                                        \
    SAME_HOOK(volatile_read, size, read)                                                           \
    SAME_HOOK(volatile_write, size, write)                                                         \
    SAME_HOOK(unaligned_volatile_read, size, read)                                                 \
    SAME_HOOK(unaligned_volatile_write, size, write)
HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

#define HOOK_BOTH(name, size)                                                                      \
    void name(void *addr);                                                                         \
    void name(void *addr) { ENTER_LIGHT; access(addr, size, false, CALLER); access(addr, size, true, CALLER); }
HOOK_BOTH(__tsan_read_write1, 1)
HOOK_BOTH(__tsan_read_write2, 2)
HOOK_BOTH(__tsan_read_write4, 4)
HOOK_BOTH(__tsan_read_write8, 8)
HOOK_BOTH(__tsan_read_write16, 16)
HOOK_BOTH(__tsan_unaligned_read_write2, 2)
HOOK_BOTH(__tsan_unaligned_read_write4, 4)
HOOK_BOTH(__tsan_unaligned_read_write8, 8)
HOOK_BOTH(__tsan_unaligned_read_write16, 16)

void __tsan_read_range(void *addr, size_t size);
void __tsan_read_range(void *addr, size_t size) { ENTER_LIGHT; access(addr, size, false, CALLER); }
void __tsan_write_range(void *addr, size_t size);
void __tsan_write_range(void *addr, size_t size) { ENTER_LIGHT; access(addr, size, true, CALLER); }

void *__tsan_memcpy(void *to, const void *from, size_t n);
void *__tsan_memcpy(void *to, const void *from, size_t n)
{
    ENTER_LIGHT;
    access_range(from, n, false, CALLER);
    access_range(to, n, true, CALLER);
    return memcpy(to, from, n);
}
void *__tsan_memmove(void *to, const void *from, size_t n);
void *__tsan_memmove(void *to, const void *from, size_t n)
{
    ENTER_LIGHT;
    access_range(from, n, false, CALLER);
    access_range(to, n, true, CALLER);
    return memmove(to, from, n);
}
void *__tsan_memset(void *to, int c, size_t n);
void *__tsan_memset(void *to, int c, size_t n)
{
    ENTER_LIGHT;
    access(to, n, true, CALLER);
    return memset(to, c, n);
}

void __tsan_func_entry(void *ra);
void __tsan_func_entry(void *ra)
{
    struct thread *t = me();
    if (!t)
        return;
    uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
    if (sp < t->lowest_sp)
        t->lowest_sp = sp;
    t->learner_sp = sp;
    if (t->depth < MAX_FRAMES)
        t->frames[t->depth] = (struct frame){(uint64_t)(uintptr_t)ra - 1, *(uint64_t *)sp, false};
    t->depth++;
}
/* Returning ends the life of the frame's variables. Only those whose address escapes are
 * instrumented, so only frames with such accesses need a look. */
static void end_frame(struct thread *t, uint64_t pc)
{
    uintptr_t from = ((uintptr_t)__builtin_frame_address(0) + 15) & ~(uintptr_t)7;
    uintptr_t to = (uintptr_t)t->stack + STACK_SIZE - 64;
    uint64_t fp = t->frames[t->depth - 1].fp, outer = t->depth > 1 ? t->frames[t->depth - 2].fp : to;
#if defined(__x86_64__)
    (void)outer;
    to = fp < to ? fp : to; /* locals lie below the frame pointer */
#else
    (void)fp;
    to = outer < to ? outer : to;
#endif
    struct cell *c = from < to ? cell_of((void *)from) : NULL;
    for (uintptr_t p = from; c && p < to; p += 8, c++)
        if (c->run == engine.run.id && c->count)
            race_note_in(c, (void *)p, 8, access_what(0xff, ACCESS_END), pc);
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
    struct thread *t = me();
    if (!t || !t->depth)
        return;
    if (t->depth <= MAX_FRAMES && t->frames[t->depth - 1].touched && engine.set.plain != PLAIN_OFF && !t->quiet)
        end_frame(t, CALLER);
    if (--t->depth == 0)
        t->left_pc = CALLER;
}
void __tsan_init(void);
void __tsan_init(void) {}
void __tsan_ignore_thread_begin(void);
void __tsan_ignore_thread_begin(void) {}
void __tsan_ignore_thread_end(void);
void __tsan_ignore_thread_end(void) {}
