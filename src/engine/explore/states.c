/* states: every state once (engine H).
 *
 * Depth first search over the states of the program, told apart by their digest (machine/digest.h). A run repeats
 * the path to the last node with a choice left, takes it, and goes on until it ends or comes to a state that has
 * been seen. There are no snapshots: repeating forty steps takes some microseconds, less than copying
 * stacks and heap would.
 *
 * Sleep sets as in dpor.c, kept with every state: Godefroid, "Partial-order methods for the verification of
 * concurrent systems", LNCS 1032, 1996, chapter 5. A state seen before is left alone if all that slept then sleeps
 * now too; else what was asleep then and is awake now is explored, and the state keeps what slept both times. All
 * states are still visited, so every deadlock and every failed check of one is met; machine/digest.c says why
 * every race is. (No state
 * would be lost without looking again, for what sleeps was done from an earlier state whose search is over; the
 * argument about races rests on it.)
 *
 * With a bound on the cost nothing sleeps; a state is what was said and whose turn it is, and it is left alone if it was
 * reached as cheaply before.
 *
 * A state may come back on its own path: two threads that try, step back and try again can do so for ever. Then the
 * search begins anew and nothing sleeps: what sleeps was done from a state whose search is over, and on a circle none
 * is. At the end every state must be able to reach an end of the program (by the tree of first visits, and the
 * other edges kept for this); else nothing is claimed.
 *
 * The search says nothing (report.gave_up) where a state has a part the digest does not know, where one can reach no end
 * (with a bound on the cost: where one comes back), and where there are more than STATES_MAX states.
 */
#include "engine/explore/option.h"

#include <stdlib.h>
#include <string.h>

#define STATES_MAX 1500000 /* 32 bytes each in a table at most 3/4 full: 64 MB */
#define TABLE_LEAST 4096

struct node {
    uint32_t first;
    uint16_t count, at; /* options; the one taken */
    uint16_t cost;      /* of the path up to here */
    uint64_t todo, done, sleep; /* bits by thread */
    struct digest state;
    uint32_t number;
};

/* One state. sleep: threads whose step was never explored from here. */
struct state {
    struct digest key;
    uint64_t sleep : 48, used : 1, on_path : 1, cost : 14;
    uint32_t number; /* in order of the first visit */
};

static struct node *nodes;
static size_t node_count, node_cap, depth;
static struct option *pool;
static size_t pool_count, pool_cap;
static struct state *table;
static size_t table_size; /* a power of two */
static int bound;
static bool asleep_never;
static bool all_awake, again; /* nothing sleeps any more; from the start, so */
struct states_report states;

static const struct option *taken(const struct node *n) { return &pool[n->first + n->at]; }

/* ---- the table -------------------------------------------------------------------- */

static struct state *slot_of(const struct digest *key)
{
    size_t i = (size_t)key->a & (table_size - 1);
    while (table[i].used && (table[i].key.a != key->a || table[i].key.b != key->b))
        i = (i + 1) & (table_size - 1);
    return &table[i];
}

static void grow(void)
{
    struct state *old = table;
    size_t size = table_size;
    table_size = size ? size * 2 : TABLE_LEAST;
    table = xcalloc(table_size, sizeof *table);
    for (size_t i = 0; i < size; i++)
        if (old[i].used)
            *slot_of(&old[i].key) = old[i];
    free(old);
}

static struct state *add_state(const struct digest *key)
{
    if (states.count * 4 >= table_size * 3)
        grow();
    struct state *s = slot_of(key);
    *s = (struct state){.key = *key, .used = 1, .number = (uint32_t)states.count};
    states.count++;
    return s;
}

/* ---- which states can reach an end ------------------------------------------------- */

#define NOWHERE UINT32_MAX
static struct birth {
    uint32_t from; /* the state before, when it was first visited */
    bool ends;     /* can reach an end */
} *births;         /* by number */
static size_t birth_count, birth_cap;
static struct edge { uint32_t from, to; } *edges; /* to states not known to reach an end */
static size_t edge_count, edge_cap;
static bool cyclic;

static void ends_from(uint32_t number)
{
    for (; number != NOWHERE && !births[number].ends; number = births[number].from)
        births[number].ends = true;
}

static uint32_t here(void) { return node_count ? nodes[node_count - 1].number : NOWHERE; }

