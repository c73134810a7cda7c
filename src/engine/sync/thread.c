/* thread: create, join, detach, exit, once, and who am I. */
#include "engine/sync/sync.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Learner-visible ids: small multiples, never 0, never an address. */
static pthread_t id_of(int tid) { return (pthread_t)(0x7000 + 16 * (unsigned)tid); }
pthread_t thread_id(const struct thread *t) { return id_of(t->tid); }

struct thread *thread_of(pthread_t id)
{
    unsigned long n = (unsigned long)id - 0x7000;
    return n % 16 == 0 && n / 16 < (unsigned long)engine.run.thread_count ? &engine.threads[n / 16] : NULL;
}

/* The child runs now, up to its first announcement, then the creator goes on. */
static void run_to_first_point(struct thread *child)
{
    struct thread *creator = me();
    bool decision = engine.run.decision, preemption = engine.run.preemption;
    engine.run.decision = engine.run.preemption = false;
    child->eager_return = creator;
    engine.run.me = child;
    record(EVENT_START, NULL, 0, (uint64_t)(uintptr_t)child->start);
    hand_over(creator, child);
    engine.run.decision = decision;
    engine.run.preemption = preemption;
}

static bool injected_failure(int *error)
{
    struct run *run = &engine.run;
    if (run->fail_create_in < 0 || run->fail_create_in-- > 0)
        return false;
    *error = run->fail_create_error;
    return true;
}

static void count_started(void)
{
    struct run *run = &engine.run;
    int now = 0;
    for (int i = 1; i < run->thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        now += t->detached ? !t->ended : !t->joined;
    }
    run->started++;
    if (now > run->at_once)
        run->at_once = now;
}

static void tell_id(pthread_t *id, int tid, uint64_t pc)
{
    access_range(id, sizeof *id, true, pc);
    *id = id_of(tid);
}

int thread_create(pthread_t *id, enum create_how how, void *(*start)(void *), void *arg, uint64_t pc)
{
    int error;
    if (!start)
        fail(.reason = REASON_NULL_POINTER, .pc = pc);
    step(EVENT_CREATE, NULL, always);
    if (how != CREATE_LAB && injected_failure(&error)) {
        record(EVENT_CREATE, NULL, UINT64_MAX, pc);
        return error;
    }
    if (how == CREATE_C11)
        tell_id(id, engine.run.thread_count, pc);
    struct thread *t = thread_new(start, arg, pc);
    if (!t)
        fail(.reason = REASON_TOO_MANY_THREADS, .value = MAX_THREADS, .pc = pc);
    t->detached = how == CREATE_DETACHED;
    t->of_test = how == CREATE_LAB;
    if (how != CREATE_LAB)
        count_started();
    record(EVENT_CREATE, NULL, (uint64_t)t->tid, pc);
    if (how == CREATE_LAB)
        *id = id_of(t->tid);
    else if (how != CREATE_C11)
        tell_id(id, t->tid, pc);
    run_to_first_point(t);
    return 0;
}

int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *), void *arg);
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *), void *arg)
{
    ENTER(CALLER);
    int state = PTHREAD_CREATE_JOINABLE;
    if (attr) {
        access_range(attr, sizeof(int), false, CALLER);
        memcpy(&state, attr, sizeof state);
    }
    return thread_create(id, state == PTHREAD_CREATE_DETACHED ? CREATE_DETACHED : CREATE_JOINABLE, start, arg, CALLER);
}

static bool target_ended(const struct thread *t) { return engine.threads[t->op.value].ended; }

struct thread *thread_to_join(pthread_t id, uint64_t pc)
{
    struct thread *t = thread_of(id);
    if (!t)
        fail(.reason = REASON_JOIN_UNKNOWN, .pc = pc);
    if (t == me())
        fail(.reason = REASON_JOIN_SELF, .pc = pc);
    if (t->joined || t->joining)
        fail(.reason = REASON_JOIN_TWICE, .other = t->tid + 1, .pc = pc);
    if (t->detached)
        fail(.reason = REASON_JOIN_DETACHED, .other = t->tid + 1, .pc = pc);
    return t;
}

void thread_joined(struct thread *t, uint64_t pc)
{
    t->joined = true;
    hb_join(t);
    record(EVENT_JOIN, NULL, (uint64_t)t->tid, pc);
}

