/* run: one run of the program, from its first line to its end.
 *
 * Invariant: between two calls of choose() exactly one learner thread runs; all others are
 * parked in point() with an announced operation, or have ended. A new thread runs at once, on
 * behalf of its creator, up to its first announcement (private work commutes with everything),
 * so every living thread always has an announced operation to reason about.
 */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

struct engine engine;
struct trace_failure run_failure;

/* ---- threads ----------------------------------------------------------------------- */

static void main_body(void)
{
    if (engine.scenario) {
        engine.scenario->run();
        ENTER(me()->op.pc);
        if (me()->process)
            fail(.reason = REASON_CHILD_ESCAPED, .pc = engine.threads[me()->tid].create_pc);
        run_exit(0, me()->op.pc);
    }
    me()->left_pc = 0;
    int status = engine.main(engine.argc, engine.argv);
    ENTER(me()->op.pc);
    run_exit(status, me()->left_pc ? me()->left_pc : me()->op.pc);
}

static void fiber_entry(void)
{
    struct thread *t = me();
    t->started = true;
    if (t->tid == 0)
        main_body();
    thread_end(t->start(t->arg));
}

static void thread_tls(struct thread *t)
{
    t->tls = engine.tls_area + (size_t)t->tid * TLS_SLOT + TLS_COPY;
    if (engine.tls_size) {
        memcpy(t->tls, engine.tls_template, engine.tls_file);
        memset(t->tls + engine.tls_file, 0, engine.tls_size - engine.tls_file);
        access_forget(t->tls, engine.tls_size);
    }
    *(uint64_t *)(t->tls - 64) = 0; /* errno */
}

static char *own_stack(int tid) { return engine.stacks + (size_t)(tid + 1) * STACK_SLOT - STACK_SIZE; }

struct thread *thread_new_bare(uint64_t pc)
{
    struct run *run = &engine.run;
    if (run->thread_count == MAX_THREADS)
        return NULL;
    struct thread *t = &engine.threads[run->thread_count];
    t->alive = t->started = t->ended = t->detached = t->joined = t->joining = false;
    t->tid = run->thread_count++;
    t->of_test = t->tid == 0 && engine.scenario;
    t->created_by = me() ? me()->tid : TRACE_NO_THREAD;
    t->start = NULL;
    t->arg = NULL;
    t->result = NULL;
    t->create_pc = pc;
    t->name[0] = '\0';
    t->eager_return = NULL;
    t->depth = t->held_count = t->holds_core = 0;
    t->polls = 0;
    run->last_ran[t->tid] = run->steps;
    t->yielded = t->signalled = t->quiet = t->await = false;
    t->deadline = NEVER;
    t->sem_taken = NULL;
    t->expects = NULL;
    t->cancelled = t->uncancellable = t->cancel_woken = t->ending = false;
    t->missed = t->interruptible = false;
    t->sig_blocked = me() ? me()->sig_blocked : 0;
    t->sig_pending = 0;
    t->breaks = BREAKS_NOT;
    t->broken = t->mask_lent = false;
    t->too_early = t->overdue = t->begun = false;
    t->handlers = 0;
    t->unsafe = t->stopped_in = NULL;
    t->policy = 0;
    t->cores = me() ? me()->cores : 0;
    t->process = me() ? me()->process : 0;
    t->loop.limit = 0;
    t->left.mutex = NULL;
    t->left.at = 0;
    t->accesses = t->volume = t->alloc_count = t->open = t->closed = t->within = 0;
    t->heap_next = NULL;
    spin_effect(t);
    memset(t->vc, 0, sizeof t->vc);
    t->clock_reads = 0;
    t->early_used = 0;
    t->worked = 0;
    t->computes = false;
    hb_fork(t);
    t->alive = true;
    return t;
}

struct thread *thread_new(void *(*start)(void *), void *arg, uint64_t pc)
{
    struct thread *t = thread_new_bare(pc);
    if (!t)
        return NULL;
    t->start = start;
    t->arg = arg;
    t->op = (struct op){.kind = EVENT_START, .enabled = always, .pc = (uint64_t)(uintptr_t)start};
    t->stack = own_stack(t->tid);
    uintptr_t lowest = engine.lowest[t->tid];
    engine.lowest[t->tid] = 0;
    char *top = t->stack + STACK_SIZE;
    if (lowest && lowest < (uintptr_t)top) { /* what the last run left would make runs differ */
        char *from = (char *)lowest - 1024;
        if (from < t->stack)
            from = t->stack;
        memset(from, 0, (size_t)(top - from));
    }
    t->lowest_sp = (uintptr_t)top;
    t->learner_sp = (uintptr_t)top;
    fiber_init(&t->fiber, top - 64, fiber_entry);
    thread_tls(t);
    if (t->process)
        access_track(t->process); /* two threads share its memory now */
    return t;
}

