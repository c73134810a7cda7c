/* dpor: one run for each class of equivalent schedules (engine P).
 *
 * Source sets with sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order
 * reduction", POPL 2014, algorithm 1. A node is a decision. After a step, every earlier step
 * that conflicts with it and is not ordered before it by other steps is a race; to reverse it, one
 * thread that can begin the reversed sequence must be tried at the earlier node. All earlier
 * conflicting steps are looked at, not only the last; buckets by object (option.h) keep the others out
 * of the way. A thread whose subtree is done sleeps in its siblings until something that conflicts
 * with its step happens. Threads to try at a node queue up in the order they were found, so what
 * sleeps in a subtree is known as soon as the subtree is.
 *
 * Order between steps is kept as one vector clock a step, see order.h.
 *
 * Spurious wakeups are alternatives at every node where they are possible, tried like any
 * first step of the waiting thread.
 */
#include "engine/explore/option.h"
#include "engine/explore/order.h"
#include "engine/explore/share.h"

#include <stdlib.h>
#include <string.h>

struct node {
    uint32_t first;
    uint16_t count, at;        /* options; the one taken */
    uint16_t index;            /* of this step among its thread's steps, from 1 */
    uint16_t width;            /* entries of `clock` that mean something */
    uint64_t backtrack, done, sleep, present; /* bits by thread */
    uint16_t bucket[2];        /* it hangs in these ... */
    int32_t below[2];          /* ... on top of these nodes; -1: none */
    uint8_t turn, queued;      /* queue[turn] is being tried */
    uint8_t queue[MAX_THREADS];
    order_clock clock[MAX_THREADS];
};

static struct node *nodes;
static size_t node_count, node_cap, depth;
static struct option *pool;
static size_t pool_count, pool_cap;
static int32_t top[BUCKETS + 1]; /* latest node of each bucket */
struct dpor_report dpor;
static size_t fixed; /* of a piece of another process: nodes that are not ours; what must be tried there is said, */
static struct finding { /* once each, in the order it was found */
    uint64_t can;
    uint32_t node;
    int32_t racing;
} *findings;
static size_t finding_count, finding_cap;

static const struct option *taken(const struct node *n) { return &pool[n->first + n->at]; }

static void empty_buckets(void)
{
    for (int i = 0; i <= BUCKETS; i++)
        top[i] = -1;
}

void dpor_begin(int ignored_bound)
{
    (void)ignored_bound;
    node_count = pool_count = depth = fixed = 0;
    empty_buckets();
    dpor = (struct dpor_report){0};
}

/* ---- what order.c asks ------------------------------------------------------------- */

order_clock *order_of_step(int tid, int *ret_width)
{
    if (!depth || depth > node_count || taken(&nodes[depth - 1])->tid != tid)
        return NULL;
    *ret_width = nodes[depth - 1].width;
    return nodes[depth - 1].clock;
}

static void races_of_pending(void);

/* What is blocked now was possible before, perhaps, and is ordered after all of it from now on: its races are looked
 * for first. */
void order_before_time(void)
{
    if (depth == node_count)
        races_of_pending();
}

/* ---- which earlier steps may conflict ------------------------------------------------ */

static void hang(size_t i)
{
    struct node *n = &nodes[i];
    option_buckets(taken(n), n->bucket);
    for (int k = 0; k < 2; k++) {
        n->below[k] = top[n->bucket[k]];
        top[n->bucket[k]] = (int32_t)i;
    }
}

/* Nothing where it does not hang: its step was never reached. */
static void take_down(struct node *n)
{
    for (int k = 2; k-- > 0;) {
        top[n->bucket[k]] = n->below[k];
        n->bucket[k] = BUCKET_NONE;
        n->below[k] = -1;
    }
}

/* Nodes that hang where `o` would, latest first: a superset of those that conflict with it. */
struct search_back {
    bool everybody;
    int32_t at[3]; /* in each lane; -1: none is left */
    uint16_t lane[3];
};

static int32_t latest(const struct search_back *b)
{
    int32_t a = b->at[0] > b->at[1] ? b->at[0] : b->at[1];
    return a > b->at[2] ? a : b->at[2];
}

