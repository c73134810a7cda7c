/* search: see search.h.
 *
 * Simplest first. All schedules of cost 0, then 1 (a preemption, an early wakeup and a spurious wakeup
 * cost 1 each), so the first failure is one with the fewest; then the proof, by one schedule a class and by
 * every state once, in turns;
 * where that is too large, all schedules of cost 2, and random ones (half of them SURW, half PCT).
 * Each in up to three worlds: the ideal clock; the hostile clock, if the program uses time; spurious wakeups, if it waits on a
 * condition variable.
 */
#include "engine/explore/share.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS 2           /* highest bounded level */
#define LEVEL_PART 12      /* of the budget, for a level before the proof was tried ... */
#define PROOF_PART 2       /* ... and for the proof */
#define RANDOM_RUNS 2000   /* of each kind, where not every schedule could be made */
#define RANDOM_ASKED 10000 /* where they were asked for, and not how many */
#define SOFT_RUNS 20000    /* to look for something worse than a leak */
#define BOUND_RANDOM (-1) /* no level: random schedules */

/* ---- time and telling ----------------------------------------------------------- */

static double since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static char *level_words(int bound)
{
    if (bound == BOUND_RANDOM)
        return xstrdup("random interleavings");
    if (bound >= COST_UNBOUNDED)
        return xstrdup("every interleaving");
    return bound ? xasprintf("up to %d preemption%s", bound, bound == 1 ? "" : "s") : xstrdup("no preemption");
}

static void tell(struct search *s, int bound)
{
    if (since(&s->told) < 0.1)
        return;
    clock_gettime(CLOCK_MONOTONIC, &s->told);
    double seconds = since(&s->start);
    struct trace_msg m = {.kind = MSG_PROGRESS};
    m.progress.test = xstrdup(s->result.test);
    m.progress.phase = level_words(bound);
    m.progress.runs = s->result.runs;
    m.progress.rate = seconds > 0 ? (double)s->result.runs / seconds : 0;
    m.progress.finished = s->soft ? 0 : s->level + 1; /* with something soft found, more is looked for */
    talk_send(&m);
}

/* ---- what a run leaves behind ------------------------------------------------------- */

void search_keep_path(struct search *s, void (*path)(struct trace_schedule *))
{
    trace_failure_fini(&s->failure);
    failure_copy(&s->failure, &run_failure);
    trace_schedule_fini(&s->path);
    path(&s->path);
    s->path.hostile = engine.set.hostile;
    s->path_settings = engine.set;
    s->path_settings.digests = false;
    s->soft = engine.run.soft;
    s->failed_cost = engine.run.cost;
    s->unusual = engine.run.unusual;
    s->turns = engine.run.turns;
    s->ops = engine.run.ops;
    s->simplest = false;
    s->result.preemptions = engine.run.preemptions;
    s->result.switches = engine.run.switches;
}

void search_keep_failure(struct search *s) { search_keep_path(s, s->order->path); }

static bool same_lines(const struct trace_race *r, const struct race_note *n)
{
    uint64_t a = r->a.at.pc, b = r->b.at.pc;
    return (a == n->first.pc && b == n->second.pc) || (b == n->first.pc && a == n->second.pc);
}

static void keep_race(struct search *s, const struct race_note *n)
{
    ranges_add(&s->racing, n->addr, n->size);
    for (size_t i = 0; i < s->race_count; i++)
        if (same_lines(&s->races[i], n))
            return;
    ARRAY_GROW(s->races, s->race_count, s->race_cap);
    s->races[s->race_count++] = (struct trace_race){
        .object = ref_of(n->addr, n->size),
        .a = {.tid = n->first.tid, .write = n->first.how & ACCESS_WRITES, .at = {.pc = n->first.pc}},
        .b = {.tid = n->second.tid, .write = n->second.how & ACCESS_WRITES, .at = {.pc = n->second.pc}}};
}

