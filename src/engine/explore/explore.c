/* explore: judging a test.
 *
 * Simplest first. All schedules of cost 0, then 1, then 2 (a preemption, an early wakeup and a
 * spurious wakeup cost 1 each), so the first failure is one with the fewest; then every
 * schedule. Each level runs in up to three worlds: the ideal clock; the hostile clock, if the
 * program uses time; spurious wakeups, if it waits on a condition variable.
 *
 * Only synchronisation is a decision at first, and plain accesses are compared by
 * happens-before: a program without a race in any of these runs has no other behaviour
 * (Musuvathi et al., OSDI 2008, section 3). When there is a race, the racing bytes become
 * decisions too, to show what it leads to.
 */
#include "engine/explore/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_RUNS 500000
#define LEVELS 2           /* highest bounded level */
#define LEAST_LEVEL 1      /* ... and what must be finished to say anything at all */
#define RACE_RUNS 60000    /* to look for what a race leads to */
#define WORK_LIMIT 24000000 /* steps, and plain accesses / 64, of all runs together */
#define RANDOM_RUNS 2000   /* where not every schedule could be made */
#define SOFT_RUNS 20000    /* to look for something worse than a leak */

#define BOUND_RANDOM (-1) /* no level: random schedules */

enum outcome { LEVEL_DONE, LEVEL_FAILED, LEVEL_STOPPED, LEVEL_RESTART };

struct world {
    bool hostile;
    int spurious;
};

struct search {
    const struct trace_request *req;
    struct trace_result result;
    struct timespec start, told;
    uint64_t budget, attempts; /* attempts: runs given up included */
    uint64_t work, work_limit; /* see WORK_LIMIT */
    uint64_t random;           /* random schedules made */
    int failed_cost;
    uint64_t first_world;      /* runs in the world without oddities, by STRATEGY_DPOR */
    bool time_seen, cond_seen, unlock_points;
    bool out_of_time, out_of_runs, cut, diverged, bounded;
    /* the failure that was found, and how to get there again */
    struct trace_failure failure;
    struct trace_schedule path;    /* decisions of explore's own style */
    struct settings path_settings;
    bool soft;
    struct ranges racing;          /* bytes some race was found on */
    struct trace_race *races;      /* lab_answer_races */
    size_t race_count, race_cap;
    char *answer;
    int level;
    const struct search_order *order; /* of the level that is going on */
    bool observed;                    /* equivalent schedules may differ: no reduction */
};

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
    talk_send(&m);
}

/* ---- what a run leaves behind ------------------------------------------------------- */

static void keep_failure(struct search *s)
{
    trace_failure_fini(&s->failure);
    failure_copy(&s->failure, &run_failure);
    trace_schedule_fini(&s->path);
    s->order->path(&s->path);
    s->path.hostile = engine.set.hostile;
    s->path_settings = engine.set;
    s->soft = engine.run.soft;
    s->failed_cost = engine.run.cost;
    s->result.preemptions = engine.run.preemptions;
    s->result.switches = engine.run.switches;
}

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
        .a = {.tid = n->first.tid, .write = n->first.write, .at = {.pc = n->first.pc}},
        .b = {.tid = n->second.tid, .write = n->second.write, .at = {.pc = n->second.pc}}};
}