static void note_birth(void)
{
    ARRAY_GROW(births, birth_count, birth_cap);
    births[birth_count++] = (struct birth){here(), false};
}

static void note_edge(uint32_t to)
{
    if (births[to].ends) {
        ends_from(here());
        return;
    }
    ARRAY_GROW(edges, edge_count, edge_cap);
    edges[edge_count++] = (struct edge){here(), to};
}

static bool all_end(void)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < edge_count; i++)
            if (births[edges[i].to].ends && edges[i].from != NOWHERE && !births[edges[i].from].ends) {
                ends_from(edges[i].from);
                more = true;
            }
    }
    for (size_t i = 0; i < birth_count; i++)
        if (!births[i].ends)
            return false;
    return true;
}

static void start(void)
{
    node_count = pool_count = depth = birth_count = edge_count = 0;
    cyclic = false;
    free(table);
    table = NULL;
    table_size = 0;
    grow();
    states = (struct states_report){0};
}

static void begin(int cost_bound)
{
    bound = cost_bound;
    all_awake = asleep_never;
    again = false;
    start();
}

void states_reduce(bool on) { asleep_never = !on; }

/* ---- what sleeps --------------------------------------------------------------------- */

/* Odd events use up what a run may have of them, or move time. */
static bool odd(const struct option *o) { return o->variant == CHOICE_SPURIOUS || o->variant == CHOICE_EARLY || o->rationed; }

static bool dependent(const struct option *a, const struct option *b)
{
    return all_awake || odd(a) || odd(b) || options_conflict(a, b);
}

static const struct option *option_for(const struct node *n, int tid)
{
    for (int i = 0; i < n->count; i++)
        if (pool[n->first + i].tid == tid)
            return &pool[n->first + i];
    return NULL;
}

static uint64_t inherited_sleep(void)
{
    if (!node_count || bound < COST_UNBOUNDED)
        return 0;
    const struct node *parent = &nodes[node_count - 1];
    uint64_t asleep = parent->sleep | parent->done, still = 0;
    for (int tid = 0; asleep >> tid; tid++) {
        const struct option *o = asleep >> tid & 1 ? option_for(parent, tid) : NULL;
        if (o && o->tid != taken(parent)->tid && !dependent(o, taken(parent)))
            still |= BIT(tid);
    }
    return still;
}

/* ---- nodes ------------------------------------------------------------------------------ */

static int give_up(const char *why)
{
    states.gave_up = why;
    return -1;
}

static bool state_now(struct digest *out)
{
    if (!run_digest(out))
        return false;
    const struct run *run = &engine.run;
    if (bound < COST_UNBOUNDED) {
        const struct thread *last = run->last_tid >= 0 ? &engine.threads[run->last_tid] : NULL;
        digest_word(out, (uint64_t)(run->last_tid + 1) << 2 | (uint64_t)(last && last->yielded) << 1 | run->free_switch);
    }
    return true;
}

/* What is left to explore from this state, by thread; from now on it counts as explored. */
static uint64_t claim(struct state *s, bool fresh, uint64_t present, uint64_t *sleep, unsigned cost)
{
    uint64_t todo = present & ~*sleep;
    if (bound < COST_UNBOUNDED) {
        todo = fresh || cost < s->cost ? present : 0;
        s->cost = (todo ? cost : s->cost) & 0x3fff;
        return todo;
    }
    if (!fresh) {
        todo &= s->sleep;
        *sleep &= s->sleep;
    }
    s->sleep = *sleep & ((UINT64_C(1) << 48) - 1);
    return todo;
}

static void add_options(struct node *n, const struct trace_choice *choices, const uint8_t *costs, int count)
{
    for (int i = 0; i < count; i++) {
        if (n->cost + costs[i] > bound) {
            states.bounded = true;
            continue;
        }
        ARRAY_GROW(pool, pool_count, pool_cap);
        option_of(&pool[pool_count++], &engine.threads[choices[i].tid], choices[i].variant, costs[i], choices[i].preempts);
        n->count++;
    }
}

static uint64_t threads_of(const struct trace_choice *choices, int n)
{
    uint64_t present = 0;
    for (int i = 0; i < n; i++)
        present |= BIT(choices[i].tid);
    return present;
}

