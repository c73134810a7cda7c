/* barrier: nobody goes on before as many have come as it was made for; then it starts afresh.
 *
 * Coming and leaving are two steps. The one who comes last leaves at once, with
 * PTHREAD_BARRIER_SERIAL_THREAD. A barrier may be destroyed, even made anew, while others are still on their
 * way out: leaving looks only at the round (object.value), which never counts down.
 *
 * Which operations of one barrier commute: leaving with everything; coming with coming, unless one of the
 * two is the last of its round and somebody looks at who gets SERIAL_THREAD. Destroy commutes with nothing.
 */
#include "engine/engine.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

static struct object *get(pthread_barrier_t *addr, uint64_t pc)
{
    struct object *b = object_peek(addr);
    if (!b || b->kind != OBJECT_BARRIER) {
        access_check(addr, sizeof *addr, true, pc);
        fail(.reason = REASON_NOT_INITIALISED, .object = addr, .pc = pc);
    }
    if (b->destroyed)
        fail(.reason = REASON_DESTROYED_USED, .object = addr, .pc = pc);
    return b;
}

int __wrap_pthread_barrier_init(pthread_barrier_t *addr, const pthread_barrierattr_t *attr, unsigned count);
int __wrap_pthread_barrier_init(pthread_barrier_t *addr, const pthread_barrierattr_t *attr, unsigned count)
{
    ENTER(CALLER);
    if (count == 0)
        return EINVAL;
    access_range(addr, sizeof *addr, true, CALLER);
    if (attr)
        access_range(attr, sizeof *attr, false, CALLER);
    struct object *b = object_peek(addr);
    uint64_t round = 0;
    if (b && b->kind == OBJECT_BARRIER) {
        round = b->value + 1;
        if (b->waiter_count && !b->destroyed)
            fail(.reason = REASON_INIT_TWICE, .object = addr, .other = b->waiters[0] + 1, .pc = CALLER);
    }
    b = object_renew(addr, OBJECT_BARRIER);
    b->value = round;
    b->needed = count;
    memset(addr, 0, sizeof *addr);
    record(EVENT_BARRIER_INIT, addr, count, CALLER);
    return 0;
}

int __wrap_pthread_barrier_destroy(pthread_barrier_t *addr);
int __wrap_pthread_barrier_destroy(pthread_barrier_t *addr)
{
    ENTER(CALLER);
    get(addr, CALLER);
    step(EVENT_BARRIER_DESTROY, addr, always);
    struct object *b = get(addr, CALLER);
    record(EVENT_BARRIER_DESTROY, addr, 0, CALLER);
    if (b->waiter_count)
        fail(.reason = REASON_DESTROY_WAITED, .object = addr, .other = b->waiters[0] + 1, .pc = CALLER);
    b->destroyed = true;
    return 0;
}

static bool complete(const struct thread *t)
{
    const struct object *b = object_peek(t->op.object);
    return !b || b->kind != OBJECT_BARRIER || b->value != t->op.value;
}

/* All have come: each learns now what all did before, so that leaving needs nothing of the barrier. */
static void open_up(struct object *b)
{
    struct thread *last = me();
    for (int i = 0; i < b->waiter_count; i++) {
        engine.run.me = &engine.threads[b->waiters[i]];
        hb_acquire(b->vc);
    }
    engine.run.me = last;
    hb_acquire(b->vc);
    b->waiter_count = 0;
    b->value++;
}

static bool last_to_come(struct object *b)
{
    hb_release(b->vc);
    if ((unsigned)b->waiter_count + 1 < b->needed) {
        b->waiters[b->waiter_count++] = me()->tid;
        return false;
    }
    open_up(b);
    return true;
}

int __wrap_pthread_barrier_wait(pthread_barrier_t *addr);
int __wrap_pthread_barrier_wait(pthread_barrier_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    get(addr, pc);
    step(EVENT_BARRIER_WAIT, addr, always);
    struct object *b = get(addr, pc);
    uint64_t round = b->value;
    bool last = last_to_come(b);
    record(EVENT_BARRIER_WAIT, addr, last ? b->needed : (uint64_t)b->waiter_count, pc);
    if (last)
        return PTHREAD_BARRIER_SERIAL_THREAD;
    me()->op.pc = pc;
    step2(EVENT_BARRIER_LEAVE, addr, NULL, round, complete);
    record(EVENT_BARRIER_LEAVE, addr, 0, pc);
    return 0;
}

/* ---- attributes: private or shared between processes, of which there is one ------------- */

int __wrap_pthread_barrierattr_init(pthread_barrierattr_t *attr);
int __wrap_pthread_barrierattr_init(pthread_barrierattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    memset(attr, 0, sizeof *attr);
    return 0;
}
int __wrap_pthread_barrierattr_destroy(pthread_barrierattr_t *attr);
int __wrap_pthread_barrierattr_destroy(pthread_barrierattr_t *attr)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, true, CALLER);
    return 0;
}
int __wrap_pthread_barrierattr_setpshared(pthread_barrierattr_t *attr, int shared);
int __wrap_pthread_barrierattr_setpshared(pthread_barrierattr_t *attr, int shared)
{
    ENTER(CALLER);
    if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
        return EINVAL;
    access_range(attr, sizeof *attr, true, CALLER);
    memcpy(attr, &shared, sizeof *attr < sizeof shared ? sizeof *attr : sizeof shared);
    return 0;
}
int __wrap_pthread_barrierattr_getpshared(const pthread_barrierattr_t *attr, int *shared);
int __wrap_pthread_barrierattr_getpshared(const pthread_barrierattr_t *attr, int *shared)
{
    ENTER(CALLER);
    access_range(attr, sizeof *attr, false, CALLER);
    access_range(shared, sizeof *shared, true, CALLER);
    memcpy(shared, attr, sizeof *shared);
    return 0;
}