static void note_run(struct search *s)
{
    struct run *run = &engine.run;
    s->result.runs++;
    s->time_seen |= run->used_time;
    s->cond_seen |= run->used_cond;
    s->observed |= run->observed;
    for (int i = 0; i < engine.race_count; i++)
        keep_race(s, &engine.races[i]);
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

static void note_order(struct search *s)
{
    s->bounded |= s->order->bounded();
    s->diverged |= s->order->diverged();
}

/* The proof needs only one schedule of each class, unless the program can tell them apart. */
static void choose_order(struct search *s, int bound)
{
    if (bound == BOUND_RANDOM) {
        s->order = &order_pct;
        engine.set.strategy = s->order->chooser;
        return;
    }
    bool reduce = bound >= COST_UNBOUNDED && s->req->strategy != STRATEGY_DFS && !s->observed;
    s->order = reduce ? &order_dpor : &order_dfs;
    engine.set.strategy = s->order->chooser;
}

/* The run just made: LEVEL_DONE means that there is nothing to stop for. */
static enum outcome judge_run(struct search *s)
{
    struct run *run = &engine.run;
    if (run->used_trylock && !s->unlock_points)
        return LEVEL_RESTART;
    if (run->cut && !run->failed) {
        s->cut |= run->steps >= STEP_LIMIT;
        return LEVEL_DONE;
    }
    note_run(s);
    if (!run->failed || (run->soft && s->soft))
        return LEVEL_DONE;
    keep_failure(s);
    return run->soft ? LEVEL_DONE : LEVEL_FAILED;
}

static bool over_budget(struct search *s, int bound, uint64_t limit)
{
    s->work += (uint64_t)engine.run.steps + engine.run.accesses / 64;
    if ((++s->attempts & 63) != 0 && engine.run.steps <= 1000)
        return false;
    tell(s, bound);
    return spent(s, s->soft && limit > SOFT_RUNS ? SOFT_RUNS : limit);
}

static enum outcome run_level(struct search *s, const struct world *w, int bound, uint64_t limit)
{
    enum outcome o;
    engine.set.hostile = w->hostile;
    engine.set.spurious = w->spurious;
    engine.set.unlock_points = s->unlock_points;
    choose_order(s, bound);
    s->order->begin(bound == BOUND_RANDOM ? RANDOM_RUNS : bound);
    do {
        run_once();
        o = judge_run(s);
        if (o == LEVEL_DONE && over_budget(s, bound, limit))
            o = LEVEL_STOPPED;
        if (s->observed && s->order == &order_dpor)
            return run_level(s, w, bound, limit); /* once more, without reduction */
    } while (o == LEVEL_DONE && !s->order->diverged() && s->order->next());
    note_order(s);
    return o == LEVEL_DONE && (s->order->diverged() || spent(s, limit)) ? LEVEL_STOPPED : o;
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
        enum outcome o = run_level(s, &w[i], bound, limit);
        if (o != LEVEL_DONE)
            return o;
        if (i == 0)
            s->first_world = s->result.runs;
    }
    return LEVEL_DONE;
}

static int top_level(const struct search *s)
{
    return s->req->preemptions >= 0 ? s->req->preemptions : LEVELS;
}

/* One level, and what it says: s->level is the last that was finished. */
static enum outcome run_bound(struct search *s, int bound, uint64_t limit)
{
    s->bounded = false;
    enum outcome o = run_worlds(s, bound, limit);
    if (o == LEVEL_DONE && bound < COST_UNBOUNDED)
        s->level = bound;
    return o;
}

/* The proof gets half of the budget; what it cannot finish is left to the next level. */
static enum outcome run_proof(struct search *s, uint64_t limit)
{
    uint64_t runs = s->result.runs, attempts = s->attempts, work = s->work, all = s->work_limit;
    s->work_limit = all == UINT64_MAX ? all : work + (all - work) / 2;
    enum outcome o = run_bound(s, COST_UNBOUNDED, runs + (limit > runs ? limit - runs : 0) / 2 + 1);
    s->work_limit = all;
    if (o == LEVEL_STOPPED && !s->out_of_time && !s->diverged) {
        s->out_of_runs = false;
        s->attempts = attempts;
    }
    return o;
}

/* Level 0, level 1, the proof; where that is out of reach, the further levels. */
static enum outcome run_levels(struct search *s, uint64_t limit, bool proof)
{
    bool levels = s->req->strategy == STRATEGY_AUTO || !proof;
    bool prove = proof && s->req->preemptions < 0, tried = false;
    enum outcome o = LEVEL_DONE;
    s->level = -1;
    for (int bound = 0; levels && bound <= top_level(s); bound++) {
        if (prove && bound == 2 && !s->soft) {
            o = run_proof(s, limit);
            if (o != LEVEL_STOPPED || s->out_of_time || s->diverged)
                return o;
            tried = true;
        }
        o = run_bound(s, bound, limit);
        if (o != LEVEL_DONE)
            return o;
        if (!s->bounded && bound > 0)
            return LEVEL_DONE; /* the bound left nothing out: this was everything */
    }
    if (tried)
        return LEVEL_STOPPED;
    return prove && !s->soft ? run_bound(s, COST_UNBOUNDED, limit) : LEVEL_DONE;
}