static int32_t look_back(struct search_back *b, const struct option *o, size_t end)
{
    option_buckets(o, b->lane);
    b->lane[2] = BUCKET_EVERY;
    b->everybody = b->lane[0] == BUCKET_EVERY;
    for (int k = 0; k < 3; k++)
        b->at[k] = b->lane[k] == BUCKET_NONE || b->everybody ? -1 : top[b->lane[k]];
    if (b->everybody)
        b->at[0] = (int32_t)end - 1;
    return latest(b);
}

static int32_t look_further(struct search_back *b)
{
    int32_t now = latest(b);
    if (b->everybody)
        return --b->at[0];
    for (int k = 0; k < 3; k++)
        if (b->at[k] == now)
            b->at[k] = nodes[now].below[nodes[now].bucket[0] != b->lane[k]];
    return latest(b);
}

/* ---- races --------------------------------------------------------------------------- */

static bool before(const struct node *early, const order_clock *clock)
{
    return clock[taken(early)->tid] >= early->index;
}

/* Does it come after the first step of one of those threads? (After a later one only if after the first.) */
static bool follows_one(const order_clock *clock, uint64_t threads, const uint16_t *firsts)
{
    for (; threads; threads &= threads - 1) {
        int tid = __builtin_ctzll(threads);
        if (clock[tid] >= firsts[tid])
            return true;
    }
    return false;
}

static bool conflicts_with_one(size_t j, size_t end, const struct option *last)
{
    for (size_t i = j + 1; i < end; i++) {
        const struct option *o = taken(&nodes[i]);
        if (o->tid != last->tid && options_conflict(o, last) && !before(&nodes[j], nodes[i].clock))
            return true;
    }
    return false;
}

/* Threads that can begin "what happened after nodes[j] without depending on it, then `last`". What a thread does after
 * a step that depends on nodes[j] depends on it, too; so of each thread only the first of those steps is looked at. */
static uint64_t initials(size_t j, size_t end, const struct option *last, const order_clock *pre)
{
    uint64_t can = 0, present = 0;
    uint16_t firsts[MAX_THREADS];
    for (size_t k = j + 1; k < end; k++) {
        const struct node *n = &nodes[k];
        uint8_t tid = taken(n)->tid;
        if ((present & BIT(tid)) || before(&nodes[j], n->clock))
            continue;
        if (!follows_one(n->clock, present, firsts))
            can |= BIT(tid);
        firsts[tid] = n->index;
        present |= BIT(tid);
    }
    bool depends = (present & BIT(last->tid)) || follows_one(pre, present, firsts) || conflicts_with_one(j, end, last);
    return depends ? can : can | BIT(last->tid);
}

static void enqueue(struct node *n, int tid)
{
    if (!(n->backtrack & BIT(tid)) && !(n->sleep & BIT(tid)))
        n->queue[n->queued++] = (uint8_t)tid;
    n->backtrack |= BIT(tid);
}

/* One of `can` must be tried at n, best of all the racing thread itself. */
static void try_one_of(struct node *n, uint64_t can, int racing)
{
    uint64_t here = can & n->present;
    if (can & n->backtrack)
        return;
    if (!here && can == BIT(racing))
        return; /* it could not act there: blocked by the very step, or by an earlier one */
    if (here & BIT(racing))
        enqueue(n, racing);
    else if (here)
        enqueue(n, __builtin_ctzll(here));
    else /* none of them could act there: try everybody */
        for (uint64_t all = n->present; all; all &= all - 1)
            enqueue(n, __builtin_ctzll(all));
}

static void find_for(uint32_t node, uint64_t can, int racing)
{
    if (node >= fixed) {
        try_one_of(&nodes[node], can, racing);
        return;
    }
    for (size_t i = 0; i < finding_count; i++)
        if (findings[i].node == node && findings[i].can == can && findings[i].racing == racing)
            return;
    ARRAY_GROW(findings, finding_count, finding_cap);
    findings[finding_count++] = (struct finding){can, node, racing};
}

/* Whatever conflicts with a step conflicts with one that is the same in all but who does it. */
static bool alike(const struct option *a, const struct option *b)
{
    return a->kind == b->kind && a->object == b->object && a->object2 == b->object2 && a->value == b->value &&
           a->reads == b->reads && a->timed == b->timed && a->near_limit == b->near_limit && a->waits == b->waits &&
           a->touches == b->touches && a->looks == b->looks && a->rationed == b->rationed && a->kind != EVENT_BARRIER_WAIT;
}

