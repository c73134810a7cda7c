/* races: which accesses nothing orders.
 *
 * A granule of 8 bytes keeps its accesses as records; one goes when a later one covers it: whoever
 * could race with the old one then races with the new one too. So what is kept is exact, not a
 * sample. The end of a function counts as a write to its variables.
 */
#include "engine/machine/shadow.h"

#include <stdlib.h>
#include <string.h>

static struct cell_more *more_pool;
static size_t more_used, more_cap;
#define MORE_MAX 65536

void race_forget(struct cell *c)
{
    c->run = engine.run.id;
    c->count = 0;
    c->more = NULL;
}

static __attribute__((noinline)) uint8_t lockset_of(const struct thread *t)
{
    struct lockset *sets = engine.run.locksets;
    int n = engine.run.lockset_count;
    struct lockset set = {.n = t->held_count < MAX_HELD ? t->held_count : MAX_HELD};
    for (int i = 0; i < set.n; i++)
        set.mutex[i] = t->held[i].mutex;
    for (int i = 0; i < n; i++)
        if (sets[i].n == set.n && memcmp(sets[i].mutex, set.mutex, (size_t)set.n * sizeof *set.mutex) == 0)
            return (uint8_t)(i + 1);
    if (n >= 254)
        return 0;
    sets[engine.run.lockset_count++] = set;
    return (uint8_t)(n + 1);
}

static inline uint8_t held_now(const struct thread *t) { return engine.set.record && t->held_count ? lockset_of(t) : 0; }

static bool known_pair(const struct record *a, const struct record *b)
{
    for (int i = 0; i < engine.race_count; i++) {
        const struct race_note *r = &engine.races[i];
        if ((r->first.pc == a->pc && r->second.pc == b->pc) || (r->first.pc == b->pc && r->second.pc == a->pc))
            return true;
    }
    return false;
}

/* ---- memory that threads share: what would race if locks ordered nothing ---------- */

static struct cell **shared_cells;
static size_t shared_count, shared_cap;

static void shared_note(struct cell *c, void *addr, unsigned size, uint8_t mask)
{
    if ((c->shared & mask) == mask)
        return;
    if (!c->shared) {
        ARRAY_GROW(shared_cells, shared_count, shared_cap);
        shared_cells[shared_count++] = c;
    }
    c->shared |= mask;
    ranges_add(&engine.shared, addr, size);
}

void shared_reset(void)
{
    while (shared_count)
        shared_cells[--shared_count]->shared = 0;
    engine.shared.n = 0;
}

void ranges_add(struct ranges *r, const void *addr, unsigned size)
{
    struct trace_range x = {.size = size};
    struct trace_ref ref = ref_of(addr, size);
    x.kind = ref.kind;
    x.offset = ref.offset;
    if (ref.kind == REF_HEAP) {
        x.tid = ref.tid;
        x.block = ref.block;
    } else if (ref.kind == REF_STACK) {
        x.tid = ref.tid;
        x.offset = engine.stacks + (size_t)(ref.tid + 1) * STACK_SLOT - (const char *)addr;
    } else if (ref.kind == REF_SHARED) {
        x.offset += (int64_t)ref.block;
    } else if (ref.kind != REF_GLOBAL) {
        free(ref.name);
        return;
    }
    ranges_push(r, &x);
}

void ranges_push(struct ranges *r, const struct trace_range *x)
{
    for (size_t i = 0; i < r->n; i++)
        if (memcmp(&r->at[i], x, sizeof *x) == 0)
            return;
    if (r->n == 1024)
        return;
    ARRAY_GROW(r->at, r->n, r->cap);
    r->at[r->n++] = *x;
}

/* The bytes of a frame that another thread uses, and no others: a frame ends in whole granules. */
static void shared_frame(struct cell *c, void *addr, uint8_t mask)
{
    char *granule = (char *)((uintptr_t)addr & ~(uintptr_t)7);
    shared_note(c, granule + __builtin_ctz(mask), (unsigned)__builtin_popcount(mask), mask);
}

/* A function returned while another thread used its local variable, or before it did. */
static void frame_race(void *addr, unsigned size, const struct record *old, const struct record *now)
{
    bool popped = now->how == ACCESS_END;
    const struct record *use = popped ? old : now, *end = popped ? now : old;
    engine.run.me = &engine.threads[use->tid]; /* its failure, whoever came first */
    fail(.reason = REASON_DEAD_STACK, .other = end->tid + 1, .object = popped ? addr : NULL, .size = size,
         .pc = (uint64_t)(uintptr_t)engine.base + use->pc, .pc2 = (uint64_t)(uintptr_t)engine.base + end->pc);
}

static __attribute__((noinline)) void race(struct cell *c, void *addr, unsigned size, struct record was, struct record is)
{
    const struct record *old = &was, *now = &is;
    if (engine.set.plain == PLAIN_SHARED) {
        if (old->how == ACCESS_END || now->how == ACCESS_END)
            shared_frame(c, addr, old->mask & now->mask);
        else
            shared_note(c, addr, size, old->mask & now->mask);
        return;
    }
    if (engine.set.races_fatal && (old->how == ACCESS_END || now->how == ACCESS_END))
        frame_race(addr, size, old, now);
    if (engine.race_count < 64 && !known_pair(old, now))
        engine.races[engine.race_count++] = (struct race_note){addr, size, *old, *now};
    if (!engine.set.races_fatal || engine.collect_races)
        return;
    record_abandon();
    fail(.reason = REASON_DATA_RACE, .other = old->tid + 1, .object = addr, .size = size,
         .pc = (uint64_t)(uintptr_t)engine.base + now->pc, .pc2 = (uint64_t)(uintptr_t)engine.base + old->pc);
}

