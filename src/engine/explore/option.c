/* option: see option.h. The table of what does not commute, by kind of object:
 *
 *   memory      two reads commute; a compare-and-exchange that will fail is a read
 *   mutex       giving it back and taking it are never both possible, so their order is no question; a
 *               try that will fail reads. What tries conflicts with what changes
 *   rwlock      readers among themselves, leaving and coming as with a mutex
 *   semaphore   two posts; a post and a wait do not commute: the wait learns what came before the post
 *   barrier     two arrivals, if neither makes the other, or is, the last of its round; leaving with all
 *   condition   two signals or broadcasts that meet nobody
 *   the run     spurious wakeups use up one budget; output has an order; ending the program conflicts
 *               with everything
 */
#include "engine/explore/option.h"

#include <limits.h>
#include <string.h>

/* ---- what a step would do --------------------------------------------------------- */

static bool is_memory(uint8_t kind)
{
    return kind == EVENT_READ || kind == EVENT_ATOMIC_LOAD || kind == EVENT_WRITE || kind == EVENT_ATOMIC_STORE ||
           kind == EVENT_ATOMIC_RMW;
}

static bool try_fails(const struct thread *t)
{
    const struct object *o = object_peek(t->op.object);
    bool held = o && o->owner != TRACE_NO_THREAD;
    switch (t->op.kind) {
    case EVENT_TRYLOCK:
        return held && o->owner != t->tid;
    case EVENT_TRYRDLOCK:
        return o && !rwlock_lets_read(o);
    case EVENT_TRYWRLOCK:
        return t->op.value != RWLOCK_QUEUES && (held || (o && o->waiter_count));
    default:
        return o && o->value == 0; /* SEM_TRYWAIT */
    }
}

static bool nobody_waits(const void *cond)
{
    const struct object *c = object_peek(cond);
    return c && !c->destroyed && !c->waiter_count;
}

/* An exchange that will find something else than it expects. */
static bool exchange_fails(const struct thread *t)
{
    if (!t->expects)
        return false;
    const void *is = image_at(t->process, t->op.object), *expected = image_at(t->process, t->expects);
    uint32_t word, want;
    if (t->op.value != sizeof word)
        return memcmp(is, expected, (size_t)t->op.value) != 0;
    memcpy(&word, is, sizeof word);
    memcpy(&want, expected, sizeof want);
    return word != want;
}

static bool only_reads(const struct thread *t)
{
    switch (t->op.kind) {
    case EVENT_READ:
    case EVENT_ATOMIC_LOAD:
    case EVENT_SEM_VALUE:
        return true;
    case EVENT_ATOMIC_RMW:
        return exchange_fails(t);
    case EVENT_SIGNAL:
    case EVENT_BROADCAST:
        return nobody_waits(t->op.object);
    case EVENT_TRYLOCK:
    case EVENT_TRYRDLOCK:
    case EVENT_TRYWRLOCK:
    case EVENT_SEM_TRYWAIT:
        return try_fails(t);
    default:
        return false;
    }
}

/* So near to a limit that even steps of one kind may not commute. */
static bool near_limit(const struct thread *t)
{
    if (t->op.kind != EVENT_SEM_POST && t->op.kind != EVENT_RDLOCK && t->op.kind != EVENT_TRYRDLOCK)
        return false;
    const struct object *o = object_peek(t->op.object);
    return o && (o->value > SEM_VALUE_MAX - MAX_THREADS || o->waiter_count > MAX_THREADS / 2);
}

static void look_at_barrier(struct option *o)
{
    const struct object *b = object_peek(o->object);
    if (!b || b->kind != OBJECT_BARRIER || b->destroyed)
        return; /* needed 0: commutes with nothing */
    o->place = (uint16_t)b->waiter_count;
    o->needed = (uint16_t)(b->needed < UINT16_MAX ? b->needed : UINT16_MAX);
    o->round = (uint16_t)b->value;
}