/* Also what a run shows that is given up later. */
static void note_part(struct search *s)
{
    s->time_seen |= engine.run.used_time;
    s->cond_seen |= engine.run.used_cond;
    s->observed |= engine.run.observed;
    s->early_capped |= engine.run.early_capped;
    for (int i = 0; i < engine.race_count; i++)
        keep_race(s, &engine.races[i]);
}

static void note_run(struct search *s)
{
    struct run *run = &engine.run;
    s->result.runs++;
    if (engine.answer && !s->answer)
        s->answer = xstrdup(engine.answer);
    if (engine.set.hostile || run->failed)
        return;
    if (!s->result.worst_ns && !s->result.best_ns)
        s->result.best_ns = run->now;
    if (run->now < s->result.best_ns)
        s->result.best_ns = run->now;
    if (run->now > s->result.worst_ns)
        s->result.worst_ns = run->now;
}

static bool spent(struct search *s, uint64_t limit)
{
    if (s->req->seconds > 0 && since(&s->start) > s->req->seconds)
        s->out_of_time = true;
    if (s->result.runs >= limit || s->attempts >= 4 * limit || s->work >= s->work_limit)
        s->out_of_runs = true;
    return s->out_of_time || s->out_of_runs;
}

static void use_order(struct search *s, const struct search_order *order)
{
    s->order = order;
    engine.set.strategy = order->chooser;
    engine.set.digests = order == &order_states;
    engine.set.unlock_points = s->unlock_points || engine.set.digests; /* see machine/digest.c */
}

static void begin_order(struct search *s, const struct world *w, const struct search_order *order, int bound)
{
    engine.set.hostile = w->hostile;
    engine.set.spurious = w->spurious;
    use_order(s, order);
    states_reduce(!s->observed);
    order->begin(bound);
}

/* The run just made: LEVEL_DONE means that there is nothing to stop for. */
static enum outcome judge_run(struct search *s)
{
    struct run *run = &engine.run;
    if (run->enough)
        s->enough = run->enough;
    if (run->used_trylock && !engine.set.unlock_points)
        return LEVEL_RESTART;
    note_part(s);
    if (run->cut && !run->failed) {
        s->lasso |= run->lasso;
        if (run->steps >= STEP_LIMIT) {
            s->cut = true;
            s->work += 4 * STEP_LIMIT; /* a few of these say as much as many */
        }
        return LEVEL_DONE;
    }
    note_run(s);
    if (!run->failed || (run->soft && s->soft))
        return LEVEL_DONE;
    search_keep_failure(s);
    return run->soft ? LEVEL_DONE : LEVEL_FAILED;
}

uint64_t search_run_limit(const struct search *s, uint64_t limit) { return s->soft && limit > SOFT_RUNS ? SOFT_RUNS : limit; }

static bool over_budget(struct search *s, int bound, uint64_t limit)
{
    s->work += run_work();
    limit = search_run_limit(s, limit);
    if ((++s->attempts & 63) != 0 && engine.run.steps <= 1000 && s->result.runs < limit)
        return false;
    tell(s, bound);
    return spent(s, limit);
}

/* Runs until the order has no more, or there is something to stop for, or so much work is done. */
static enum outcome run_slice(struct search *s, int bound, uint64_t limit, uint64_t work, bool *ended)
{
    enum outcome o;
    share_bounds(s, limit, work);
    do {
        run_once();
        o = judge_run(s);
        if (o == LEVEL_DONE && over_budget(s, bound, limit))
            o = LEVEL_STOPPED;
        share_some();
        *ended = o != LEVEL_DONE || s->order->diverged() || !s->order->next();
    } while (!*ended && s->work < work);
    s->diverged |= s->order->diverged();
    return s->diverged && o == LEVEL_DONE ? LEVEL_STOPPED : o;
}