/* The next option of a thread that is still to be explored, from `at` on. */
static bool take_from(struct node *n, unsigned at)
{
    for (; at < n->count; at++)
        if (n->todo >> pool[n->first + at].tid & 1) {
            n->at = (uint16_t)at;
            return true;
        }
    return false;
}

/* A node for this state; false where there is nothing to explore from it. */
static bool new_node(const struct digest *key, struct state *s, bool fresh, const struct trace_choice *choices,
                     const uint8_t *costs, int n)
{
    const struct node *parent = node_count ? &nodes[node_count - 1] : NULL;
    unsigned cost = parent ? parent->cost + taken(parent)->cost : 0u;
    uint64_t sleep = inherited_sleep(), todo = claim(s, fresh, threads_of(choices, n), &sleep, cost);
    ARRAY_GROW(nodes, node_count, node_cap);
    struct node *node = &nodes[node_count];
    *node = (struct node){.first = (uint32_t)pool_count, .cost = (uint16_t)cost, .todo = todo, .sleep = sleep, .state = *key,
                          .number = s->number};
    if (!todo)
        return false;
    add_options(node, choices, costs, n);
    if (!take_from(node, 0))
        return false;
    s->on_path = 1;
    node_count++;
    return true;
}

#define FOR_EVER "the program can go on for ever"

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    struct digest key;
    if (!state_now(&key))
        return give_up("the program uses what states cannot be told apart by yet");
    struct state *s = slot_of(&key);
    bool fresh = !s->used;
    if (!fresh && s->on_path && bound < COST_UNBOUNDED)
        return give_up(FOR_EVER);
    if (!fresh && s->on_path && !all_awake) {
        again = true;
        return -1;
    }
    cyclic |= !fresh && s->on_path;
    if (fresh && states.count == STATES_MAX)
        return give_up("there are too many states");
    if (fresh) {
        s = add_state(&key);
        note_birth();
    } else {
        note_edge(s->number);
    }
    uint32_t number = s->number;
    if (!new_node(&key, s, fresh, choices, costs, n)) {
        births[number].ends |= fresh;
        states.pruned++;
        return -1;
    }
    depth = node_count;
    const struct option *o = taken(&nodes[node_count - 1]);
    for (int i = 0; i < n; i++)
        if (choices[i].tid == o->tid && choices[i].variant == o->variant)
            return i;
    return -1;
}

static bool known(struct trace_choice *out, uint8_t *cost)
{
    if (depth >= node_count)
        return false;
    const struct option *o = taken(&nodes[depth++]);
    const struct thread *t = &engine.threads[o->tid];
    if (o->tid >= engine.run.thread_count || t->ended || (o->kind != EVENT_COND_WAKE && t->op.kind != o->kind)) {
        states.diverged = true;
        engine.run.cut = true;
        run_end();
    }
    *out = (struct trace_choice){o->tid, o->variant, o->preempts};
    *cost = o->cost;
    return true;
}

static const struct chooser strategy_states = {"states", pick, known};

/* The thread's next variant; else the next thread, and this one is done. */
static bool turn(struct node *n)
{
    int tid = taken(n)->tid;
    for (unsigned i = n->at + 1u; i < n->count; i++)
        if (pool[n->first + i].tid == tid) {
            n->at = (uint16_t)i;
            return true;
        }
    n->done |= BIT(tid);
    n->todo &= ~BIT(tid);
    return take_from(n, 0);
}

static bool next(void)
{
    depth = 0;
    if (again) {
        again = false;
        all_awake = true;
        start();
        return true;
    }
    if (!engine.run.cut)
        ends_from(here());
    while (node_count && !states.gave_up) {
        struct node *n = &nodes[node_count - 1];
        if (turn(n)) {
            return true;
        }
        slot_of(&n->state)->on_path = 0;
        pool_count = n->first;
        node_count--;
    }
    if (cyclic && !states.gave_up && !all_end())
        states.gave_up = FOR_EVER;
    return false;
}

static void path(struct trace_schedule *out)
{
    for (size_t i = 0; i < node_count; i++)
        trace_schedule_push(out, taken(&nodes[i])->tid, taken(&nodes[i])->variant);
}

static bool was_bounded(void) { return states.bounded || states.gave_up; }
static bool has_diverged(void) { return states.diverged; }
const struct search_order order_states = {&strategy_states, begin, next, path, was_bounded, has_diverged, NULL};