/* Could `last` have been taken instead of nodes[j]? If not, what is before nodes[j] may be what it waited for. */
static bool could_swap(size_t j, const struct option *last)
{
    return !last->waits || (order_last[last->tid] < (int32_t)j && (nodes[j].present & BIT(last->tid)));
}

/* `last` is about to happen (or stuck) after nodes[0..end); its thread has seen `pre`. Finds its races: the
 * earlier steps that conflict with it and that no other conflicting step, which could be reversed instead,
 * orders before it. What happens before `last` is joined into `clock`, which is as `pre` at first. */
static void find_races(size_t end, const struct option *last, const order_clock *pre, order_clock *clock)
{
    struct search_back b;
    order_clock covered[MAX_THREADS];
    int width = order_width();
    memcpy(covered, pre, sizeof(order_clock) * (size_t)width);
    for (int32_t j = look_back(&b, last, end); j >= 0; j = look_further(&b)) {
        const struct node *n = &nodes[j];
        const struct option *o = taken(n);
        bool mine = o->tid == last->tid;
        if (!mine && !before(n, covered) && options_conflict(o, last)) {
            find_for((uint32_t)j, initials((size_t)j, end, last, pre), last->tid);
            order_join_clock(clock, n->clock, n->width);
            if (could_swap((size_t)j, last))
                order_join_clock(covered, n->clock, n->width);
        }
        if (alike(o, last) && (mine || before(n, covered)))
            return; /* what conflicts and is earlier comes before this one */
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

/* Has anything the thread could do at this node to do with what was done there? */
static bool disturbed(const struct node *n, int tid)
{
    for (int i = 0; i < n->count; i++)
        if (pool[n->first + i].tid == tid && options_conflict(&pool[n->first + i], taken(n)))
            return true;
    return false;
}

static uint64_t inherited_sleep(void)
{
    if (!node_count)
        return 0;
    const struct node *parent = &nodes[node_count - 1];
    uint64_t still = 0;
    for (uint64_t asleep = parent->sleep | parent->done; asleep; asleep &= asleep - 1) {
        int tid = __builtin_ctzll(asleep);
        bool here = parent->present >> tid & 1;
        if (here && tid != taken(parent)->tid && !disturbed(parent, tid))
            still |= BIT(tid);
    }
    return still;
}

static struct node *push_node(uint64_t sleep)
{
    ARRAY_GROW(nodes, node_count, node_cap);
    struct node *n = &nodes[node_count];
    memset(n, 0, offsetof(struct node, queue));
    n->first = (uint32_t)pool_count;
    n->sleep = sleep;
    n->bucket[0] = n->bucket[1] = BUCKET_NONE;
    n->below[0] = n->below[1] = -1;
    return n;
}

static void add_options(struct node *n, const struct trace_choice *choices, const uint8_t *costs, int many)
{
    for (int i = 0; i < many; i++) {
        const struct trace_choice *c = &choices[i];
        ARRAY_GROW(pool, pool_count, pool_cap);
        option_of(&pool[pool_count++], &engine.threads[c->tid], c->variant, costs[i], c->preempts);
        n->present |= BIT(c->tid);
    }
    n->count = (uint16_t)many;
}

/* Once woken, a wait is only a RELOCK: no race would tell that it might have given up. */
static bool never_races(const struct option *o)
{
    return o->variant == CHOICE_SPURIOUS || o->variant == CHOICE_INTERRUPTED || engine.threads[o->tid].op.kind == EVENT_TIMEOUT;
}

static bool new_node(const struct trace_choice *choices, const uint8_t *costs, int many)
{
    uint64_t sleep = inherited_sleep();
    int at = 0;
    while (at < many && (sleep >> choices[at].tid & 1))
        at++;
    if (at == many)
        return false;
    struct node *n = push_node(sleep);
    add_options(n, choices, costs, many);
    n->at = (uint16_t)at;
    enqueue(n, choices[at].tid);
    for (int i = 0; i < many; i++)
        if (never_races(&pool[n->first + i]))
            enqueue(n, choices[i].tid);
    node_count++;
    return true;
}

static void stop_run(void)
{
    engine.run.cut = true;
    run_end();
}

/* The step of nodes[i] is about to be executed for the first time. */
static void execute(size_t i)
{
    struct node *n = &nodes[i];
    const struct option *o = taken(n);
    int width = order_width();
    if (i >= ORDER_MAX) {
        dpor.overflow = true;
        stop_run();
    }
    n->width = (uint16_t)width;
    memcpy(n->clock, order_seen[o->tid], sizeof(order_clock) * (size_t)width);
    find_races(i, o, order_seen[o->tid], n->clock);
    hang(i);
    n->index = ++order_steps[o->tid];
    order_last[o->tid] = (int32_t)i;
    n->clock[o->tid] = (order_clock)n->index;
    memcpy(order_seen[o->tid], n->clock, sizeof(order_clock) * (size_t)width);
}

static void execute_again(size_t i)
{
    const struct node *n = &nodes[i];
    int tid = taken(n)->tid;
    order_last[tid] = (int32_t)i;
    order_steps[tid] = n->index;
    memcpy(order_seen[tid], n->clock, sizeof(order_clock) * n->width);
}

static bool as_announced(const struct option *o)
{
    const struct thread *t = &engine.threads[o->tid];
    return o->tid < engine.run.thread_count && !t->ended && (o->kind == EVENT_COND_WAKE || t->op.kind == o->kind);
}

static bool known(struct trace_choice *out, uint8_t *cost)
{
    if (depth >= node_count)
        return false;
    const struct option *o = taken(&nodes[depth]);
    if (!as_announced(o)) {
        dpor.diverged = true;
        stop_run();
    }
    *out = (struct trace_choice){o->tid, o->variant, o->preempts};
    *cost = o->cost;
    let_time_pass(out); /* before the step, or all later ones would seem to come after it */
    depth++;
    if (depth < node_count || !dpor.turned) {
        execute_again(depth - 1);
        return true;
    }
    dpor.turned = false;
    execute(depth - 1);
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
    execute(node_count - 1);
    return nodes[node_count - 1].at;
}

const struct chooser strategy_dpor = {"dpor", pick, known, true};

/* It will not get to its announced step: blocked for ever, or ended by somebody. It races all the same. */
static void races_of(const struct thread *t)
{
    struct option o;
    option_of(&o, t, CHOICE_PLAIN, 0, false);
    order_clock clock[MAX_THREADS];
    memcpy(clock, order_seen[t->tid], sizeof clock);
    find_races(node_count, &o, order_seen[t->tid], clock);
}

void order_ended(const struct thread *t)
{
    if (depth != node_count)
        return;
    races_of(t);
    look_at(me());
}

static void races_of_pending(void)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (engine.threads[i].alive && !engine.threads[i].ended)
            races_of(&engine.threads[i]);
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

static void turn_to(struct node *n, int tid) { n->at = (uint16_t)(option_for(n, tid) - &pool[n->first]); }

static bool next_thread(struct node *n)
{
    n->done |= BIT(taken(n)->tid);
    if (++n->turn >= n->queued)
        return false;
    turn_to(n, n->queue[n->turn]);
    return true;
}

/* On to the next thread that nobody has explored for us. */
static bool next_own(size_t i)
{
    while (next_thread(&nodes[i])) {
        const struct piece p = {(uint32_t)i, nodes[i].turn};
        enum shared_piece was = share_take(&p);
        if (was != SHARE_DONE) {
            dpor.turned = true;
            return true;
        }
    }
    return false;
}

bool dpor_next(void)
{
    if (!dpor.diverged)
        races_of_pending(); /* also where everybody sleeps: what is disabled there was possible before */
    depth = 0;
    while (node_count) {
        size_t i = node_count - 1;
        take_down(&nodes[i]);
        if (next_variant(&nodes[i])) {
            dpor.turned = true;
            return true;
        }
        if (i < fixed)
            return false;
        if (next_own(i))
            return true;
        pool_count = nodes[i].first;
        node_count--;
    }
    return false;
}

void dpor_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < node_count; i++)
        trace_schedule_push(out, taken(&nodes[i])->tid, taken(&nodes[i])->variant);
}