static enum outcome run_level(struct search *s, const struct world *w, int bound, uint64_t limit)
{
    bool ended, dice = bound == BOUND_RANDOM;
    begin_order(s, w, dice ? s->dice : s->by_states ? &order_states : &order_dfs, dice ? INT_MAX : bound);
    s->lasso = false;
    enum outcome o = run_slice(s, bound, limit, UINT64_MAX, &ended);
    share_stop();
    s->lassos |= s->lasso && !dice;
    s->bounded |= s->order->bounded();
    if (o == LEVEL_FAILED)
        simplify_level(s);
    return o == LEVEL_DONE && spent(s, limit) ? LEVEL_STOPPED : o;
}

/* ---- the proof: two engines take turns; the one that ends first has proved it --------------- */

#define SLICE 60000 /* of work */
#define SIDES 2

/* The proof needs only one schedule of each class, unless the program can tell them apart. */
static int sides_of(const struct search *s, const struct search_order **sides)
{
    sides[0] = s->observed || s->req->strategy == STRATEGY_DFS ? &order_dfs : &order_dpor;
    sides[1] = &order_states;
    if (s->req->strategy == STRATEGY_STATES)
        sides[0] = &order_states;
    return s->req->strategy == STRATEGY_AUTO ? SIDES : 1;
}

/* One turn of a side. False when the whole is decided: it has made all it had, or *o says what. */
static bool take_turn(struct search *s, uint64_t limit, bool *out, enum outcome *o)
{
    bool ended, observed = s->observed;
    *o = run_slice(s, COST_UNBOUNDED, limit, s->work + SLICE, &ended);
    *out = ended && (s->order->bounded() || (s->lasso && s->order != &order_states));
    return *o == LEVEL_DONE && s->observed == observed && (*out || !ended);
}

static enum outcome take_turns(struct search *s, const struct world *w, uint64_t limit)
{
    const struct search_order *sides[SIDES];
    int n = sides_of(s, sides), left = n;
    bool begun[SIDES] = {false}, out[SIDES] = {false}, more = true;
    enum outcome o = LEVEL_DONE;
    s->lasso = false;
    for (int i = 0; left && more; i = (i + 1) % n) {
        if (out[i])
            continue;
        if (!begun[i])
            begin_order(s, w, sides[i], COST_UNBOUNDED);
        begun[i] = true;
        use_order(s, sides[i]);
        more = take_turn(s, limit, &out[i], &o);
        left -= out[i];
    }
    share_stop();
    s->bounded |= !left;
    for (int i = 0; i < n; i++)
        if (sides[i] == &order_dpor && begun[i]) {
            s->result.blocked += dpor.blocked;
        } else if (sides[i] == &order_states && begun[i]) {
            s->result.states += states.count;
            s->gave_up = states.gave_up;
        }
    return o;
}

static enum outcome run_unbounded(struct search *s, const struct world *w, uint64_t limit)
{
    bool observed = s->observed;
    uint64_t met = s->result.states;
    enum outcome o = take_turns(s, w, limit);
    if (s->observed != observed && o != LEVEL_FAILED && o != LEVEL_RESTART) {
        s->result.states = met;
        o = take_turns(s, w, limit); /* once more, without reduction */
    }
    return o == LEVEL_DONE && spent(s, limit) ? LEVEL_STOPPED : o;
}

/* ---- levels and worlds ------------------------------------------------------------------ */

static int worlds(const struct search *s, struct world *out)
{
    int n = 0, spurious = s->req->spurious < 0 ? 1 : s->req->spurious;
    bool hostile = s->time_seen && s->req->clock != 0;
    if (s->req->clock != 1)
        out[n++] = (struct world){false, 0};
    if (hostile || s->req->clock == 1)
        out[n++] = (struct world){true, 0};
    if (s->cond_seen && spurious)
        out[n++] = (struct world){hostile || s->req->clock == 1, spurious};
    return n;
}

/* The worlds become known while running, so each is asked for again after the one before. */
static enum outcome run_worlds(struct search *s, int bound, uint64_t limit)
{
    struct world w[3];
    for (int i = 0; i < worlds(s, w); i++) {
        if (bound == 0 && i > 0)
            break; /* nothing odd can happen for free */
        enum outcome o = bound < COST_UNBOUNDED ? run_level(s, &w[i], bound, limit) : run_unbounded(s, &w[i], limit);
        if (o != LEVEL_DONE)
            return o;
        if (i == 0)
            s->first_world = s->result.runs;
    }
    return LEVEL_DONE;
}

