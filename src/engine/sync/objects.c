/* objects: what the engine knows about the learner's mutexes and the like, by address.
 *
 * Nothing is believed that lies in the learner's own pthread_mutex_t: its state lives here, in a hash table
 * that a new run empties by counting up the run's number.
 */
#include "engine/engine.h"

#include <string.h>

#define TABLE 8192 /* objects in one run; a power of two */

static struct object *table;
static size_t used;
static uint32_t used_in;
static uint16_t slots[TABLE / 2 + 1]; /* that this run has filled */
static size_t slot_count;

/* Whose an address is: a process's own, or everybody's. */
static int space_of(const void *addr) { return memory_is_shared(addr) ? SPACE_SHARED : engine.space; }

static size_t slot_of(const void *addr, int space)
{
    return (size_t)((((uint64_t)(uintptr_t)addr >> 2) + (uint64_t)space * 0x10001) * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (TABLE - 1);
}

struct object *object_peek(const void *addr)
{
    int space = space_of(addr);
    if (!table)
        return NULL;
    for (size_t i = slot_of(addr, space); table[i].run == engine.run.id; i = (i + 1) & (TABLE - 1))
        if (table[i].addr == addr && table[i].space == space)
            return &table[i];
    return NULL;
}

struct object *object_get(void *addr, enum object_kind kind)
{
    struct object *o = object_peek(addr);
    if (o && o->kind == kind)
        return o;
    if (!table)
        table = xcalloc(TABLE, sizeof *table);
    if (used_in != engine.run.id) {
        used_in = engine.run.id;
        used = slot_count = 0;
    }
    if (++used > TABLE / 2)
        fail(.reason = REASON_LIMIT, .detail = "more than 4096 locks and other objects in one run");
    size_t i = slot_of(addr, space_of(addr));
    while (!o && table[i].run == engine.run.id)
        i = (i + 1) & (TABLE - 1);
    if (!o) {
        o = &table[i];
        slots[slot_count++] = (uint16_t)i;
    }
    memset(o, 0, kind == OBJECT_RWLOCK ? sizeof *o : offsetof(struct object, waiters));
    o->run = engine.run.id;
    o->kind = kind;
    o->addr = addr;
    o->space = space_of(addr);
    o->process = engine.space;
    o->owner = TRACE_NO_THREAD;
    return o;
}

struct object *object_renew(void *addr, enum object_kind kind)
{
    struct object *o = object_peek(addr);
    if (o)
        o->kind = OBJECT_NONE;
    return object_get(addr, kind);
}

/* A child has copies of its parent's locks as they are: its one thread holds what the forking thread held, and what
 * others held is held by nobody who could give it back. */
void objects_fork(const struct thread *from, const struct thread *to)
{
    size_t n = used_in == engine.run.id ? slot_count : 0;
    for (size_t i = 0; i < n; i++) {
        struct object *old = &table[slots[i]];
        if (old->space != from->process || old->kind == OBJECT_NONE)
            continue;
        engine.space = to->process;
        struct object *fresh = object_get(old->addr, old->kind), was = *old;
        was.space = to->process;
        was.process = to->process;
        was.owner = old->owner == from->tid ? to->tid : old->owner;
        was.waiter_count = old->kind == OBJECT_RWLOCK ? old->waiter_count : 0;
        *fresh = was;
    }
    look_at(from);
}

void object_check_shared(const struct object *o, uint64_t pc)
{
    if (memory_is_shared(o->addr)) /* this process may have unmapped it */
        access_check(o->addr, 1, false, pc);
    if (o->space == SPACE_SHARED && !o->shared && o->process != me()->process && !library_shares(o->addr))
        fail(.reason = REASON_NOT_SHARED, .object = o->addr, .pc = pc);
}

int object_waiter(const void *addr)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (t != me() && t->alive && !t->ended && t->op.object == addr && (t->process == engine.space || memory_is_shared(addr)) &&
            !t->op.enabled(t))
            return i;
    }
    return TRACE_NO_THREAD;
}

uint64_t object_state(const void *addr)
{
    const struct object *o = object_peek(addr);
    return o ? (uint64_t)(o->owner + 1) << 32 ^ o->value ^ (uint64_t)o->waiter_count << 48 ^ (uint64_t)(uint32_t)o->count << 8 : 0;
}

int object_holder(const struct object *o, uint64_t *ret_pc)
{
    bool read = o->owner == TRACE_NO_THREAD && o->kind == OBJECT_RWLOCK && o->waiter_count;
    int tid = read ? o->waiters[0] : o->owner;
    if (ret_pc && tid != TRACE_NO_THREAD)
        *ret_pc = read ? held_since(&engine.threads[tid], o->addr) : o->owner_pc;
    return tid;
}

/* ---- the locks a thread holds: the first MAX_HELD are remembered, all are counted ----- */

void held_add(void *lock, uint64_t pc)
{
    struct thread *t = me();
    if (t->held_count < MAX_HELD) {
        t->held[t->held_count].mutex = lock;
        t->held[t->held_count].pc = pc;
    }
    t->held_count++;
}

static int held_at(const struct thread *t, const void *lock)
{
    int i = (t->held_count < MAX_HELD ? t->held_count : MAX_HELD) - 1;
    while (i >= 0 && t->held[i].mutex != lock)
        i--;
    return i;
}

void held_remove(void *lock)
{
    struct thread *t = me();
    int kept = t->held_count < MAX_HELD ? t->held_count : MAX_HELD;
    for (int i = held_at(t, lock); i >= 0 && i + 1 < kept; i++)
        t->held[i] = t->held[i + 1];
    t->held_count--;
}

uint64_t held_since(const struct thread *t, const void *lock)
{
    int i = held_at(t, lock);
    return i < 0 ? 0 : t->held[i].pc;
}

/* ---- as part of a state: order of arrival, places in the source and clocks left out ------------- */

static struct digest digest_of(const struct object *o)
{
    struct digest d = DIGEST_START;
    uint64_t waiting = 0;
    for (int i = 0; i < o->waiter_count; i++)
        waiting |= UINT64_C(1) << o->waiters[i];
    digest_word(&d, (uint64_t)(uintptr_t)o->addr);
    digest_word(&d, (uint64_t)o->kind | (uint64_t)o->destroyed << 8 | (uint64_t)o->owner_ended << 9 |
                        (uint64_t)(o->owner + 1) << 10 | (uint64_t)(uint32_t)o->count << 32);
    digest_word(&d, (uint64_t)(uint32_t)o->type | (uint64_t)(uint8_t)o->ceiling << 24 | (uint64_t)o->clock << 32);
    digest_word(&d, (uint64_t)o->once_state | (uint64_t)o->needed << 32);
    digest_word(&d, o->value);
    digest_word(&d, waiting);
    digest_word(&d, waiting ? (uint64_t)(uintptr_t)o->mutex : 0);
    return d;
}

bool objects_digest(struct digest *out)
{
    bool known = true;
    for (size_t i = 0; used_in == engine.run.id && i < slot_count; i++) {
        const struct object *o = &table[slots[i]];
        if (o->run != engine.run.id || o->kind == OBJECT_NONE || o->kind == OBJECT_ATOMIC)
            continue;
        known &= o->kind <= OBJECT_SPINLOCK && !o->robust; /* who dies holding one orders accesses without a step */
        digest_add(out, digest_of(o));
    }
    return known;
}