/* ---- pieces, see share.h: a thread that waits to be tried at a node ------------------------- */

static bool offer(struct piece *p)
{
    for (; p->node < node_count; *p = (struct piece){p->node + 1, 0}) {
        const struct node *n = &nodes[p->node];
        uint32_t next = p->turn > n->turn ? p->turn + 1 : n->turn + 1u;
        if (next < n->queued) {
            p->turn = next;
            return true;
        }
    }
    return false;
}

static void put_from(struct strbuf *out, size_t node, size_t options)
{
    share_put(out, nodes + node, node_count - node, sizeof *nodes);
    share_put(out, pool + options, pool_count - options, sizeof *pool);
}

static void get_from(struct cursor *c, size_t node, size_t options)
{
    nodes = share_append(nodes, node, &node_count, &node_cap, sizeof *nodes, c);
    pool = share_append(pool, options, &pool_count, &pool_cap, sizeof *pool, c);
}

static size_t end_of_options(uint32_t node) { return nodes[node].first + nodes[node].count; }

static void save(const struct piece *p, struct strbuf *out)
{
    size_t was = node_count, options = pool_count;
    node_count = p->node + 1;
    pool_count = end_of_options(p->node);
    put_from(out, 0, 0);
    node_count = was;
    pool_count = options;
}