static int top_level(const struct search *s)
{
    return s->req->preemptions >= 0 ? s->req->preemptions : s->enough ? s->enough : LEVELS;
}

static bool proves(const struct search *s, bool proof) { return proof && s->req->preemptions < 0 && !s->enough; }

/* One level, and what it says: s->level is the last that was finished. */
static enum outcome run_bound(struct search *s, int bound, uint64_t limit)
{
    s->bounded = false;
    enum outcome o = run_worlds(s, bound, limit);
    if (o == LEVEL_DONE && bound < COST_UNBOUNDED) {
        s->level = bound;
        s->bounded |= s->lassos;
    }
    return o;
}

static bool goes_on(const struct search *s, enum outcome o)
{
    return o == LEVEL_STOPPED && !s->out_of_time && !s->diverged;
}

/* One level with a part of the budget; where that is not enough, the next thing can be tried. */
static enum outcome run_part(struct search *s, int bound, uint64_t limit, unsigned part)
{
    uint64_t runs = s->result.runs, attempts = s->attempts, work = s->work, all = s->work_limit;
    s->work_limit = all == UINT64_MAX ? all : work + (all - work) / part;
    enum outcome o = run_bound(s, bound, runs + (limit > runs ? limit - runs : 0) / part + 1);
    s->work_limit = all;
    if (goes_on(s, o)) {
        s->out_of_runs = false;
        s->attempts = attempts;
    }
    return o;
}

/* A level that is too large for its part waits until the proof was tried, which may be much smaller; what both
 * took is given back. s->level tells which of the two was finished. */
static enum outcome level_or_proof(struct search *s, int bound, uint64_t *limit, bool *tried)
{
    uint64_t runs = s->result.runs, work = s->work;
    enum outcome o = run_part(s, bound, *limit, LEVEL_PART);
    if (!goes_on(s, o))
        return o;
    *tried = !s->soft && !s->enough;
    if (*tried)
        o = run_part(s, COST_UNBOUNDED, *limit, PROOF_PART);
    *limit += s->result.runs - runs;
    s->work = work;
    return goes_on(s, o) ? run_bound(s, bound, *limit) : o;
}

/* Level 0, level 1, the proof; where that is out of reach, the further levels. */
static enum outcome run_levels(struct search *s, uint64_t limit, bool proof)
{
    bool tried = false;
    enum outcome o = LEVEL_DONE;
    s->level = -1;
    if (proof && s->req->strategy != STRATEGY_AUTO)
        return run_bound(s, s->req->preemptions < 0 ? COST_UNBOUNDED : s->req->preemptions, limit);
    for (int bound = 0; bound <= top_level(s); bound++) {
        if (proves(s, proof) && !tried && bound == 2 && !s->soft) {
            o = run_part(s, COST_UNBOUNDED, limit, PROOF_PART);
            if (!goes_on(s, o))
                return o;
            tried = true;
        }
        bool early = proves(s, proof) && !tried && !s->soft && !s->req->runs;
        o = early ? level_or_proof(s, bound, &limit, &tried) : run_bound(s, bound, limit);
        if (o != LEVEL_DONE || s->level != bound)
            return o;
        if (!s->bounded && bound > 0)
            return LEVEL_DONE; /* the bound left nothing out: this was everything */
    }
    if (tried)
        return LEVEL_STOPPED;
    return proves(s, proof) && !s->soft ? run_bound(s, COST_UNBOUNDED, limit) : LEVEL_DONE;
}

static enum outcome try_random(struct search *s);
static enum outcome only_random(struct search *s, uint64_t limit);
static void find_simpler(struct search *s, uint64_t limit);