void *thread_join(pthread_t id, uint64_t pc)
{
    struct thread *t = thread_to_join(id, pc);
    t->joining = true;
    step2(EVENT_JOIN, NULL, NULL, (uint64_t)t->tid, target_ended);
    t->joining = false;
    cancel_point();
    thread_joined(t, pc);
    return t->result;
}

int __wrap_pthread_join(pthread_t id, void **result);
int __wrap_pthread_join(pthread_t id, void **result)
{
    ENTER(CALLER);
    op_with((uintptr_t)result);
    void *value = thread_join(id, CALLER);
    if (result) {
        access_range(result, sizeof *result, true, CALLER);
        *result = value;
    }
    return 0;
}

int thread_detach(pthread_t id, uint64_t pc)
{
    struct thread *t = thread_of(id);
    if (!t)
        fail(.reason = REASON_JOIN_UNKNOWN, .pc = pc);
    step2(EVENT_DETACH, NULL, NULL, (uint64_t)t->tid, always);
    if (t->detached || t->joined || t->joining)
        fail(.reason = REASON_DETACH_TWICE, .other = t->tid + 1, .pc = pc);
    t->detached = true;
    record(EVENT_DETACH, NULL, (uint64_t)t->tid, pc);
    return 0;
}

int __wrap_pthread_detach(pthread_t id);
int __wrap_pthread_detach(pthread_t id)
{
    ENTER(CALLER);
    return thread_detach(id, CALLER);
}

void __wrap_pthread_exit(void *result) __attribute__((noreturn));
void __wrap_pthread_exit(void *result)
{
    ENTER(CALLER);
    thread_unwind(result, "leaves with pthread_exit", CALLER);
}

pthread_t __wrap_pthread_self(void);
pthread_t __wrap_pthread_self(void) { return thread_id(me()); }
int __wrap_pthread_equal(pthread_t a, pthread_t b);
int __wrap_pthread_equal(pthread_t a, pthread_t b) { return a == b; }

int thread_yield(uint64_t pc)
{
    me()->yielded = true;
    step(EVENT_YIELD, NULL, always);
    record(EVENT_YIELD, NULL, 0, pc);
    return 0;
}

int __wrap_sched_yield(void);
int __wrap_sched_yield(void)
{
    ENTER(CALLER);
    return thread_yield(CALLER);
}
int __wrap_pthread_yield(void);
int __wrap_pthread_yield(void)
{
    ENTER(CALLER);
    return thread_yield(CALLER);
}

/* ---- once ---------------------------------------------------------------------- */

static bool once_free(const struct thread *t)
{
    const struct object *o = object_peek(t->op.object);
    return !o || o->once_state != 1;
}

/* What it holds once it has run, as in glibc: a program that writes PTHREAD_ONCE_INIT over it begins anew. */
#define ONCE_DONE 2

int once_run(void *addr, size_t size, void (*fn)(void), uint64_t pc)
{
    access_check(addr, size, true, pc);
    object_get(addr, OBJECT_ONCE);
    op_with((uintptr_t)fn);
    step(EVENT_ONCE, addr, once_free);
    struct object *o = object_get(addr, OBJECT_ONCE);
    if (o->once_state == 2 && *(const int *)addr == PTHREAD_ONCE_INIT)
        o->once_state = 0;
    record(EVENT_ONCE, addr, (uint64_t)o->once_state, pc);
    if (o->once_state == 2) {
        hb_acquire(o->vc);
        return 0;
    }
    o->once_state = 1;
    o->owner = me()->tid;
    o->owner_pc = pc;
    fn();
    o = object_get(addr, OBJECT_ONCE);
    o->once_state = 2;
    *(int *)addr = ONCE_DONE;
    o->owner = TRACE_NO_THREAD;
    hb_release(o->vc);
    record(EVENT_ONCE_DONE, addr, 0, pc);
    return 0;
}

int __wrap_pthread_once(pthread_once_t *addr, void (*fn)(void));
int __wrap_pthread_once(pthread_once_t *addr, void (*fn)(void))
{
    ENTER(CALLER);
    return once_run(addr, sizeof *addr, fn, CALLER);
}
