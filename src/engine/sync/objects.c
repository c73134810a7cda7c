/* objects: what the engine knows about the learner's mutexes and the like, by address.
 *
 * The learner's own pthread_mutex_t is never touched: its state lives here, in a hash table
 * that a new run empties by counting up the run's number.
 */
#include "engine/engine.h"

#include <string.h>

#define TABLE 8192 /* objects in one run; a power of two */

static struct object *table;
static size_t used;
static uint32_t used_in;

static size_t slot_of(const void *addr)
{
    return (size_t)(((uint64_t)(uintptr_t)addr >> 2) * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (TABLE - 1);
}

struct object *object_peek(const void *addr)
{
    for (size_t i = slot_of(addr); table && table[i].run == engine.run.id; i = (i + 1) & (TABLE - 1))
        if (table[i].addr == addr)
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
        used = 0;
    }
    if (++used > TABLE / 2)
        fail(.reason = REASON_LIMIT, .detail = "more than 4096 locks and other objects in one run");
    size_t i = slot_of(addr);
    while (!o && table[i].run == engine.run.id)
        i = (i + 1) & (TABLE - 1);
    o = o ? o : &table[i];
    memset(o, 0, sizeof *o);
    o->run = engine.run.id;
    o->kind = kind;
    o->addr = addr;
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

int object_waiter(const void *addr)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (t != me() && t->alive && !t->ended && t->op.object == addr && !t->op.enabled(t))
            return i;
    }
    return TRACE_NO_THREAD;
}

uint64_t object_state(const void *addr)
{
    const struct object *o = object_peek(addr);
    return o ? (uint64_t)(o->owner + 1) << 32 ^ o->value ^ (uint64_t)o->waiter_count << 48 : 0;
}
