/* heap: malloc for learner code.
 *
 * Each thread allocates from a region of its own, upwards, so an address depends on the thread
 * and on what that thread did, not on the interleaving. Nothing is used twice within a run as long as the
 * region lasts: a freed block stays recognisable. Then freed blocks are used again, in turn, by the thread they were
 * first given to. A block that another thread freed is one of them only if that happened before: equivalent schedules
 * agree on what happened before what, so they still agree on every address, and malloc needs no decision. (Clocks are no
 * part of a state, so the search over states gives up there.) And whoever uses the old block without order still races
 * with the free: what is known of the accesses stays.
 *
 * A program that holds more than the lab has gets a verdict of its own: a right program must not see malloc fail. Fresh
 * memory holds TRACE_FRESH, so a program that reads it uninitialised does the same in every run. One byte of state a
 * granule of 8 bytes: 0 nobody's, 1..8 that many bytes are live, FREED.
 */
#include "engine/engine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FREED 0xFD
#define GAP 16 /* bytes between blocks that belong to nobody */

/* What a process knows of its heap; engine.space says which one is meant. */
static struct heap {
    uint8_t *states;      /* per granule of the whole heap */
    uint32_t *firsts;     /* per granule: 1 + index of the block that starts here */
    struct block *all;
    size_t n_blocks, room;
    char *top[MAX_THREADS]; /* of each thread's region: where its blocks end; NULL: it has none */
    size_t next[MAX_THREADS]; /* of each thread's region: the block behind the one used again last */
    uint64_t held; /* bytes in blocks that are not freed */
} heaps[MAX_THREADS];
static int spaces = 1; /* of them have had blocks in this run, at most */

#define state (heaps[engine.space].states)
#define starts (heaps[engine.space].firsts)
#define blocks (heaps[engine.space].all)
#define block_count (heaps[engine.space].n_blocks)
#define block_cap (heaps[engine.space].room)

static size_t granule(const char *addr) { return (size_t)(addr - engine.heap) / 8; }
static char *region(int tid) { return engine.heap + (size_t)tid * HEAP_PER_THREAD; }

