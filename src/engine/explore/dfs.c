/* dfs: every schedule whose cost is at most a bound, one run each, by depth first search.
 *
 * The path is a stack of nodes; a node is a decision with the choices there were. The next run
 * repeats the path up to its last node with a choice left, takes that one, and beyond it
 * always the first choice within the bound. The first choice is always to go on, so schedules
 * come out with the fewest switches first within a bound.
 */
#include "engine/explore/share.h"

#include <stdlib.h>

struct node {
    uint32_t first;     /* in the pool of choices */
    uint16_t count, at; /* how many, which one is taken */
    uint16_t cost;      /* of the path up to here */
    double share;       /* probability of getting here by uniform choice */
};
struct option {
    uint8_t tid, variant, cost, preempts;
    uint8_t kind; /* announced operation of the thread, to notice divergence */
};

static struct node *nodes;
static size_t node_count, node_cap;
static struct option *pool;
static size_t pool_count, pool_cap;
static size_t depth; /* in the run that is going on */
static int bound;
static size_t fixed; /* of a piece of another process: nodes whose choice is not ours */
struct dfs_report dfs;

void dfs_begin(int cost_bound)
{
    bound = cost_bound;
    node_count = pool_count = depth = fixed = 0;
    dfs = (struct dfs_report){0};
}

static void new_node(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    struct node *parent = node_count ? &nodes[node_count - 1] : NULL;
    unsigned cost = parent ? parent->cost + pool[parent->first + parent->at].cost : 0;
    double share = parent ? parent->share / parent->count : 1;
    ARRAY_GROW(nodes, node_count, node_cap);
    struct node *node = &nodes[node_count++];
    *node = (struct node){.first = (uint32_t)pool_count, .cost = (uint16_t)cost, .share = share};
    for (int i = 0; i < n; i++) {
        if ((int)cost + costs[i] > bound) {
            dfs.bounded = true;
            continue;
        }
        ARRAY_GROW(pool, pool_count, pool_cap);
        pool[pool_count++] = (struct option){(uint8_t)choices[i].tid, (uint8_t)choices[i].variant, costs[i],
                                             choices[i].preempts, (uint8_t)engine.threads[choices[i].tid].op.kind};
        node->count++;
    }
}

static bool known(struct trace_choice *out, uint8_t *cost)
{
    if (depth >= node_count)
        return false;
    struct node *node = &nodes[depth++];
    const struct option *o = &pool[node->first + node->at];
    *out = (struct trace_choice){o->tid, o->variant, o->preempts};
    *cost = o->cost;
    const struct thread *t = &engine.threads[o->tid];
    if (o->tid >= engine.run.thread_count || t->ended || t->op.kind != o->kind) {
        dfs.diverged = true;
        engine.run.cut = true;
        run_end();
    }
    return true;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    new_node(choices, costs, n);
    struct node *node = &nodes[node_count - 1];
    depth = node_count;
    if (!node->count)
        return -1; /* nothing within the bound: another level's business */
    const struct option *o = &pool[node->first];
    for (int i = 0; i < n; i++)
        if (choices[i].tid == o->tid && choices[i].variant == o->variant)
            return i;
    return -1;
}

const struct chooser strategy_dfs = {"dfs", pick, known};

bool dfs_next(void)
{
    depth = 0;
    while (node_count > fixed) {
        struct node *node = &nodes[node_count - 1];
        if (node->at + 1 < node->count) {
            node->at++;
            const struct piece p = {(uint32_t)node_count - 1, node->at};
            if (share_take(&p) != SHARE_DONE)
                return true;
            continue;
        }
        pool_count = node->first;
        node_count--;
    }
    return false;
}

double dfs_share(void)
{
    if (!node_count)
        return 1;
    const struct node *last = &nodes[node_count - 1];
    return last->count ? last->share / last->count : last->share;
}

void dfs_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < node_count; i++) {
        const struct option *o = &pool[nodes[i].first + nodes[i].at];
        trace_schedule_push(out, o->tid, o->variant);
    }
}

/* ---- pieces, see share.h ------------------------------------------------------------- */

static bool offer(struct piece *p)
{
    for (; p->node < node_count; *p = (struct piece){p->node + 1, 0}) {
        const struct node *n = &nodes[p->node];
        uint32_t next = p->turn > n->at ? p->turn + 1 : n->at + 1u;
        if (next < n->count) {
            p->turn = next;
            return true;
        }
    }
    return false;
}

static void put_from(struct strbuf *out, size_t node, size_t options)
{
    share_put(out, nodes + node, node_count > node ? node_count - node : 0, sizeof *nodes);
    share_put(out, pool + options, pool_count > options ? pool_count - options : 0, sizeof *pool);
}

static void get_from(struct cursor *c, size_t node, size_t options)
{
    nodes = share_append(nodes, node, &node_count, &node_cap, sizeof *nodes, c);
    pool = share_append(pool, options, &pool_count, &pool_cap, sizeof *pool, c);
}

static void save(const struct piece *p, struct strbuf *out)
{
    size_t was = node_count, options = pool_count;
    const struct node *n = &nodes[p->node];
    node_count = p->node + 1;
    pool_count = n->first + n->count;
    put_from(out, 0, 0);
    node_count = was;
    pool_count = options;
}

static void load(const struct piece *p, const char *bytes, size_t size)
{
    struct cursor c = {bytes, bytes + size};
    get_from(&c, 0, 0);
    nodes[p->node].at = (uint16_t)p->turn;
    fixed = p->node + 1;
    depth = 0;
    dfs.bounded = false;
}

static void save_rest(const struct piece *p, struct strbuf *out)
{
    share_put(out, &dfs, 1, sizeof dfs);
    put_from(out, p->node + 1, nodes[p->node].first + nodes[p->node].count);
}

static bool adopt(const struct piece *p, const char *bytes, size_t size)
{
    struct cursor c = {bytes, bytes + size};
    struct dfs_report found = {0};
    share_get_one(&c, &found, sizeof found);
    dfs.bounded |= found.bounded;
    get_from(&c, p->node + 1, nodes[p->node].first + nodes[p->node].count);
    return node_count > p->node + 1;
}

static const struct sharing sharing = {offer, save, load, save_rest, adopt};
static bool was_bounded(void) { return dfs.bounded; }
static bool has_diverged(void) { return dfs.diverged; }
const struct search_order order_dfs = {&strategy_dfs, dfs_begin, dfs_next, dfs_path, was_bounded, has_diverged, &sharing};