static void release_joiner(struct thread *ended)
{
    for (int i = 0; engine.set.style == STYLE_EXPLORE && i < engine.run.thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t->alive && !t->ended && t->op.kind == EVENT_JOIN && t->op.value == (uint64_t)ended->tid && t->op.enabled(t) &&
            !engine.run.handling) { /* its handlers may run before, and what keeps them from it has to be seen as a step */
            engine.run.free_switch = true;
            engine.run.last_tid = t->tid;
            engine.run.variant = 0;
            hand_over(ended, t);
        }
    }
}

/* The last thread of its process ends the process. */
static bool last_thread(void)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (i != me()->tid && engine.threads[i].process == me()->process && !engine.threads[i].ended)
            return false;
    return true;
}

void thread_end(void *result)
{
    struct thread *t = me();
    keys_end_thread();
    t->result = result;
    if (engine.end_points) {
        step(EVENT_FINISH, NULL, always);
        record(EVENT_FINISH, NULL, 0, t->op.pc);
    }
    mutex_orphan();
    if (t->held_count) {
        int last = (t->held_count < MAX_HELD ? t->held_count : MAX_HELD) - 1;
        fail_soft((struct failing){.reason = REASON_END_HOLDING, .object = t->held[last].mutex, .pc = t->held[last].pc});
        mutex_forget_owner(t);
    }
    record(EVENT_END, NULL, 0, t->op.pc);
    bool last = last_thread();
    if (last && !process_only())
        run_exit(0, t->op.pc);
    t->ended = true;
    if (last)
        run_exit(0, t->op.pc);
    struct thread *creator = t->eager_return;
    if (creator) {
        t->eager_return = NULL;
        hand_over(t, creator);
    }
    release_joiner(t);
    hand_over(t, choose());
    __builtin_unreachable();
}

/* ---- the end ------------------------------------------------------------------------- */

void run_end(void)
{
    static struct fiber nowhere;
    engine.run.over = true;
    engine.run.me = NULL;
    fiber_switch(&nowhere, &engine.main_fiber);
    __builtin_unreachable();
}

static void left_threads(void)
{
    for (int i = 1; i < engine.run.thread_count && !engine.run.deliberate; i++) {
        struct thread *t = &engine.threads[i];
        if (t->detached || t->joined || t->process)
            continue;
        fail_soft((struct failing){.reason = t->ended ? REASON_THREAD_NOT_JOINED : REASON_THREAD_RUNNING,
                                   .other = i + 1, .pc = t->create_pc});
    }
}

static void note_killed(void)
{
    struct thread *ender = me();
    for (int i = 0; i < engine.run.thread_count; i++)
        if (&engine.threads[i] != ender && !engine.threads[i].ended && engine.threads[i].process == ender->process) {
            engine.run.me = &engine.threads[i];
            record(EVENT_KILLED, NULL, 0, engine.threads[i].op.pc);
        }
    engine.run.me = ender;
}

void run_exit(int status, uint64_t pc)
{
    struct run *run = &engine.run;
    if (me()->ended) { /* the last thread ended: nobody is left to decide */
        streams_flush(pc);
        note_killed();
        left_threads();
        heap_leaks();
        run_end();
    }
    process_run_atexit(pc);
    me()->op.pc = pc;
    me()->op.with = 0;
    op_with((uint64_t)(uint32_t)status);
    step(EVENT_EXIT, NULL, always);
    struct trace_event *ev = record(EVENT_EXIT, NULL, (uint64_t)status, pc);
    if (ev)
        ev->before = (uint64_t)process_leader(me()->process);
    if (me()->process)
        process_exit(status, pc);
    run->exit_status = status;
    note_killed();
    if (status != 0 && !engine.scenario)
        fail(.reason = REASON_EXIT_STATUS, .value = (uint64_t)(uint32_t)status, .pc = pc);
    if (!process_replaced()) {
        left_threads();
        heap_leaks();
    }
    if (!process_only())
        process_exit(status, pc);
    run_end();
}