static void *reserve(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static bool heap_reserve(void)
{
    size_t size = MAX_THREADS * HEAP_PER_THREAD;
    if (!state)
        state = reserve(size / 8);
    if (!starts)
        starts = reserve(size / 8 * sizeof *starts);
    return state && starts;
}

bool heap_init(void)
{
    engine.heap_end = engine.heap + MAX_THREADS * HEAP_PER_THREAD;
    return heap_reserve();
}

static void space_reset(void)
{
    for (size_t i = 0; i < block_count; i++) {
        memset(state + granule(blocks[i].addr), 0, blocks[i].room / 8 + 1);
        starts[granule(blocks[i].addr)] = 0;
    }
    block_count = 0;
    heaps[engine.space].held = 0;
    memset(heaps[engine.space].top, 0, sizeof heaps[engine.space].top);
    memset(heaps[engine.space].next, 0, sizeof heaps[engine.space].next);
}

void heap_reset(void)
{
    for (engine.space = spaces - 1; engine.space >= 0; engine.space--)
        if (block_count)
            space_reset();
    engine.space = 0;
    spaces = 1;
    for (int i = 0; i < engine.run.thread_count; i++) {
        engine.threads[i].heap_next = region(i) + GAP;
        engine.threads[i].alloc_count = 0;
    }
}

static void mark_live(char *addr, size_t size)
{
    memset(state + granule(addr), 8, size / 8);
    if (size % 8)
        state[granule(addr) + size / 8] = (uint8_t)(size % 8);
}

static char *align_up(char *p, size_t align) { return (char *)(((uintptr_t)p + (align - 1)) & ~(uintptr_t)(align - 1)); }

/* A block behind all others of the thread's region; NULL: there is no room. */
static struct block *new_block(struct thread *t, size_t room, size_t align)
{
    if (!t->heap_next)
        t->heap_next = region(t->tid) + GAP;
    char *addr = align_up(t->heap_next, align);
    if ((size_t)(addr - region(t->tid)) + room + GAP > HEAP_PER_THREAD)
        return NULL;
    ARRAY_GROW(blocks, block_count, block_cap);
    blocks[block_count++] = (struct block){.addr = addr, .room = room};
    starts[granule(addr)] = (uint32_t)block_count;
    t->heap_next = align_up(addr + room + GAP, 8);
    heaps[engine.space].top[t->tid] = t->heap_next;
    return &blocks[block_count - 1];
}

/* PLAIN_SHARED knows no order by locks; its runs are compared with no others. */
static bool freed_before(const struct block *b, const struct thread *t)
{
    engine.run.undigested |= b->freed_by != t->tid;
    return engine.set.plain == PLAIN_SHARED || b->freed_at <= t->vc[b->freed_by];
}

/* The next one that the thread had, that was freed and is large enough; NULL: none. The thread's own blocks stand in
 * its own order, whatever others stand between them. */
static struct block *old_block(struct thread *t, size_t room, size_t align)
{
    size_t *next = &heaps[engine.space].next[t->tid];
    for (size_t tries = 0; tries < block_count; tries++) {
        struct block *b = &blocks[*next < block_count ? *next : 0];
        *next = (size_t)(b - blocks) + 1;
        if (!b->freed || b->tid != t->tid || b->room < room || b->addr != align_up(b->addr, align) || !freed_before(b, t))
            continue;
        memset(state + granule(b->addr), 0, b->room / 8 + 1);
        if (engine.set.plain == PLAIN_SHARED)
            access_forget(b->addr, b->room);
        t->volume += b->room / LONG_ACCESS;
        return b;
    }
    return NULL;
}

static _Noreturn void refuse(size_t size, uint64_t pc)
{
    static char why[120];
    snprintf(why, sizeof why, "the program wants to hold %zu bytes at once, and the lab gives a process %zu MiB",
             (size_t)heaps[engine.space].held + size, (size_t)(HEAP_LIMIT >> 20));
    fail(.reason = REASON_LIMIT, .detail = why, .pc = pc);
}

void *heap_alloc(size_t size, size_t align, bool zero, uint64_t pc)
{
    struct thread *t = me();
    size_t room = size ? size : 1;
    if (size > HEAP_MACHINE)
        return NULL;
    if (heaps[engine.space].held + size > HEAP_LIMIT)
        refuse(size, pc);
    struct block *b = new_block(t, room, align);
    if (!b && !(b = old_block(t, room, align)))
        fail(.reason = REASON_LIMIT, .pc = pc,
             .detail = "this thread has used up the memory that the lab has for its blocks, and no block freed before is "
                       "large enough to be used again");
    char *addr = b->addr;
    *b = (struct block){.addr = addr, .size = size, .room = b->room, .tid = t->tid, .number = t->alloc_count, .pc = pc};
    mark_live(addr, size);
    memset(addr, zero ? 0 : TRACE_FRESH, size);
    promote_block(t, t->alloc_count, addr, size);
    t->alloc_count++;
    heaps[engine.space].held += size;
    struct trace_event *ev = record(EVENT_ALLOC, addr, size, pc);
    if (ev)
        ev->before = (uintptr_t)addr;
    return addr;
}

const struct block *heap_find(const void *addr)
{
    const char *p = (const char *)((uintptr_t)addr & ~(uintptr_t)7);
    const char *lowest = region((int)((size_t)(p - engine.heap) / HEAP_PER_THREAD));
    while (p > lowest && !starts[granule(p)])
        p -= 8;
    return starts[granule(p)] ? &blocks[starts[granule(p)] - 1] : NULL;
}

/* Which block an address beside blocks was meant to be in: the one at or before it, or the one it just misses. */
const struct block *heap_near(const void *addr)
{
    const struct block *b = heap_find(addr);
    const char *a = addr, *p = (const char *)(((uintptr_t)addr + 7) & ~(uintptr_t)7);
    if (b && a < b->addr + b->size + GAP / 2)
        return b;
    for (int i = 0; i <= GAP / 8 && p < engine.heap_end; i++, p += 8)
        if (starts[granule(p)])
            return &blocks[starts[granule(p)] - 1];
    return b;
}

static struct block *block_starting(const void *p)
{
    const char *at = p;
    if (at < engine.heap || at >= engine.heap_end || ((uintptr_t)p & 7) || !starts[granule(at)])
        return NULL;
    return &blocks[starts[granule(at)] - 1];
}

enum reason heap_check(const char *addr, size_t size)
{
    size_t live = state[granule(addr)], in = (uintptr_t)addr & 7;
    if (in + size <= live && live <= 8)
        return REASON_NONE;
    for (const char *p = addr; p < addr + size;) {
        uint8_t s = state[granule(p)];
        size_t inside = (uintptr_t)p & 7, here = 8 - inside;
        if (here > (size_t)(addr + size - p))
            here = (size_t)(addr + size - p);
        if (s == FREED)
            return REASON_USE_AFTER_FREE;
        if (inside + here > s)
            return REASON_OUT_OF_BOUNDS;
        p += here;
    }
    return REASON_NONE;
}

void heap_free(void *p, uint64_t pc)
{
    if (!p)
        return;
    struct block *b = block_starting(p);
    if (!b)
        fail(.reason = REASON_BAD_FREE, .object = p, .pc = pc);
    if (b->freed)
        fail(.reason = REASON_DOUBLE_FREE, .object = p, .pc = pc, .pc2 = b->free_pc);
    access_range(p, b->size, true, pc); /* frees race with every access */
    b = block_starting(p); /* others may have run, and the blocks have moved */
    b->freed = true;
    b->freed_by = me()->tid;
    b->freed_at = me()->vc[b->freed_by];
    b->free_pc = pc;
    heaps[engine.space].held -= b->size;
    memset(state + granule(b->addr), FREED, (b->size + 7) / 8);
    record(EVENT_FREE, p, b->size, pc);
}

void *heap_resize(void *p, size_t size, uint64_t pc)
{
    if (!p)
        return heap_alloc(size, 16, false, pc);
    struct block *b = block_starting(p);
    if (!b || b->freed)
        fail(.reason = b ? REASON_DOUBLE_FREE : REASON_BAD_FREE, .object = p, .pc = pc);
    if (!size) { /* as glibc has it */
        heap_free(p, pc);
        return NULL;
    }
    size_t was = b->size, keep = was < size ? was : size;
    heaps[engine.space].held -= was; /* a program that lets a block grow does not hold it twice */
    void *fresh = heap_alloc(size, 16, false, pc);
    heaps[engine.space].held += was;
    if (!fresh)
        return NULL;
    access_range(p, keep, false, pc);
    memcpy(fresh, p, keep);
    access_range(fresh, keep, true, pc);
    heap_free(p, pc);
    return fresh;
}

void heap_digest(struct digest *out)
{
    for (size_t i = 0; i < block_count; i++) {
        const struct block *b = &blocks[i];
        struct digest d = DIGEST_START;
        digest_word(&d, (uint64_t)(uintptr_t)b->addr);
        digest_word(&d, (uint64_t)b->size << 1 | b->freed);
        if (!b->freed)
            digest_bytes(&d, b->addr, b->size);
        digest_add(out, d);
    }
    for (int i = 0; i < engine.run.thread_count; i++) {
        size_t next = heaps[engine.space].next[i];
        struct digest d = DIGEST_START;
        if (!next)
            continue;
        digest_word(&d, (uint64_t)(uintptr_t)blocks[next - 1].addr);
        digest_add(out, d);
    }
}

/* ---- processes -------------------------------------------------------------------- */

size_t heap_used(int process, int at, char **ret_from)
{
    *ret_from = region(at);
    return heaps[process].top[at] ? (size_t)(heaps[process].top[at] - region(at)) : 0;
}

void heap_fork(int from, int to)
{
    const struct heap *parent = &heaps[from];
    engine.space = to;
    spaces = to < spaces ? spaces : to + 1;
    if (!heap_reserve())
        fail(.reason = REASON_LIMIT, .detail = "there is no memory for another process");
    memcpy(heaps[to].top, parent->top, sizeof parent->top);
    memcpy(heaps[to].next, parent->next, sizeof parent->next);
    heaps[to].held = parent->held;
    for (size_t i = 0; i < parent->n_blocks; i++) {
        ARRAY_GROW(blocks, block_count, block_cap);
        struct block *b = &blocks[block_count++];
        *b = parent->all[i];
        size_t at = granule(b->addr);
        memcpy(state + at, parent->states + at, b->room / 8 + 1);
        starts[at] = (uint32_t)block_count;
        if (engine.any_promoted)
            promote_block(&engine.threads[b->tid], b->number, b->addr, b->size);
    }
    engine.space = from;
}

/* ---- leaks: blocks nothing points to, as LeakSanitizer decides it ------------- */

static bool *reached;

static void mark_from(const char *from, const char *to);

static void mark_pointer(uintptr_t word)
{
    char *p = (char *)word;
    if (p < engine.heap || p >= engine.heap_end)
        return;
    const struct block *b = heap_find(p);
    if (!b || b->freed || p > b->addr + b->size || reached[b - blocks])
        return;
    reached[b - blocks] = true;
    mark_from(b->addr, b->addr + b->size);
}

static void mark_from(const char *from, const char *to)
{
    for (const char *p = (const char *)(((uintptr_t)from + 7) & ~(uintptr_t)7); p + 8 <= to; p += 8) {
        uintptr_t word;
        memcpy(&word, p, sizeof word);
        mark_pointer(word);
    }
}

static void mark_thread(const struct thread *t)
{
    mark_from(t->tls, t->tls + engine.tls_size);
    if (!t->ended)
        mark_from((char *)t->learner_sp, t->stack + STACK_SIZE);
    mark_pointer((uintptr_t)t->result);
    mark_pointer((uintptr_t)t->arg);
}

/* A program may keep what its globals still point to. After a test all must be gone but what a thread needs that is
 * still at work, as a daemon is. */
static void mark_roots(void)
{
    if (!engine.scenario)
        mark_from(engine.data, engine.data_end);
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (!engine.scenario || (i > 0 && t->detached && !t->ended))
            mark_thread(t);
    }
}

uint64_t heap_live(void) { return heaps[0].held; }

void heap_leaks(void)
{
    if (engine.space || !heaps[0].held) /* what a child has is gone with it */
        return;
    reached = xcalloc(block_count, sizeof *reached);
    mark_roots();
    size_t first = SIZE_MAX;
    uint64_t bytes = 0;
    for (size_t i = 0; i < block_count; i++)
        if (!blocks[i].freed && !reached[i]) {
            first = first == SIZE_MAX ? i : first;
            bytes += blocks[i].size;
        }
    free(reached);
    if (first != SIZE_MAX)
        fail_soft((struct failing){.reason = REASON_MEMORY_LEFT, .object = blocks[first].addr,
                                   .pc = blocks[first].pc, .value = bytes});
}
