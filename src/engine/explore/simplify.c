/* simplify: of the schedules that fail in one way, the one to show: least cost, then fewest signals that
 * wake another waiter than the first, then fewest switches, then fewest steps.
 *
 * A bounded search has found the first failure of its level; going on through the rest of the level finds
 * the best one there is. Where that is too much, and for what the proof or chance found, single changes
 * are tried as long as one helps: two turns of a thread put together, a turn or the whole tail left to
 * the default, an odd event left out (after Choi and Zeller, ISSTA 2002, and the normal forms of dejafu). A change
 * counts only when a run has shown that the same failure follows. The work is bounded, and the
 * same on every machine.
 */
#include "engine/explore/loose.h"
#include "engine/explore/search.h"

#include <stdlib.h>
#include <string.h>

#define LEVEL_WORK 400000 /* steps of all runs together, to look through the rest of a level */
#define CHANGE_WORK 400000 /* ... to try single changes */
#define CHANGE_RUNS 2000

static bool same_text(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

static bool same_object(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->kind == b->kind && a->offset == b->offset && a->tid == b->tid && a->process == b->process &&
           a->block == b->block;
}

static bool same_failure(const struct search *s)
{
    const struct trace_failure *was = &s->failure, *now = &run_failure;
    return engine.run.failed && engine.run.soft == s->soft && now->reason == was->reason &&
           same_text(now->detail, was->detail) && (!was->has_race || same_object(&now->object, &was->object));
}

static bool simpler(const struct search *s)
{
    const struct run *run = &engine.run;
    if (run->cost != s->failed_cost)
        return run->cost < s->failed_cost;
    if (run->unusual != s->unusual)
        return run->unusual < s->unusual;
    return run->turns != s->turns ? run->turns < s->turns : run->ops < s->ops;
}

void simplify_level(struct search *s)
{
    uint64_t work = 0;
    s->simplest = false;
    while (s->order == &order_dfs && work < LEVEL_WORK) {
        if (!s->order->next()) {
            s->simplest = true;
            return;
        }
        run_once();
        if (s->order->diverged())
            return;
        work += 1 + run_work();
        if (same_failure(s) && simpler(s))
            search_keep_failure(s);
    }
}

/* ---- single changes ------------------------------------------------------------- */

struct change {
    struct search *s;
    struct trace_step *try; /* the changed schedule */
    size_t n;
    uint64_t work;
    int runs;
};

static bool spent(const struct change *c) { return c->work >= CHANGE_WORK || c->runs >= CHANGE_RUNS; }

static bool helps(struct change *c)
{
    struct search *s = c->s;
    engine.set = s->path_settings;
    engine.set.strategy = &strategy_loose;
    loose_begin(c->try, c->n);
    run_once();
    c->runs++;
    c->work += 1 + run_work();
    if (!same_failure(s) || !simpler(s))
        return false;
    engine.set.strategy = s->path_settings.strategy;
    search_keep_path(s, loose_path);
    return true;
}

static void put(struct change *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        c->try[c->n++] = c->s->path.steps[i];
}

static size_t turn_end(const struct trace_schedule *p, size_t at)
{
    size_t end = at;
    while (end < p->step_count && p->steps[end].tid == p->steps[at].tid)
        end++;
    return end;
}

/* The turn that begins at `at` and the thread's next one, [next, next_end), without what is between. */
static bool try_together(struct change *c, size_t at, size_t end, size_t next, size_t next_end)
{
    size_t all = c->s->path.step_count;
    c->n = 0;
    put(c, 0, end), put(c, next, next_end), put(c, end, next), put(c, next_end, all);
    if (helps(c))
        return true;
    c->n = 0;
    put(c, 0, at), put(c, end, next), put(c, at, end), put(c, next, all);
    return helps(c);
}

static bool try_turn(struct change *c, size_t at)
{
    const struct trace_schedule *p = &c->s->path;
    size_t end = turn_end(p, at), next = end;
    while (next < p->step_count && p->steps[next].tid != p->steps[at].tid)
        next++;
    if (next < p->step_count && try_together(c, at, end, next, turn_end(p, next)))
        return true;
    c->n = 0;
    put(c, 0, at), put(c, end, p->step_count);
    if (helps(c))
        return true;
    c->n = 0;
    put(c, 0, end); /* the rest by default */
    return end < p->step_count && helps(c);
}

static bool try_without(struct change *c, size_t at)
{
    int v = c->s->path.steps[at].variant;
    if (v != CHOICE_SPURIOUS && v != CHOICE_EARLY)
        return false;
    c->n = 0;
    put(c, 0, at), put(c, at + 1, c->s->path.step_count);
    return helps(c);
}

static bool try_all(struct change *c)
{
    for (size_t at = 0; at < c->s->path.step_count && !spent(c); at = turn_end(&c->s->path, at))
        if (try_turn(c, at))
            return true;
    for (size_t at = 0; at < c->s->path.step_count && !spent(c); at++)
        if (try_without(c, at))
            return true;
    return false;
}

void simplify_path(struct search *s)
{
    if (s->simplest)
        return;
    struct change c = {.s = s, .try = xcalloc(s->path.step_count + 1, sizeof *c.try)};
    size_t room = s->path.step_count;
    while (!spent(&c) && try_all(&c))
        if (s->path.step_count > room) {
            room = s->path.step_count;
            c.try = xrealloc(c.try, (room + 1) * sizeof *c.try);
        }
    free(c.try);
}