static const struct search_order *dice_of(enum strategy how)
{
    return how == STRATEGY_RANDOM ? &order_walk
           : how == STRATEGY_PCT  ? &order_pct
           : how == STRATEGY_SURW ? &order_surw
                                  : NULL;
}

enum outcome search_all(struct search *s, uint64_t limit, bool proof)
{
    random_seed(s->req->seed);
    if (proof && dice_of(s->req->strategy))
        return only_random(s, s->req->runs ? limit : RANDOM_ASKED);
    enum outcome o = run_levels(s, limit, proof);
    if (o == LEVEL_RESTART) {
        s->unlock_points = true;
        o = run_levels(s, limit, proof);
    }
    bool too_large = o == LEVEL_STOPPED && proof && !s->out_of_time && !s->diverged && !s->soft;
    if (too_large && s->req->strategy == STRATEGY_AUTO && !s->req->runs)
        o = try_random(s);
    if (o == LEVEL_FAILED && proof && s->failed_cost > s->level + 1)
        find_simpler(s, s->result.runs + limit / 4);
    return o;
}

/* Random schedules up to `limit` runs in all. */
static enum outcome roll(struct search *s, const struct search_order *dice, const struct world *w, uint64_t limit)
{
    uint64_t before = s->result.runs;
    s->out_of_runs = false;
    s->dice = dice;
    enum outcome o = run_level(s, w, BOUND_RANDOM, limit);
    s->random += s->result.runs - before;
    s->out_of_runs = true;
    return o;
}

/* Too large for all schedules: some random ones, in the oddest world there is. */
static enum outcome try_random(struct search *s)
{
    static const struct search_order *const both[] = {&order_surw, &order_pct};
    struct world w[3];
    int n = worlds(s, w);
    enum outcome o = LEVEL_STOPPED;
    for (int i = 0; i < 2 && o == LEVEL_STOPPED && !s->out_of_time; i++) {
        s->work = 0;
        s->work_limit = WORK_LIMIT / 8;
        o = roll(s, both[i], &w[n - 1], s->result.runs + RANDOM_RUNS);
    }
    return o == LEVEL_FAILED ? o : LEVEL_STOPPED;
}

static enum outcome roll_anew(struct search *s, const struct search_order *dice, const struct world *w, uint64_t limit)
{
    enum outcome o = roll(s, dice, w, limit);
    if (o != LEVEL_RESTART)
        return o;
    s->unlock_points = true;
    return roll(s, dice, w, limit);
}

/* Random schedules and nothing else: half in the plainest world, half in the oddest. */
static enum outcome only_random(struct search *s, uint64_t limit)
{
    struct world w[3];
    const struct search_order *dice = dice_of(s->req->strategy);
    s->level = -1;
    worlds(s, w);
    enum outcome o = roll_anew(s, dice, &w[0], (limit + 1) / 2);
    if (o != LEVEL_STOPPED || s->out_of_time || s->diverged)
        return o;
    return roll_anew(s, dice, &w[worlds(s, w) - 1], limit);
}

/* One level, every state once: no failed check and no deadlock of it is missed, some race might be. */
static enum outcome run_states(struct search *s, int bound, uint64_t limit)
{
    s->by_states = true;
    enum outcome o = run_worlds(s, bound, limit);
    s->by_states = false;
    return states.gave_up ? LEVEL_STOPPED : o;
}

/* The proof or chance found a failure: is there one with fewer preemptions? */
static void find_simpler(struct search *s, uint64_t limit)
{
    int cost = s->failed_cost;
    bool race = s->failure.has_race;
    s->work = 0;
    for (int bound = s->level + 1; bound < cost; bound++) {
        enum outcome o = race ? LEVEL_STOPPED : run_states(s, bound, limit);
        if (o == LEVEL_STOPPED)
            o = run_worlds(s, bound, limit);
        if (o != LEVEL_DONE)
            return;
    }
}

void search_forget(struct search *s)
{
    trace_failure_fini(&s->failure);
    trace_schedule_fini(&s->path);
    s->soft = false;
}

double search_seconds(const struct search *s) { return since(&s->start); }
