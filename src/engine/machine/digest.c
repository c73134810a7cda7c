/* digest: a state of the program as 128 bits.
 *
 * Two runs that reach states with the same digest have the same future, under every schedule. So all that the
 * program or the engine's answers to it depend on goes in: the writable segment, live heap blocks, thread-local
 * memory and errno, the live part of every stack with the registers its thread will find again, what each thread
 * has announced and waits for, the objects, virtual time, what is left of the run's oddities. Left out is what
 * only reports tell (places, order of arrival, counts of steps) and the clocks of happens-before, which nearly
 * every path has its own of.
 *
 * Races without clocks. A thread's open accesses are the plain ones of its last step and those after its last
 * release: nobody can have learnt of them yet, on whatever path. Take any two accesses that race and run just the
 * steps that happen before either of them, then the two threads' own next steps in either order: when the second
 * runs, the accesses of the first are still open. So a search that visits every state, with the open accesses as
 * part of it, meets every race; the clocks of the path it takes decide, so it reports no other. (Our own argument;
 * tests/engine/oracle.py holds it against brute force.) This needs every release to end a step: settings.unlock_points. The two that do not are harmless:
 * creating a thread, which only that thread can learn of; and the end of pthread_once, before which nobody gets by.
 * A thread that is joined has no open accesses: the join itself needs a step that is not among those above.
 *
 * The digest multiplies and folds (two independent lanes); it is not meant to withstand an enemy who looks for
 * collisions. Chance gives one in 2^128 / n^2 for n states.
 */
#include "engine/engine.h"

#include <string.h>

/* ---- 128 bits ------------------------------------------------------------------- */

__extension__ typedef unsigned __int128 wide;