void option_of(struct option *out, const struct thread *t, int variant, uint8_t cost, bool preempts)
{
    look_at(t);
    bool timed = wake_time(t) != NEVER;
    *out = (struct option){.tid = (uint8_t)t->tid, .variant = (uint8_t)variant, .cost = cost, .preempts = preempts,
                           .kind = (uint8_t)t->op.kind, .waits = t->op.enabled != always || engine.run.stops, .timed = timed,
                           .object = t->op.object, .object2 = t->op.object2, .value = t->op.value};
    if (variant == CHOICE_SPURIOUS) {
        out->kind = EVENT_COND_WAKE;
        out->object = cond_of(t);
        out->object2 = NULL;
        return;
    }
    out->process = (uint8_t)t->process;
    out->reads = only_reads(t);
    if (is_memory(out->kind) && variant == CHOICE_PLAIN)
        return; /* nothing of the rest concerns it */
    bool kernel = kernel_concerns(t->op.kind);
    out->touches = kernel ? kernel_touches(t) : 0;
    out->looks = kernel && kernel_only_looks(t);
    out->ends = signal_steers(t, variant) | (out->kind == EVENT_EXEC && t->op.value ? BIT(t->process) : 0);
    out->rationed = variant == CHOICE_INTERRUPTED || (out->touches && variant >= CHOICE_WAKES && out->kind != EVENT_POLL);
    out->near_limit = near_limit(t);
    if (out->kind == EVENT_RELOCK)
        out->object2 = NULL; /* it was woken: only the mutex matters now */
    else if (out->kind == EVENT_BARRIER_WAIT)
        look_at_barrier(out);
    else if (out->kind == EVENT_BARRIER_LEAVE)
        out->object = NULL;
}

/* ---- do two commute? ---------------------------------------------------------------- */

static bool overlap(const struct option *a, const struct option *b)
{
    const char *x = a->object, *y = b->object;
    return x < y + b->value && y < x + a->value;
}

static bool touches(const struct option *o, const void *object)
{
    return o->object == object || (o->object2 && o->object2 == object);
}

/* Giving a lock back: nobody else could have taken it just before, so only trying matters. */
static bool gives_back(const struct option *o, const void *lock)
{
    return ((o->kind == EVENT_UNLOCK || o->kind == EVENT_RWUNLOCK) && o->object == lock) ||
           (o->kind == EVENT_COND_WAIT && o->object2 == lock);
}

/* Waits for as long as it takes: a deadline may also pass because the lock was given back too late. */
static bool takes(const struct option *o)
{
    bool lock = o->kind == EVENT_LOCK || o->kind == EVENT_RELOCK || o->kind == EVENT_RDLOCK || o->kind == EVENT_WRLOCK;
    return lock && !o->timed;
}

static bool takes_to_read(const struct option *o)
{
    return (o->kind == EVENT_RDLOCK || o->kind == EVENT_TRYRDLOCK) && !o->near_limit;
}

static bool adds_one(const struct option *o) { return o->kind == EVENT_SEM_POST && !o->near_limit; }

/* The later of two arrivals is the last; or both are judged in one state, and the second would be. */
static bool arrivals_conflict(const struct option *a, const struct option *b)
{
    unsigned after = a->place == b->place ? a->place + 2u : (a->place > b->place ? a->place : b->place) + 1u;
    return a->round != b->round || after >= a->needed || a->needed != b->needed;
}

/* Both are of one object. */
static bool object_conflict(const struct option *a, const struct option *b)
{
    if (a->reads && b->reads)
        return false;
    if ((takes(a) && gives_back(b, a->object)) || (takes(b) && gives_back(a, b->object)))
        return false;
    if (takes_to_read(a) && takes_to_read(b))
        return false;
    if (a->kind == EVENT_RWUNLOCK && b->kind == EVENT_RWUNLOCK)
        return false;
    if (adds_one(a) && adds_one(b))
        return false;
    if (a->kind == EVENT_BARRIER_WAIT && b->kind == EVENT_BARRIER_WAIT)
        return arrivals_conflict(a, b);
    return true;
}

static bool ends_all(const struct option *o) { return o->kind == EVENT_SPIN || (o->kind == EVENT_EXIT && process_only()); }
static bool about_processes(const struct option *o) { return o->kind == EVENT_FORK || o->ends; }

/* ---- what the kernel has to do with, see kernel/kernel.c ----------------------------- */