static void fill_access(struct trace_access *to, const struct record *r)
{
    to->tid = r->tid;
    to->write = r->how & ACCESS_WRITES;
    to->at = (struct trace_place){.pc = r->pc};
    if (!r->locks)
        return;
    const struct lockset *set = &engine.run.locksets[r->locks - 1];
    to->lock_count = (size_t)set->n;
    to->locks = xcalloc(to->lock_count, sizeof *to->locks);
    for (int i = 0; i < set->n; i++)
        to->locks[i] = ref_of(set->mutex[i], 0);
}

static void fill_races(struct trace_failure *f, const struct record *a, const struct record *b)
{
    f->has_race = true;
    fill_access(&f->race[0], a);
    fill_access(&f->race[1], b);
}

static void note_failure(const struct failing *f)
{
    struct thread *t = me();
    trace_failure_fini(&run_failure);
    run_failure = (struct trace_failure){
        .reason = f->reason,
        .tid = t ? t->tid : TRACE_NO_THREAD,
        .other = f->other - 1,
        .at = place_of(f->pc ? f->pc : t ? t->op.pc : 0),
        .at2 = place_of(f->pc2),
        .value = f->value,
        .value2 = f->value2,
        .detail = f->detail ? xstrdup(f->detail) : NULL,
        .right_if = f->right_if && *f->right_if ? xstrdup(f->right_if) : NULL,
    };
    if (f->object)
        run_failure.object = ref_accessed(f->object, f->size, f->pc);
    if (f->reason == REASON_DEAD_STACK && run_failure.object.kind != REF_STACK)
        run_failure.object = (struct trace_ref){.kind = REF_STACK}; /* nobody's now */
    if (f->reason == REASON_DATA_RACE && engine.race_count)
        fill_races(&run_failure, &engine.races[engine.race_count - 1].first,
                   &engine.races[engine.race_count - 1].second);
    engine.run.failed = true;
}

void fail_with(struct failing f)
{
    note_failure(&f);
    engine.run.soft = false;
    record(EVENT_FAIL, NULL, 0, f.pc ? f.pc : me() ? me()->op.pc : 0);
    run_end();
}

void fail_soft(struct failing f)
{
    if (engine.run.failed)
        return;
    note_failure(&f);
    engine.run.soft = true;
}

/* ---- the whole ------------------------------------------------------------------------- */

static void run_reset(void)
{
    struct run *run = &engine.run;
    for (int i = 0; i < run->thread_count; i++) { /* how deep each stack was used, by whichever process */
        const struct thread *t = &engine.threads[i];
        uintptr_t *lowest = &engine.lowest[((size_t)(t->stack - engine.stacks)) / STACK_SLOT];
        if (!*lowest || t->lowest_sp < *lowest)
            *lowest = t->lowest_sp;
    }
    heap_reset(); /* needs the old thread count */
    engine.loaded = engine.space = 0;
    engine.forking = NULL;
    uint32_t id = run->id + 1;
    memset(run, 0, offsetof(struct run, locksets));
    run->id = id ? id : 1;
    run->lockset_count = 0;
    run->last_tid = -1;
    run->ordered = engine.set.strategy && engine.set.strategy->ordered;
    run->fail_create_in = run->fail_fork_in = -1;
    run->now = START_CLOCK_NS;
    memcpy(engine.data, engine.image, (size_t)(engine.data_end - engine.data));
    trace_failure_fini(&run_failure);
    run_failure.tid = run_failure.other = TRACE_NO_THREAD;
    access_reset();
    library_reset();
    if (engine.set.record)
        record_reset();
}

/* The child begins where its parent is now, with a copy of its memory. */
static void fork_now(void)
{
    engine.forking->fiber = me()->fiber;
    image_fork(me(), engine.forking);
    engine.forking = NULL;
}

void run_once(void)
{
    run_reset();
    struct thread *first = thread_new(NULL, NULL, 0);
    first->op.pc = engine.scenario ? (uint64_t)(uintptr_t)engine.scenario->run : (uint64_t)(uintptr_t)engine.main;
    engine.run.me = first;
    kernel_reset();
    engine.run.last_tid = engine.set.driven ? -1 : 0;
    faults_arm(true);
    do {
        if (engine.forking)
            fork_now();
        else
            image_load(me()->process);
        engine.space = engine.loaded;
        fiber_switch(&engine.main_fiber, &me()->fiber);
    } while (!engine.run.over);
    faults_arm(false);
    image_load(0);
    engine.space = 0;
    engine.run.me = NULL;
}