/* Two atomic accesses never race with each other. */
static inline bool conflicts(const struct record *a, const struct record *b)
{
    uint8_t how = a->how | b->how;
    return (a->mask & b->mask) && (how & ACCESS_WRITES) && (how & ACCESS_PLAIN);
}

/* If also ordered after `old`, `now` makes it superfluous: whoever races with old also races with now, or is
 * ordered after both. */
static inline bool covers(const struct record *now, const struct record *old) { return !(old->what & ~now->what); }

/* The same thread's, with nothing released between them: nothing is new about it. */
static inline bool repeats(const struct record *now, const struct record *old)
{
    return old->clk == now->clk && old->tid == now->tid && covers(old, now);
}

/* Records are made and passed as words: to read at once what was just written in parts takes as long as all the rest. */
static inline struct record record_of(const struct thread *t, uint64_t pc, uint16_t what)
{
    _Static_assert(sizeof(struct record) == 16 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "as the words are put together");
    return (struct record){.words = {t->vc[t->tid] | (uint64_t)plugin_offset(pc) << 32,
                                     (uint64_t)t->tid | (uint64_t)held_now(t) << 8 | (uint64_t)what << 16}};
}

static void remember(struct cell *c, struct record now)
{
    if (c->count < CELL_RECORDS) {
        c->r[c->count++] = now;
        return;
    }
    if (more_used == more_cap)
        return; /* 65536 concurrent readers of single bytes: not reached by real programs */
    struct cell_more *m = &more_pool[more_used++];
    *m = (struct cell_more){c->more, now};
    c->more = m;
}

/* Is an earlier access still to be kept? Tells of the race, if it is one. */
static inline bool outlives(struct cell *c, void *addr, unsigned size, const struct record *old, struct record now)
{
    if (!(old->mask & now.mask))
        return true;
    bool ordered = old->clk <= me()->vc[old->tid]; /* the thread's own always are */
    if (!ordered && conflicts(old, &now))
        race(c, addr, size, *old, now);
    return !ordered || !covers(&now, old);
}

static __attribute__((noinline)) void compare(struct cell *c, void *addr, unsigned size, struct record now)
{
    int kept = 0;
    for (int i = 0; i < c->count; i++) {
        if (!outlives(c, addr, size, &c->r[i], now))
            continue;
        if (kept != i)
            c->r[kept] = c->r[i];
        kept++;
    }
    c->count = (uint8_t)kept;
    for (struct cell_more **at = &c->more; *at;) {
        if (outlives(c, addr, size, &(*at)->r, now))
            at = &(*at)->next;
        else
            *at = (*at)->next;
    }
    remember(c, now);
}

/* Is this access the only one that counts from now on: does it cover the only one before? Most are the first or
 * that; they are written down in place, which is several times as fast as the general way. */
static inline bool alone(const struct cell *c, struct record now)
{
    return c->count == 1 && !c->more && covers(&now, &c->r[0]) && c->r[0].clk <= me()->vc[c->r[0].tid];
}

static inline void begin_anew(struct cell *c, struct record now)
{
    c->run = engine.run.id;
    c->count = 1;
    c->more = NULL;
    c->r[0] = now;
}

/* One access within one granule. */
static inline __attribute__((always_inline)) void note(struct cell *c, void *addr, unsigned size, struct record now)
{
    bool fresh = c->run != engine.run.id || !c->count;
    for (int i = 0; i < c->count && !fresh; i++)
        if (repeats(&now, &c->r[i]))
            return;
    if (engine.set.digests)
        me()->open += ((uint64_t)(uintptr_t)c + ((uint64_t)now.what << 48)) * UINT64_C(0x9e3779b97f4a7c15);
    if (fresh)
        begin_anew(c, now);
    else if (alone(c, now))
        c->r[0] = now;
    else
        compare(c, addr, size, now);
}

void race_note_in(struct cell *c, void *addr, unsigned size, uint16_t what, uint64_t pc)
{
    note(c, addr, size, record_of(me(), pc, what));
}

void race_note(void *addr, size_t size, enum access how, uint64_t pc)
{
    char *p = addr;
    size_t left = size, at = (uintptr_t)addr & 7;
    if (at + size <= 8) {
        struct cell *c = cell_of(addr);
        if (c)
            race_note_in(c, addr, (unsigned)size, access_what((uint8_t)(((1u << size) - 1) << at), how), pc);
        return;
    }
    struct record now = record_of(me(), pc, access_what(0, how));
    while (left) {
        size_t n = 8 - at < left ? 8 - at : left;
        uint64_t mask = ((1u << n) - 1) << at;
        struct cell *c = cell_of(p);
        if (c)
            note(c, addr, (unsigned)size, (struct record){.words = {now.words[0], now.words[1] | mask << 16}});
        p += n;
        left -= n;
        at = 0;
    }
}

void race_reset(void)
{
    if (!more_pool) {
        more_cap = MORE_MAX;
        more_pool = xmalloc(more_cap * sizeof *more_pool);
    }
    more_used = 0;
}