static void load(const struct piece *p, const char *bytes, size_t size)
{
    struct cursor c = {bytes, bytes + size};
    get_from(&c, 0, 0);
    empty_buckets();
    for (size_t i = 0; i < p->node; i++)
        hang(i);
    struct node *n = &nodes[p->node];
    for (n->turn = 0; n->turn < p->turn; n->turn++)
        n->done |= BIT(n->queue[n->turn]);
    turn_to(n, n->queue[p->turn]);
    n->bucket[0] = n->bucket[1] = BUCKET_NONE;
    n->below[0] = n->below[1] = -1;
    fixed = p->node + 1;
    finding_count = depth = 0;
    dpor = (struct dpor_report){.turned = true};
}

static void save_rest(const struct piece *p, struct strbuf *out)
{
    share_put(out, &dpor, 1, sizeof dpor);
    share_put(out, findings, finding_count, sizeof *findings);
    put_from(out, p->node, end_of_options(p->node));
}

/* The piece's own node: where it stands is theirs, what is to be tried there is ours. */
static void take_place(struct node *ours, const struct node *theirs)
{
    ours->at = theirs->at;
    ours->index = theirs->index;
    ours->width = theirs->width;
    memcpy(ours->bucket, theirs->bucket, sizeof ours->bucket);
    memcpy(ours->below, theirs->below, sizeof ours->below);
    memcpy(ours->clock, theirs->clock, sizeof ours->clock);
}

static void hang_again(size_t i)
{
    for (int k = 0; k < 2; k++)
        if (nodes[i].bucket[k] != BUCKET_NONE)
            top[nodes[i].bucket[k]] = (int32_t)i;
}

static bool adopt(const struct piece *p, const char *bytes, size_t size)
{
    struct cursor c = {bytes, bytes + size};
    struct dpor_report found = {0};
    struct node own = nodes[p->node];
    share_get_one(&c, &found, sizeof found);
    findings = share_append(findings, 0, &finding_count, &finding_cap, sizeof *findings, &c);
    get_from(&c, p->node, end_of_options(p->node));
    dpor.blocked += found.blocked;
    for (size_t i = 0; i < finding_count; i++)
        if (findings[i].node < p->node)
            try_one_of(&nodes[findings[i].node], findings[i].can, findings[i].racing);
        else
            try_one_of(&own, findings[i].can, findings[i].racing);
    bool more = found.turned;
    take_place(&own, &nodes[p->node]);
    nodes[p->node] = own;
    for (size_t i = p->node; more && i < node_count; i++)
        hang_again(i);
    if (!more)
        node_count = p->node + 1;
    return more;
}

static const struct sharing sharing = {offer, save, load, save_rest, adopt};
static bool was_bounded(void) { return dpor.overflow; }
static bool has_diverged(void) { return dpor.diverged; }
const struct search_order order_dpor = {&strategy_dpor, dpor_begin, dpor_next, dpor_path, was_bounded, has_diverged, &sharing};
