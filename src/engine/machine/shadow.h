/* shadow: where the accesses of a byte of learner memory are kept, and what of an access can be told at once. Private to
 * machine/. Every instrumented access passes here, so this is all inline; what is rare is in access.c and races.c.
 */
#ifndef ENGINE_SHADOW_H
#define ENGINE_SHADOW_H

#include "engine/engine.h"

/* Learner code is in a call whenever it enters the engine, so its live variables lie above what the call pushed. */
#if defined(__x86_64__)
#define PUSHED 16
#else
#define PUSHED 0
#endif

/* The lower part of a stack's slot is not mapped, and has no cells. */
static inline struct cell *cell_of_stack(const struct cells *c, const void *p)
{
    size_t at = (uintptr_t)p - (uintptr_t)engine.stacks, in = at % STACK_SLOT;
    if (in < STACK_SLOT - STACK_SIZE)
        return NULL;
    return &c->stack[(at / STACK_SLOT * STACK_SIZE + in - (STACK_SLOT - STACK_SIZE)) / 8];
}

static inline struct cell *cell_of_shared(const void *p)
{
    return &engine.shared_cells[((uintptr_t)p - (uintptr_t)engine.shared_area) / 8];
}

static inline struct cell *cell_in(const struct cells *c, const void *p)
{
    if (!c->data)
        return lies_in(p, engine.shared_area, SHARED_SIZE) ? cell_of_shared(p) : NULL;
    uintptr_t data = (uintptr_t)engine.data & ~(uintptr_t)7;
    if (lies_in(p, engine.data, (size_t)(engine.data_end - engine.data)))
        return &c->data[((uintptr_t)p - data) / 8];
    if (lies_in(p, engine.heap, MAX_THREADS * HEAP_PER_THREAD))
        return &c->heap[((uintptr_t)p - (uintptr_t)engine.heap) / 8];
    if (lies_in(p, engine.stacks, (size_t)MAX_THREADS * STACK_SLOT))
        return cell_of_stack(c, p);
    if (lies_in(p, engine.tls_area, (size_t)(engine.tls_area_end - engine.tls_area)))
        return &c->tls[((uintptr_t)p - (uintptr_t)engine.tls_area) / 8];
    return lies_in(p, engine.shared_area, SHARED_SIZE) ? cell_of_shared(p) : NULL;
}

/* Are the accesses of the process whose addresses are meant compared? Those of one thread alone are not. */
static inline bool space_tracked(void) { return !engine.space || engine.run.tracked >> engine.space & 1; }

/* NULL outside the learner's memory. */
static inline struct cell *cell_of(const void *p)
{
    static const struct cells none;
    return cell_in(space_tracked() ? &engine.cells[engine.space] : &none, p);
}

/* The same for an address in the stack of the running thread. */
static inline struct cell *cell_of_own(const void *p)
{
    const struct cells *c = &engine.cells[engine.space];
    return space_tracked() && c->data ? cell_of_stack(c, p) : NULL;
}

/* Most accesses repeat one of the same thread since its last release: nothing is new about it. */
static inline bool noted_before(const struct cell *c, const struct thread *t, uint16_t what)
{
    const struct record *r = &c->r[0];
    return c->run == engine.run.id && c->count && r->tid == t->tid && r->clk == t->vc[t->tid] && !(what & ~r->what);
}
/* record.what of an access to those bytes of a granule */
static inline uint16_t access_what(uint8_t mask, enum access how) { return (uint16_t)(mask | how << 8); }
void race_note_in(struct cell *c, void *addr, unsigned size, uint16_t what, uint64_t pc); /* see race_note */

/* What is live of the running thread's own stack: most accesses are there, and legal. */
static inline bool lies_in_own_frames(const struct thread *t, const void *p, size_t size)
{
    uintptr_t from = t->learner_sp + PUSHED, to = (uintptr_t)t->stack + STACK_SIZE;
    return (uintptr_t)p >= from && (uintptr_t)p < to && size <= to - (uintptr_t)p;
}

#endif
