/* near: the runs beside a given one, nearest first.
 *
 * A depth first search whose cost is the number of choices that differ: from the given path as long as the
 * run is on it, from going on by default after it has left it. The first run is the path itself; every next
 * one leaves the last at the deepest decision that has a choice left within the bound. So when a
 * run that leaves the path at decision d comes up, all others that share the first d + 1 decisions with
 * it have been made.
 */
#include "engine/explore/near.h"

#include <stdlib.h>

struct node {
    uint32_t first; /* in the pool of choices; the first one there is the choice that does not differ */
    uint16_t count, at, differs;
    bool on_path;
};

static struct node *nodes;
static size_t node_count, node_cap, depth;
static struct trace_step *pool;
static size_t pool_count, pool_cap;
static const struct trace_step *path;
static size_t path_count;
static int bound;
struct near_report near_run;

void near_begin(const struct trace_step *steps, size_t n, int differences)
{
    path = steps;
    path_count = n;
    bound = differences;
    node_count = pool_count = depth = 0;
    near_run = (struct near_report){0};
}

static int find(const struct trace_choice *choices, int n, struct trace_step s)
{
    for (int i = 0; i < n; i++)
        if (choices[i].tid == s.tid && choices[i].variant == s.variant)
            return i;
    return -1;
}

static int preferred(const struct node *node, const struct trace_choice *choices, const uint8_t *costs, int n)
{
    int best = 0;
    if (node->on_path && node_count < path_count)
        return find(choices, n, path[node_count]);
    for (int i = 1; i < n; i++)
        if (costs[i] < costs[best])
            best = i;
    return best;
}

static void add_option(struct node *node, const struct trace_choice *c)
{
    ARRAY_GROW(pool, pool_count, pool_cap);
    pool[pool_count++] = (struct trace_step){(uint8_t)c->tid, (uint8_t)c->variant};
    node->count++;
}

/* The new node's only certain choice is the preferred one; -1: the path cannot be followed. */
static int new_node(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    const struct node *parent = node_count ? &nodes[node_count - 1] : NULL;
    struct node node = {.first = (uint32_t)pool_count,
                        .on_path = !parent || (parent->on_path && parent->at == 0),
                        .differs = (uint16_t)(parent ? parent->differs + (parent->at > 0) : 0)};
    int best = preferred(&node, choices, costs, n);
    if (best < 0)
        return -1;
    add_option(&node, &choices[best]);
    for (int i = 0; i < n; i++)
        if (i != best && node.differs < bound)
            add_option(&node, &choices[i]);
        else if (i != best)
            near_run.bounded = true;
    ARRAY_GROW(nodes, node_count, node_cap);
    nodes[node_count++] = node;
    return best;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    int i;
    if (depth < node_count)
        i = find(choices, n, pool[nodes[depth].first + nodes[depth].at]);
    else
        i = new_node(choices, costs, n);
    depth++;
    near_run.diverged |= i < 0;
    return i;
}

const struct chooser strategy_near = {"near", pick, NULL};

bool near_next(void)
{
    depth = 0;
    while (node_count) {
        struct node *node = &nodes[node_count - 1];
        if (node->at + 1 < node->count) {
            node->at++;
            return true;
        }
        pool_count = node->first;
        node_count--;
    }
    return false;
}

size_t near_leaves(void)
{
    size_t i = 0;
    while (i < node_count && nodes[i].at == 0)
        i++;
    return i;
}

void near_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < node_count; i++) {
        struct trace_step s = pool[nodes[i].first + nodes[i].at];
        trace_schedule_push(out, s.tid, s.variant);
    }
}
