/* dpor: one run for each class of equivalent schedules (engine P).
 *
 * Source sets with sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order
 * reduction", POPL 2014, algorithm 1. A node is a decision. After a step, every earlier step
 * that conflicts with it and is not ordered before it by other steps is a race; to reverse it, one
 * thread that can begin the reversed sequence must be tried at the earlier node. All earlier
 * conflicting steps are looked at, not only the last. A thread whose subtree is done sleeps
 * in its siblings until something that conflicts with its step happens.
 *
 * Order between steps is kept as one vector clock a step, counted in steps of each thread, joined
 * over: program order, create and join, conflicts, release of a lock to its next owner, signal to
 * woken thread, and the passing of ideal time (everything before, before everything after).
 *
 * Spurious wakeups are alternatives at every node where they are possible, tried like any
 * first step of the waiting thread.
 */
#include "engine/explore/option.h"

#include <stdlib.h>
#include <string.h>

typedef uint16_t clock_t16;

struct node {
    uint32_t first;
    uint16_t count, at;        /* options; the one taken */
    uint16_t threads;          /* run.thread_count when it was taken */
    uint16_t index;            /* of this step among its thread's steps, from 1 */
    uint64_t backtrack, done, sleep, present; /* bits by thread */
    clock_t16 clock[MAX_THREADS];
};

static struct node *nodes;
static size_t node_count, node_cap, depth;
static struct option *pool;
static size_t pool_count, pool_cap;
struct dpor_report dpor;

/* Clocks of the run that is going on: the last step of each thread, and what it saw. */
static clock_t16 seen[MAX_THREADS][MAX_THREADS];
static uint16_t steps_of[MAX_THREADS];

static const struct option *taken(const struct node *n) { return &pool[n->first + n->at]; }

#define BIT(tid) (UINT64_C(1) << (tid))

void dpor_begin(int ignored_bound)
{
    (void)ignored_bound;
    node_count = pool_count = depth = 0;
    dpor = (struct dpor_report){0};
}

/* ---- order that is not conflict: called by the primitives ----------------------- */

static void join_clock(clock_t16 *to, const clock_t16 *from)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (from[i] > to[i])
            to[i] = from[i];
}

void order_fork(int parent, int child)
{
    if (parent < 0)
        memset(seen[child], 0, sizeof seen[child]);
    else
        memcpy(seen[child], seen[parent], sizeof seen[child]);
    steps_of[child] = 0;
}

void order_join(int tid, int ended) { join_clock(seen[tid], seen[ended]); }
void order_release(uint16_t *object) { join_clock(object, seen[me()->tid]); }

void order_acquire(const uint16_t *object)
{
    int tid = me()->tid;
    join_clock(seen[tid], object);
    if (depth && depth <= node_count && taken(&nodes[depth - 1])->tid == tid) /* belongs to the step itself */
        join_clock(nodes[depth - 1].clock, object);
}

void order_time(void)
{
    for (int i = 1; i < engine.run.thread_count; i++)
        join_clock(seen[0], seen[i]);
    for (int i = 1; i < engine.run.thread_count; i++)
        memcpy(seen[i], seen[0], sizeof seen[0]);
}

/* ---- races --------------------------------------------------------------------------- */

static bool before(const struct node *early, const clock_t16 *clock)
{
    return clock[taken(early)->tid] >= early->index;
}

/* Threads that can begin "what happened after nodes[j] without depending on it, then `last`". */
static uint64_t initials(size_t j, size_t end, const struct option *last, const clock_t16 *pre)
{
    uint64_t first = 0, present = 0;
    for (size_t k = j + 1; k < end; k++) {
        if (before(&nodes[j], nodes[k].clock))
            continue;
        uint8_t tid = taken(&nodes[k])->tid;
        bool depends = (present & BIT(tid)) != 0;
        for (size_t i = j + 1; i < k && !depends; i++)
            depends = !before(&nodes[j], nodes[i].clock) && before(&nodes[i], nodes[k].clock);
        if (!depends)
            first |= BIT(tid);
        present |= BIT(tid);
    }
    bool depends = (present & BIT(last->tid)) != 0;
    for (size_t i = j + 1; i < end && !depends; i++)
        depends = !before(&nodes[j], nodes[i].clock) &&
                  (before(&nodes[i], pre) || (taken(&nodes[i])->tid != last->tid && options_conflict(taken(&nodes[i]), last)));
    return depends ? first : first | BIT(last->tid);
}

static void reverse(size_t j, size_t end, const struct option *last, const clock_t16 *pre)
{
    struct node *n = &nodes[j];
    uint64_t can = initials(j, end, last, pre);
    if (can & n->backtrack)
        return;
    uint64_t here = can & n->present;
    if (!here && can == BIT(last->tid))
        return; /* it could not act there: blocked by the very step, or by an earlier one */
    if (here & BIT(last->tid))
        n->backtrack |= BIT(last->tid);
    else if (here)
        n->backtrack |= here & (~here + 1);
    else
        n->backtrack |= n->present; /* none of them could act there: try everybody */
}

/* The races of `last`, about to happen (or stuck) after nodes[0..end). */
static void find_races(size_t end, const struct option *last, const clock_t16 *pre)
{
    for (size_t j = end; j-- > 0;) {
        const struct option *o = taken(&nodes[j]);
        if (o->tid != last->tid && options_conflict(o, last) && !before(&nodes[j], pre))
            reverse(j, end, last, pre);
    }
}

/* ---- nodes ------------------------------------------------------------------------------ */