static enum outcome try_random(struct search *s);
static void find_simpler(struct search *s, uint64_t limit);

static enum outcome search_all(struct search *s, uint64_t limit, bool proof)
{
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

/* Too large for all schedules: some random ones, in the oddest world there is. */
static enum outcome try_random(struct search *s)
{
    struct world w[3];
    int n = worlds(s, w);
    uint64_t before = s->result.runs;
    s->work = 0;
    s->work_limit = WORK_LIMIT / 4;
    s->out_of_runs = false;
    enum outcome o = run_level(s, &w[n - 1], BOUND_RANDOM, s->result.runs + RANDOM_RUNS);
    s->random = s->result.runs - before;
    s->out_of_runs = true;
    return o == LEVEL_FAILED ? o : LEVEL_STOPPED;
}

/* The proof or chance found a failure: is there one with fewer preemptions? */
static void find_simpler(struct search *s, uint64_t limit)
{
    int cost = s->failed_cost;
    s->work = 0;
    for (int bound = s->level + 1; bound < cost; bound++)
        if (run_worlds(s, bound, limit) != LEVEL_DONE)
            return;
}

/* ---- a failure, told so that it can be made again ------------------------------------------ */

static void push_visible(struct trace_schedule *out)
{
    size_t n;
    const struct trace_event *ev = record_events(&n);
    for (size_t i = 0; i < n; i++)
        if (event_visible(ev[i].kind) || ev[i].decision)
            trace_schedule_push(out, ev[i].tid, ev[i].variant);
}

static void push_ranges(struct trace_schedule *out)
{
    for (size_t i = 0; i < engine.range_count; i++) {
        ARRAY_GROW(out->ranges, out->range_count, out->range_cap);
        out->ranges[out->range_count++] = engine.ranges[i];
    }
}

/* Explore's schedules leave out steps whose order cannot matter; drives and replays show every
 * step. Running the path once more with a record gives the full list. */
static void full_schedule(struct search *s, struct trace_schedule *out)
{
    engine.set = s->path_settings;
    engine.set.strategy = &strategy_follow;
    engine.set.record = true;
    follow_begin(s->path.steps, s->path.step_count, -1);
    run_once();
    out->test = xstrdup(s->result.test);
    out->hostile = s->path.hostile;
    push_ranges(out);
    push_visible(out);
    out->check = record_check();
    s->result.switches = count_switches(out);
    if (engine.run.failed && run_failure.reason == s->failure.reason) {
        trace_failure_fini(&s->failure); /* now with the locks held */
        failure_copy(&s->failure, &run_failure);
    }
}

static void take_failure(struct search *s)
{
    struct trace_result *r = &s->result;
    trace_schedule_fini(&r->schedule);
    full_schedule(s, &r->schedule);
    trace_failure_fini(&r->failure);
    failure_copy(&r->failure, &s->failure);
    r->verdict = reason_verdict(s->failure.reason);
}

static void forget_failure(struct search *s)
{
    trace_failure_fini(&s->failure);
    trace_schedule_fini(&s->path);
    s->soft = false;
}

/* A race was found. Make its bytes decisions and look for what follows from it. */
static void find_consequence(struct search *s)
{
    struct trace_result *r = &s->result;
    uint64_t limit = r->runs + RACE_RUNS;
    s->work = 0;
    s->work_limit = WORK_LIMIT / 4;
    s->out_of_runs = false;
    int preemptions = r->preemptions, switches = r->switches;
    forget_failure(s);
    engine.set.races_fatal = false;
    engine.set.record = false;
    engine.set.strategy = &strategy_dfs;
    engine.set.style = STYLE_EXPLORE;
    for (int round = 0; round < 4; round++) { /* promoting may bring further races to light */
        size_t before = s->racing.n;
        access_promote(s->racing.at, s->racing.n);
        s->soft = false;
        enum outcome o = search_all(s, limit, false);
        if (o == LEVEL_FAILED && s->failure.reason != REASON_DATA_RACE) {
            trace_schedule_fini(&r->schedule);
            full_schedule(s, &r->schedule);
            failure_copy(&r->consequence, &s->failure);
            return;
        }
        if (s->racing.n == before || o == LEVEL_STOPPED)
            break;
    }
    r->preemptions = preemptions;
    r->switches = switches;
}

/* ---- verdicts --------------------------------------------------------------------------------- */

static const char *oddities(const struct search *s)
{
    if (s->time_seen && s->cond_seen)
        return " or other odd events (early time-outs, spurious wakeups)";
    return s->time_seen ? " or early time-outs" : s->cond_seen ? " or spurious wakeups" : "";
}

static char *bound_words(const struct search *s)
{
    if (s->diverged)
        return xstrdup("the program does not do the same thing twice on the same schedule");
    if (s->out_of_time)
        return xasprintf("stopped after %g seconds", s->req->seconds);
    char *level = s->level < 0 ? xstrdup("")
                  : s->level == 0 ? xasprintf("every interleaving without preemptions%s", oddities(s))
                               : xasprintf("every interleaving with at most %d preemption%s%s", s->level,
                                           s->level == 1 ? "" : "s", oddities(s));
    if (s->random) {
        char *more = xasprintf("%s%s%llu random ones", level, *level ? ", and " : "too large: ", (unsigned long long)s->random);
        free(level);
        return more;
    }
    char *all = s->out_of_runs ? xasprintf("%s%sstopped after %llu runs", level, *level ? "; " : "",
                                           (unsigned long long)s->result.runs)
                : s->cut       ? xasprintf("%s%sruns longer than %d steps were cut", level, *level ? "; " : "", STEP_LIMIT)
                               : xstrdup(level);
    free(level);
    return all;
}

static void conclude_pass(struct search *s, enum outcome o)
{
    struct trace_result *r = &s->result;
    bool all = o == LEVEL_DONE && !s->bounded && !s->cut && !s->diverged;
    struct trace_failure missing;
    r->complete = all && (s->req->clock < 0 || !s->time_seen) && (s->req->spurious != 0 || !s->cond_seen);
    r->verdict = all || (s->level >= (s->req->preemptions >= 0 ? s->req->preemptions : LEAST_LEVEL) && !s->out_of_time && !s->diverged)
                     ? VERDICT_PASS
                     : VERDICT_UNJUDGED;
    if (r->verdict == VERDICT_PASS && possible_missing(&missing)) {
        r->failure = missing;
        r->verdict = all ? reason_verdict(missing.reason) : VERDICT_UNJUDGED;
        r->complete = all;
    }
    if (all && !r->complete)
        r->bound = xstrdup(s->req->clock == 0   ? "with the ideal clock only"
                           : s->req->clock == 1 ? "with the hostile clock only"
                                                : "without spurious wakeups");
    if (!r->complete && !r->bound)
        r->bound = bound_words(s);
}

static void conclude(struct search *s, enum outcome o)
{
    struct trace_result *r = &s->result;
    r->preemptions = o == LEVEL_FAILED || s->soft ? r->preemptions : -1;
    if (o == LEVEL_FAILED || s->soft) {
        take_failure(s);
        if (r->failure.reason == REASON_DATA_RACE)
            find_consequence(s);
    } else {
        conclude_pass(s, o);
        if (s->req->strategy == STRATEGY_DPOR && r->verdict == VERDICT_PASS)
            r->runs = s->first_world; /* what other explorers count as traces */
    }
    if (s->answer) {
        r->answer = s->answer;
        r->races = s->races;
        r->race_count = s->race_count;
        s->races = NULL;
        s->answer = NULL;
    }
}

/* --races=ignore: plain accesses that race are decisions from the start. */
static void promote_racing(struct search *s)
{
    engine.set.races_fatal = false;
    for (int round = 0; round < 8; round++) {
        size_t before = s->racing.n;
        (void)search_all(s, s->result.runs + 5000, false);
        bool failed = s->failure.reason != REASON_NONE;
        forget_failure(s);
        s->out_of_runs = false;
        access_promote(s->racing.at, s->racing.n);
        if (s->racing.n == before && !failed)
            break;
    }
    s->result.runs = 0;
}

static void send_outcomes(struct search *s);

static void explore_test(const struct trace_request *req, const char *test)
{
    struct search s = {.req = req, .budget = req->runs ? req->runs : DEFAULT_RUNS};
    s.work_limit = req->runs ? UINT64_MAX : WORK_LIMIT;
    clock_gettime(CLOCK_MONOTONIC, &s.start);
    s.told = s.start;
    s.result.test = xstrdup(test);
    settings_default(req);
    access_promote(NULL, 0);
    possible_reset();
    if (req->all_visible) {
        collect_shared();
        access_promote(engine.shared.at, engine.shared.n);
        engine.set.plain = PLAIN_OFF;
    } else if (req->races == RACES_IGNORE) {
        promote_racing(&s);
    }
    conclude(&s, search_all(&s, s.budget, true));
    s.result.seconds = since(&s.start);
    if (req->count)
        send_outcomes(&s);
    forget_failure(&s);
    free(s.racing.at);
    free(s.races);
    free(s.answer);
    struct trace_msg m = {.kind = MSG_TEST, .result = s.result};
    talk_send(&m);
}

/* ---- --count: on past failures ------------------------------------------------------------------ */

static const struct search_order *counting;

static void count_witness(struct trace_schedule *out) { counting->path(out); }

/* ... and with the steps explore leaves out, so that a replay can follow it. */
static void finish_witness(struct trace_schedule *w)
{
    struct settings was = engine.set;
    engine.set.strategy = &strategy_follow;
    engine.set.record = true;
    follow_begin(w->steps, w->step_count, -1);
    run_once();
    engine.set = was;
    w->step_count = 0;
    push_visible(w);
    push_ranges(w);
    w->check = record_check();
}

static void count_was_cut(struct search *s, uint64_t n)
{
    s->result.complete = false;
    free(s->result.bound);
    s->result.bound = xasprintf("the count stopped after %llu interleavings", (unsigned long long)n);
}

static void send_outcomes(struct search *s)
{
    settings_default(s->req);
    engine.set.races_fatal = false;
    engine.set.unlock_points = s->unlock_points;
    engine.set.output_points = true;
    engine.set.plain = PLAIN_OFF;
    access_promote(s->racing.at, s->racing.n);
    engine.set.hostile = s->req->clock == 1;
    engine.set.spurious = s->req->spurious > 0 ? s->req->spurious : 0;
    counting = s->req->strategy == STRATEGY_DFS ? &order_dfs : &order_dpor;
    engine.set.strategy = counting->chooser;
    outcomes_begin(s->req->watches, s->req->watch_count, true);
    counting->begin(COST_UNBOUNDED);
    uint64_t n = 0;
    bool more;
    do {
        run_once();
        if (!engine.run.cut)
            outcomes_add(dfs_share(), count_witness, engine.run.choices, engine.run.switches);
        more = counting->next();
    } while (more && ++n < s->budget);
    if (more)
        count_was_cut(s, n);
    struct trace_schedule frame = {.test = xstrdup(s->result.test)};
    outcomes_send(&frame, finish_witness);
    trace_schedule_fini(&frame);
}

void answer_explore(const struct trace_request *req)
{
    size_t n;
    struct trace_test_info *tests = plugin_tests(&n);
    struct err e;
    for (size_t i = 0; i < n; i++) {
        bool wanted = req->test_count == 0;
        for (size_t k = 0; k < req->test_count; k++)
            wanted |= strcmp(req->tests[k], tests[i].name) == 0;
        if (wanted && plugin_select(tests[i].name, &e))
            explore_test(req, tests[i].name);
    }
    struct trace_msg owner = {.kind = MSG_HELLO, .tests = tests, .test_count = n};
    trace_msg_fini(&owner);
}