/* Not where the number is to stand for something else, as with dup2. */
static bool only_closes(const struct option *o) { return o->kind == EVENT_CLOSE && !o->object2; }

/* All that a process's threads do, and its end; what they do, and a copy of all of it. */
static bool of_process(const struct option *a, const struct option *b)
{
    return (a->ends & BIT(b->process)) || (a->kind == EVENT_FORK && a->process == b->process);
}

/* Two ends: only a parent's and its child's. Otherwise an end is like closing what it had open. */
static bool only_leaves(const struct option *o) { return o->kind == EVENT_EXIT || only_closes(o); }

static bool kernel_conflict(const struct option *a, const struct option *b)
{
    if (only_leaves(a) && only_leaves(b))
        return processes_related(a->process, b->process) && a->kind == b->kind;
    if ((a->looks && b->looks) || (only_closes(a) && only_closes(b)))
        return false;
    return (a->touches & b->touches) != 0;
}

/* What a clock shows depends on who has waited until when. */
static bool clock_conflict(const struct option *a, const struct option *b)
{
    return (a->kind == EVENT_CLOCK && b->timed) || (b->kind == EVENT_CLOCK && a->timed);
}

bool options_conflict(const struct option *a, const struct option *b)
{
    if (ends_all(a) || ends_all(b) || of_process(a, b) || of_process(b, a))
        return true;
    if (a->rationed && b->rationed)
        return true;
    if (a->kind == EVENT_CLOCK || b->kind == EVENT_CLOCK)
        return clock_conflict(a, b);
    if (a->touches && b->touches && kernel_conflict(a, b))
        return true;
    if (a->process != b->process && !memory_is_shared(a->object) && !memory_is_shared(a->object2))
        return a->kind == b->kind && (a->kind == EVENT_COND_WAKE || a->kind == EVENT_OUTPUT);
    if (is_memory(a->kind) || is_memory(b->kind))
        return is_memory(a->kind) && is_memory(b->kind) && !(a->reads && b->reads) && overlap(a, b);
    if (a->kind == EVENT_COND_WAKE && b->kind == EVENT_COND_WAKE)
        return true; /* both use up the run's spurious wakeups */
    if (a->kind == EVENT_OUTPUT && b->kind == EVENT_OUTPUT)
        return true;
    if (a->touches || b->touches)
        return false;
    bool same = (a->object && touches(b, a->object)) || (a->object2 && touches(b, a->object2));
    return same && object_conflict(a, b);
}

/* ---- where to look for those that conflict ---------------------------------------------- */

enum { BUCKET_OUTPUT = BUCKET_EVERY - 1, BUCKET_WAKES = BUCKET_EVERY - 2, BUCKET_KERNEL = BUCKET_EVERY - 3,
       BUCKET_HASHED = BUCKET_EVERY - 3 };

static uint16_t bucket_of(uintptr_t what)
{
    return what ? (uint16_t)(((uint64_t)what * UINT64_C(0x9e3779b97f4a7c15) >> 40) % BUCKET_HASHED) : BUCKET_NONE;
}

void option_buckets(const struct option *o, uint16_t buckets[2])
{
    uintptr_t at = (uintptr_t)o->object, last = at + (o->value ? o->value - 1 : 0);
    buckets[1] = BUCKET_NONE;
    if (ends_all(o) || about_processes(o) || o->kind == EVENT_CLOCK || (is_memory(o->kind) && (last >> 3) - (at >> 3) > 1)) {
        buckets[0] = BUCKET_EVERY;
    } else if (is_memory(o->kind)) {
        buckets[0] = bucket_of((at >> 3) + 1);
        buckets[1] = bucket_of((last >> 3) + 1);
    } else if (o->touches) {
        buckets[0] = BUCKET_KERNEL;
    } else {
        buckets[0] = bucket_of(at);
        buckets[1] = o->kind == EVENT_COND_WAKE ? BUCKET_WAKES : o->kind == EVENT_OUTPUT ? BUCKET_OUTPUT
                     : o->rationed ? BUCKET_KERNEL : bucket_of((uintptr_t)o->object2);
    }
    if (buckets[1] == buckets[0])
        buckets[1] = BUCKET_NONE;
}
