/* spin: loops that poll.
 *
 * A thread whose stack, place and held locks are the same as at an earlier step, and which has
 * changed nothing since, will go round for ever unless another thread changes something it
 * read in between. So it waits for just that: an await, found while running (the idea of
 * "pure" loop iterations in SAVer, Kokologiannakis et al., CAV 2021; here by comparing states
 * instead of analysing code). Cycles are found with Brent's moving anchor. It waits where it holds
 * the fewest locks of the round: others must see the rest given back, as they would if it went round.
 *
 * At -O0 every local variable lives on the stack, so the stack is the local state.
 */
#include "engine/engine.h"

#include <string.h>

void spin_wrote(struct thread *t)
{
    t->spin.pc = 0;
    t->spin.count = 0;
    t->spin.armed = false;
}

void spin_effect(struct thread *t)
{
    spin_wrote(t);
    t->polls = 0;
}

static uint64_t current(const struct spin_read *r, int process)
{
    uint64_t value = 0;
    if (r->size == 0)
        return kernel_owns(r->addr) ? kernel_state(r->addr) : object_state(r->addr);
    memcpy(&value, image_at(process, r->addr), r->size < 8 ? r->size : 8);
    return value;
}

static uint64_t local_state(const struct thread *t)
{
    uint64_t h = HASH_SEED + (uint64_t)t->held_count + (uint64_t)(uintptr_t)t->sem_taken;
    const char *from = (const char *)((t->learner_sp + 16) & ~(uintptr_t)7);
    for (const char *p = from; p + 8 <= t->stack + STACK_SIZE; p += 8) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    return h;
}

static void add_read(struct spin *s, const void *addr, unsigned size)
{
    struct spin_read r = {addr, 0, size};
    for (int i = 0; i < s->read_count && i < SPIN_READS; i++)
        if (s->reads[i].addr == addr && s->reads[i].size == size)
            return;
    r.value = current(&r, me()->process);
    if (s->read_count < SPIN_READS)
        s->reads[s->read_count] = r;
    s->read_count++;
}

void spin_saw(struct thread *t, const void *addr, unsigned size)
{
    if (size)
        add_read(&t->spin, addr, size);
}

static void move_anchor(struct spin *s, const void *addr, uint64_t pc)
{
    s->pc = pc;
    s->addr = addr;
    s->armed = false;
    s->next = s->count < 4 ? 8 : s->count * 2;
    s->read_count = 0;
}

/* Waiting here would keep from the others what every round of the loop gives back. */
static bool holds_for_the_round(const struct thread *t) { return t->held_count > t->spin.least_held; }

bool spin_read(struct thread *t, const void *addr, unsigned size, uint64_t pc)
{
    struct spin *s = &t->spin;
    s->count++;
    if (t->held_count < s->least_held)
        s->least_held = t->held_count;
    if (s->pc == 0 || s->count >= s->next) {
        move_anchor(s, addr, pc);
        return false;
    }
    if (pc != s->pc || addr != s->addr) {
        if (s->armed)
            add_read(s, addr, size);
        return false;
    }
    uint64_t h = local_state(t);
    if (s->armed && h == s->hash) { /* it was here before: count from here, so that such states are finitely many */
        s->count = 0;
        s->next = 8;
        if (s->read_count <= SPIN_READS && !spin_changed(t)) {
            if (!holds_for_the_round(t))
                return true;
            s->pc = 0; /* a loop, but this is not the place to wait: look from its next step on */
            return false;
        }
    }
    s->armed = true;
    s->least_held = t->held_count;
    s->hash = h;
    s->read_count = 0;
    add_read(s, addr, size);
    return false;
}

/* An atomic operation was announced, others may have run, and now it read: what it read may be neither what it saw
 * at the announcement nor what it would see next time. Then nothing is known about the loop. */
void spin_looked(struct thread *t)
{
    if (t->spin.armed && spin_changed(t))
        spin_effect(t);
}

/* The same for a lock that was tried: only of that one, for the thread itself may hold others by now. */
void spin_tried(struct thread *t, const void *addr)
{
    struct spin *s = &t->spin;
    for (int i = 0; s->armed && i < s->read_count && i < SPIN_READS; i++)
        if (s->reads[i].addr == addr && current(&s->reads[i], t->process) != s->reads[i].value)
            spin_effect(t);
}

bool spin_changed(const struct thread *t)
{
    const struct spin *s = &t->spin;
    for (int i = 0; i < s->read_count && i < SPIN_READS; i++)
        if (current(&s->reads[i], t->process) != s->reads[i].value)
            return true;
    return false;
}