static inline uint64_t fold(uint64_t x, uint64_t y)
{
    wide product = (wide)x * y;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline void two_words(struct digest *d, uint64_t x, uint64_t y)
{
    d->a = fold(x ^ UINT64_C(0xa0761d6478bd642f), y ^ d->a);
    d->b = fold(y ^ UINT64_C(0xe7037ed1a0b428db), x ^ d->b) + UINT64_C(0x8ebc6af09c88c6e3);
}

void digest_word(struct digest *d, uint64_t word) { two_words(d, word, UINT64_C(0x589965cc75374cc3)); }

void digest_bytes(struct digest *d, const void *from, size_t size)
{
    const char *p = from;
    uint64_t w[2];
    struct digest sum = *d; /* nothing else points to it: it stays in registers */
    for (; size >= sizeof w; p += sizeof w, size -= sizeof w) {
        memcpy(w, p, sizeof w);
        two_words(&sum, w[0], w[1]);
    }
    memset(w, 0, sizeof w);
    memcpy(w, p, size);
    two_words(&sum, w[0] ^ (uint64_t)size << 56, w[1]);
    *d = sum;
}

void digest_add(struct digest *sum, struct digest d)
{
    digest_word(&d, 0);
    sum->a += d.a;
    sum->b += d.b;
}

/* ---- a thread ---------------------------------------------------------------------- */

/* Where what the thread will find again begins: the registers it keeps values in lie below the frame of the
 * engine's function it called. Where that is not known to be so, at the switch itself. */
static const char *stack_from(const struct thread *t)
{
    if (KEPT_REGISTERS)
        return (const char *)t->learner_sp - KEPT_REGISTERS;
    return t == me() ? __builtin_frame_address(0) : t->fiber.sp;
}

static void spin_digest(struct digest *d, const struct spin *s)
{
    digest_word(d, s->pc);
    if (!s->pc)
        return;
    digest_word(d, (uint64_t)(uintptr_t)s->addr);
    digest_word(d, s->count << 32 ^ s->next << 1 ^ s->armed);
    if (!s->armed)
        return;
    digest_word(d, s->hash);
    digest_word(d, (uint64_t)s->read_count);
    for (int i = 0; i < s->read_count && i < SPIN_READS; i++) {
        digest_word(d, (uint64_t)(uintptr_t)s->reads[i].addr);
        digest_word(d, s->reads[i].value);
        digest_word(d, s->reads[i].size);
    }
}

/* Which frames hold variables that others may use: their end is an access, see machine/access.c. */
static void frames_digest(struct digest *d, const struct thread *t)
{
    uint64_t touched = 0;
    for (int i = 0; i < t->depth && i < MAX_FRAMES; i++)
        touched = touched * 3 + t->frames[i].touched + 1;
    digest_word(d, touched);
    digest_word(d, (uint64_t)t->depth);
}

static void held_digest(struct digest *d, const struct thread *t)
{
    digest_word(d, (uint64_t)t->held_count);
    for (int i = 0; i < t->held_count && i < MAX_HELD; i++)
        digest_word(d, (uint64_t)(uintptr_t)t->held[i].mutex);
}

static void living_digest(struct digest *d, const struct thread *t)
{
    const char *from = stack_from(t);
    digest_word(d, (uint64_t)(uintptr_t)from);
    digest_bytes(d, from, (size_t)(t->stack + STACK_SIZE - from));
    digest_bytes(d, t->tls, engine.tls_size);
    digest_word(d, *(const uint64_t *)(const void *)(t->tls - TLS_COPY)); /* errno */
    digest_word(d, (uint64_t)t->op.kind | (uint64_t)t->signalled << 8 | (uint64_t)t->cancelled << 9 |
                       (uint64_t)t->uncancellable << 10 | (uint64_t)t->cancel_woken << 11 | (uint64_t)t->ending << 12 |
                       (uint64_t)t->quiet << 13 | (uint64_t)t->await << 14 | (uint64_t)t->joining << 15);
    digest_word(d, (uint64_t)(uintptr_t)t->op.object);
    digest_word(d, (uint64_t)(uintptr_t)t->op.object2);
    digest_word(d, t->op.value);
    digest_word(d, t->op.pc);
    digest_word(d, t->op.with);
    digest_word(d, (uint64_t)(uintptr_t)t->op.enabled);
    digest_word(d, (uint64_t)t->deadline);
    digest_word(d, (uint64_t)t->early_used);
    digest_word(d, (uint64_t)(uintptr_t)t->sem_taken);
    digest_word(d, (uint64_t)t->loop.limit);
    digest_word(d, t->loop.limit ? (uint64_t)t->loop.beat : 0);
    digest_word(d, t->loop.limit ? (uint64_t)t->loop.since : 0);
    digest_word(d, t->loop.limit ? (uint64_t)t->loop.turns : 0);
    digest_word(d, (uint64_t)(uint32_t)t->policy << 32 ^ t->cores);
    held_digest(d, t);
    spin_digest(d, &t->spin);
    frames_digest(d, t);
}

static void thread_digest(struct digest *d, const struct thread *t)
{
    digest_word(d, (uint64_t)t->ended | (uint64_t)t->detached << 1 | (uint64_t)t->joined << 2 |
                       (uint64_t)(t->created_by + 1) << 3 | t->alloc_count << 16);
    digest_word(d, (uint64_t)(uintptr_t)t->heap_next);
    digest_word(d, (uint64_t)(uintptr_t)t->start);
    digest_word(d, (uint64_t)(uintptr_t)t->arg);
    digest_word(d, (uint64_t)t->worked);
    digest_word(d, t->joined ? 0 : t->open);
    digest_word(d, t->joined ? 0 : t->closed);
    if (t->ended)
        digest_word(d, (uint64_t)(uintptr_t)t->result);
    else
        living_digest(d, t);
}

/* ---- the run --------------------------------------------------------------------------- */

static void rest_digest(struct digest *d)
{
    const struct run *run = &engine.run;
    digest_word(d, (uint64_t)run->now);
    digest_word(d, (uint64_t)run->busy_cores | (uint64_t)run->spurious_used << 16 |
                       (uint64_t)run->used_cancel << 33 | (uint64_t)run->failed << 34 |
                       (uint64_t)run->deliberate << 35);
    digest_word(d, run->computed);
    digest_word(d, run->failed ? (uint64_t)run_failure.reason : 0);
    digest_word(d, (uint64_t)(uint32_t)run->fail_create_in << 32 | (uint32_t)run->fail_create_error);
    digest_word(d, (uint64_t)(uint32_t)run->started << 32 | (uint32_t)run->at_once);
    digest_word(d, (uint64_t)(uintptr_t)run->invariant);
    digest_word(d, run->output_total);
    if (engine.set.output_points)
        digest_bytes(d, engine.output, run->output_len);
    process_digest(d);
    digest_word(d, (uint64_t)run->concurrency);
    digest_word(d, (uint64_t)(uint32_t)run->interrupts);
}

/* A new operation is unknown until somebody has thought about what belongs to its state. */
static bool kind_known(enum event_kind k)
{
    switch (k) {
    case EVENT_JOIN:
    case EVENT_LOCK:
    case EVENT_TRYLOCK:
    case EVENT_TIMEDLOCK:
    case EVENT_UNLOCK:
    case EVENT_MUTEX_DESTROY:
    case EVENT_COND_WAIT:
    case EVENT_RELOCK:
    case EVENT_TIMEOUT:
    case EVENT_SIGNAL:
    case EVENT_BROADCAST:
    case EVENT_COND_DESTROY:
    case EVENT_ONCE:
    case EVENT_WAKE:
    case EVENT_YIELD:
    case EVENT_WORK:
    case EVENT_READ:
    case EVENT_WRITE:
    case EVENT_ATOMIC_LOAD:
    case EVENT_ATOMIC_STORE:
    case EVENT_ATOMIC_RMW:
    case EVENT_FENCE:
    case EVENT_OUTPUT:
    case EVENT_SPIN:
    case EVENT_EXIT:
    case EVENT_CLOCK:
    case EVENT_SEM_DESTROY:
    case EVENT_SEM_WAIT:
    case EVENT_SEM_TRYWAIT:
    case EVENT_SEM_POST:
    case EVENT_SEM_VALUE:
    case EVENT_RWLOCK_DESTROY:
    case EVENT_RDLOCK:
    case EVENT_TRYRDLOCK:
    case EVENT_WRLOCK:
    case EVENT_TRYWRLOCK:
    case EVENT_RWUNLOCK:
    case EVENT_BARRIER_DESTROY:
    case EVENT_BARRIER_WAIT:
    case EVENT_BARRIER_LEAVE:
    case EVENT_CANCEL:
    case EVENT_TESTCANCEL:
    case EVENT_OPEN:
    case EVENT_CLOSE:
    case EVENT_FD_READ:
    case EVENT_FD_WRITE:
    case EVENT_FD_SET:
    case EVENT_POLL:
        return true;
    default:
        return false;
    }
}

bool run_digest_memory(struct digest *out)
{
    struct digest d = DIGEST_START, parts = {0, 0};
    bool known = objects_digest(&parts) && !engine.run.undigested;
    heap_digest(&parts);
    digest_bytes(&d, engine.data, (size_t)(engine.data_end - engine.data));
    rest_digest(&d);
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        known &= t->ended || kind_known(t->op.kind);
        thread_digest(&d, t);
    }
    keys_digest(&d);
    cleanups_digest(&d);
    random_digest(&d);
    library_digest(&d);
    lab_digest(&d);
    digest_word(&d, parts.a);
    digest_word(&d, parts.b);
    *out = d;
    return known;
}

bool run_digest_whole(struct digest *d) { return !engine.run.used_kernel || kernel_digest(d); }

bool run_digest(struct digest *out) { return run_digest_memory(out) && run_digest_whole(out); }