static const struct option *option_for(const struct node *n, int tid)
{
    for (int i = 0; i < n->count; i++)
        if (pool[n->first + i].tid == tid)
            return &pool[n->first + i];
    return NULL;
}

static uint64_t inherited_sleep(void)
{
    if (!node_count)
        return 0;
    const struct node *parent = &nodes[node_count - 1];
    uint64_t asleep = parent->sleep | parent->done, still = 0;
    for (int tid = 0; tid < MAX_THREADS; tid++) {
        const struct option *o = asleep >> tid & 1 ? option_for(parent, tid) : NULL;
        if (o && o->tid != taken(parent)->tid && !options_conflict(o, taken(parent)))
            still |= BIT(tid);
    }
    return still;
}

static bool new_node(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    uint64_t sleep = inherited_sleep();
    ARRAY_GROW(nodes, node_count, node_cap);
    struct node *node = &nodes[node_count];
    *node = (struct node){.first = (uint32_t)pool_count, .sleep = sleep};
    for (int i = 0; i < n; i++) {
        ARRAY_GROW(pool, pool_count, pool_cap);
        pool[pool_count++] = option_of(&engine.threads[choices[i].tid], choices[i].variant, costs[i], choices[i].preempts);
        node->count++;
        node->present |= BIT(choices[i].tid);
        /* Once woken, a wait is only a RELOCK: no race would tell that it might have given up. */
        if (choices[i].variant == CHOICE_SPURIOUS || engine.threads[choices[i].tid].op.kind == EVENT_TIMEOUT)
            node->backtrack |= BIT(choices[i].tid);
    }
    int at = 0;
    while (at < n && (sleep >> choices[at].tid & 1))
        at++;
    if (at == n) {
        pool_count = node->first;
        return false;
    }
    node->at = (uint16_t)at;
    node->backtrack |= BIT(choices[at].tid);
    node_count++;
    return true;
}

/* The step of nodes[i] is about to be executed: its clock. */
static void execute(size_t i, bool fresh)
{
    struct node *n = &nodes[i];
    const struct option *o = taken(n);
    if (fresh) {
        if (i >= 60000) { /* clocks count in 16 bits */
            dpor.overflow = true;
            engine.run.cut = true;
            run_end();
        }
        find_races(i, o, seen[o->tid]);
        memcpy(n->clock, seen[o->tid], sizeof n->clock);
        for (size_t j = 0; j < i; j++)
            if (taken(&nodes[j])->tid != o->tid && options_conflict(taken(&nodes[j]), o))
                join_clock(n->clock, nodes[j].clock);
        n->index = ++steps_of[o->tid];
        n->clock[o->tid] = n->index;
    } else {
        steps_of[o->tid] = n->index;
    }
    memcpy(seen[o->tid], n->clock, sizeof n->clock);
}

static bool known(struct trace_choice *out, uint8_t *cost)
{
    if (depth >= node_count)
        return false;
    struct node *n = &nodes[depth];
    const struct option *o = taken(n);
    const struct thread *t = &engine.threads[o->tid];
    if (o->tid >= engine.run.thread_count || t->ended ||
        (o->kind != EVENT_COND_WAKE && t->op.kind != o->kind)) {
        dpor.diverged = true;
        engine.run.cut = true;
        run_end();
    }
    *out = (struct trace_choice){o->tid, o->variant, o->preempts};
    let_time_pass(out); /* before the step, or all later ones would seem to come after it */
    depth++;
    execute(depth - 1, depth == node_count && dpor.turned);
    if (depth == node_count)
        dpor.turned = false;
    *cost = o->cost;
    return true;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    dpor.turned = false;
    if (!new_node(choices, costs, n)) {
        dpor.blocked++;
        return -1;
    }
    depth = node_count;
    execute(node_count - 1, true);
    return nodes[node_count - 1].at;
}

const struct chooser strategy_dpor = {"dpor", pick, known};

/* Threads that never got to their announced step (blocked for ever, or ended by exit) race too. */
static void races_of_pending(void)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (!t->alive || t->ended)
            continue;
        struct option o = option_of(t, CHOICE_PLAIN, 0, false);
        find_races(node_count, &o, seen[i]);
    }
}

static bool next_variant(struct node *n)
{
    for (uint16_t i = (uint16_t)(n->at + 1); i < n->count; i++)
        if (pool[n->first + i].tid == taken(n)->tid) {
            n->at = i;
            return true;
        }
    return false;
}

static bool next_thread(struct node *n)
{
    n->done |= BIT(taken(n)->tid);
    uint64_t left = n->backtrack & n->present & ~n->done & ~n->sleep;
    for (uint16_t i = 0; left && i < n->count; i++)
        if (left >> pool[n->first + i].tid & 1) {
            n->at = i;
            return true;
        }
    return false;
}

bool dpor_next(void)
{
    if (!dpor.diverged)
        races_of_pending(); /* also where everybody sleeps: what is disabled there was possible before */
    depth = 0;
    while (node_count) {
        struct node *n = &nodes[node_count - 1];
        if (next_variant(n) || next_thread(n)) {
            dpor.turned = true;
            return true;
        }
        pool_count = n->first;
        node_count--;
    }
    return false;
}

void dpor_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < node_count; i++)
        trace_schedule_push(out, taken(&nodes[i])->tid, taken(&nodes[i])->variant);
}

static bool was_bounded(void) { return dpor.overflow; }
static bool has_diverged(void) { return dpor.diverged; }
const struct search_order order_dpor = {&strategy_dpor, dpor_begin, dpor_next, dpor_path, was_bounded, has_diverged};
