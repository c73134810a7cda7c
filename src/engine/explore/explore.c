/* explore: judging a test: what was found, what it leads to, what it rests on.
 *
 * Only synchronisation is a decision at first, and plain accesses are compared by
 * happens-before: a program without a race in any of these runs has no other behaviour
 * (Musuvathi et al., OSDI 2008, section 3). When there is a race, the racing bytes become
 * decisions too, to show what it leads to.
 */
#include "engine/explore/search.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_RUNS 500000
#define LEAST_LEVEL 1      /* ... and what must be finished to say anything at all */
#define RACE_RUNS 60000    /* to look for what a race leads to */

/* ---- a failure, told so that it can be made again ------------------------------------------ */

static void full_schedule(struct search *s, struct trace_schedule *out)
{
    simplify_path(s);
    full_follow(&s->path_settings, &s->path);
    out->test = xstrdup(s->result.test);
    out->hostile = s->path.hostile;
    full_steps(out);
    s->result.switches = count_switches(out);
    if (engine.run.failed && run_failure.reason == s->failure.reason) {
        trace_failure_fini(&s->failure); /* now with the locks held */
        failure_copy(&s->failure, &run_failure);
    }
    explain_failure(s);
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

static void take_consequence(struct search *s)
{
    struct trace_result *r = &s->result;
    trace_schedule_fini(&r->schedule);
    trace_schedule_fini(&r->explained.passing);
    trace_event_fini(&r->explained.instead);
    r->explained = (struct trace_explained){0};
    full_schedule(s, &r->schedule);
    trace_failure_fini(&r->consequence);
    failure_copy(&r->consequence, &s->failure);
}

static enum outcome search_with_racing(struct search *s, uint64_t limit)
{
    search_forget(s);
    engine.set.races_fatal = false;
    engine.set.record = false;
    engine.set.strategy = &strategy_dfs;
    engine.set.style = STYLE_EXPLORE;
    access_promote(s->racing.at, s->racing.n);
    return search_all(s, limit, false);
}

/* A race was found. Make its bytes decisions and look for what follows from it. Promoting may bring
 * further races to light: with their bytes too, what is said beside the failure becomes certain. */
static void find_consequence(struct search *s)
{
    struct trace_result *r = &s->result;
    uint64_t limit = r->runs + RACE_RUNS;
    s->work = 0;
    s->work_limit = WORK_LIMIT / 4;
    s->out_of_runs = false;
    int preemptions = r->preemptions, switches = r->switches;
    for (int round = 0; round < 4; round++) {
        size_t before = s->racing.n;
        enum outcome o = search_with_racing(s, limit);
        enum reason then = r->consequence.reason;
        bool found = o == LEVEL_FAILED && s->failure.reason != REASON_DATA_RACE;
        if (found && (then == REASON_NONE || then == s->failure.reason)) {
            take_consequence(s);
            preemptions = r->preemptions;
            switches = r->switches;
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
    if (s->req->strategy >= STRATEGY_RANDOM) {
        free(level);
        return xasprintf("%llu random interleavings", (unsigned long long)s->random);
    }
    if (s->random) {
        char *more = xasprintf("%s%s%llu random ones", level, *level ? ", and " : "too large: ", (unsigned long long)s->random);
        free(level);
        return more;
    }
    if (s->gave_up && s->req->strategy == STRATEGY_STATES) {
        free(level);
        return xasprintf("stopped after %llu states: %s", (unsigned long long)s->result.states, s->gave_up);
    }
    char *all = s->out_of_runs ? xasprintf("%s%sstopped after %llu runs", level, *level ? "; " : "",
                                           (unsigned long long)s->result.runs)
                : s->lassos    ? xasprintf("%s%sthreads can keep going round in loops, and no end was proved", level, *level ? "; " : "")
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
    r->complete = all && !s->early_capped && (s->req->clock < 0 || !s->time_seen) && (s->req->spurious != 0 || !s->cond_seen);
    r->verdict = all || (s->level >= (s->req->preemptions >= 0 ? s->req->preemptions : LEAST_LEVEL) && !s->out_of_time && !s->diverged && !s->cut && !s->lassos)
                     ? VERDICT_PASS
                     : VERDICT_UNJUDGED;
    if (r->verdict == VERDICT_PASS && possible_missing(&missing)) {
        r->failure = missing;
        r->verdict = all ? reason_verdict(missing.reason) : VERDICT_UNJUDGED;
        r->complete = all && !s->early_capped;
    }
    if (all && !r->complete)
        r->bound = s->early_capped ? xasprintf("every interleaving in which at most %d sleeps or time-outs of a thread end early", EARLY_LIMIT)
                 : xstrdup(s->req->clock == 0   ? "with the ideal clock only"
                           : s->req->clock == 1 ? "with the hostile clock only"
                                                : "without spurious wakeups");
    if (!r->complete && !r->bound)
        r->bound = bound_words(s);
}

/* A scenario that has to fail. One failing interleaving is all there is to prove; that there is none has to be proved. */
static void conclude_inverted(struct search *s, enum outcome o)
{
    struct trace_result *r = &s->result;
    r->preemptions = -1;
    if (o == LEVEL_FAILED || s->soft) {
        r->verdict = VERDICT_PASS;
        r->complete = true;
        r->caught = reason_verdict(s->failure.reason);
        return;
    }
    conclude_pass(s, o);
    if (r->verdict != VERDICT_PASS && r->verdict != VERDICT_UNJUDGED) { /* nobody came by where somebody must */
        r->caught = r->verdict;
        r->verdict = VERDICT_PASS;
        r->complete = true;
        trace_failure_fini(&r->failure);
    }
    if (r->verdict != VERDICT_PASS || r->caught != VERDICT_PASS)
        return;
    r->failure = (struct trace_failure){.reason = REASON_UNREACHED, .tid = TRACE_NO_THREAD, .other = TRACE_NO_THREAD};
    failure_say(&r->failure, engine.scenario->survived);
    r->verdict = o == LEVEL_DONE && !s->bounded ? reason_verdict(REASON_UNREACHED) : VERDICT_UNJUDGED;
}

static void conclude(struct search *s, enum outcome o)
{
    struct trace_result *r = &s->result;
    if (engine.scenario && engine.scenario->survived) {
        conclude_inverted(s, o);
        return;
    }
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
        search_forget(s);
        s->out_of_runs = false;
        access_promote(s->racing.at, s->racing.n);
        if (s->racing.n == before && !failed)
            break;
    }
    s->result.runs = 0;
}

/* False: nothing is new. */
static bool add_handled(struct search *s)
{
    size_t before = s->racing.n;
    for (size_t i = 0; i < engine.handled.n; i++)
        ranges_push(&s->racing, &engine.handled.at[i]);
    return s->racing.n != before;
}

/* A handler may run between any two accesses. Those to what it shares with the code it stops are decisions as soon as they
 * are known to be such; then nothing else can tell where in between it ran. */
static enum outcome search_with_handlers(struct search *s)
{
    enum outcome o = search_all(s, s->budget, true);
    for (int round = 0; round < 8 && o != LEVEL_FAILED && !s->soft && !s->out_of_time && add_handled(s); round++) {
        search_forget(s);
        s->out_of_runs = false;
        s->work = 0;
        access_promote(s->racing.at, s->racing.n);
        o = search_all(s, s->result.runs + s->budget, true);
    }
    return o;
}

static void send_outcomes(struct search *s);

static void explore_test(const struct trace_request *req, const char *test)
{
    struct search s = {.req = req, .budget = req->runs ? req->runs : DEFAULT_RUNS};
    s.work_limit = req->runs ? UINT64_MAX : WORK_LIMIT;
    clock_gettime(CLOCK_MONOTONIC, &s.start);
    s.told = s.start;
    s.result.test = xstrdup(test);
    s.result.workers = 1;
    settings_default(req);
    access_promote(NULL, 0);
    possible_reset();
    engine.handled.n = 0;
    if (req->all_visible) {
        collect_shared();
        access_promote(engine.shared.at, engine.shared.n);
        engine.set.plain = PLAIN_OFF;
    } else if (req->races == RACES_IGNORE) {
        promote_racing(&s);
    }
    conclude(&s, search_with_handlers(&s));
    s.result.seconds = search_seconds(&s);
    if (req->count)
        send_outcomes(&s);
    search_forget(&s);
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
    engine.set.digests = false;
    engine.set.record = true;
    follow_begin(w->steps, w->step_count, -1);
    run_once();
    engine.set = was;
    w->step_count = 0;
    full_steps(w);
}

static void count_was_cut(struct search *s, uint64_t n)
{
    s->result.complete = false;
    free(s->result.bound);
    s->result.bound = xasprintf("the count stopped after %llu interleavings", (unsigned long long)n);
}

static void count_settings(struct search *s)
{
    settings_default(s->req);
    counting = s->req->strategy == STRATEGY_STATES ? &order_states
               : s->req->strategy == STRATEGY_DFS || s->observed ? &order_dfs
                                                                 : &order_dpor;
    engine.set.strategy = counting->chooser;
    engine.set.races_fatal = false;
    engine.set.digests = counting == &order_states;
    engine.set.unlock_points = s->unlock_points || engine.set.digests;
    engine.set.output_points = true;
    engine.set.plain = PLAIN_OFF;
    engine.set.hostile = s->req->clock == 1;
    engine.set.spurious = s->req->spurious > 0 ? s->req->spurious : 0;
    states_reduce(!s->observed);
}

/* Learns what the search may have failed too early to see; true when that changes what must be counted. */
static bool learnt(struct search *s)
{
    const struct run *run = &engine.run;
    bool more = (run->observed && !s->observed) || (run->used_trylock && !engine.set.unlock_points);
    s->observed |= run->observed;
    s->unlock_points |= run->used_trylock;
    return more;
}

static bool time_is_up(const struct search *s) { return s->req->seconds > 0 && search_seconds(s) > s->req->seconds; }

/* False: to be done once more. */
static bool count_all(struct search *s)
{
    uint64_t n = 0;
    bool more;
    count_settings(s);
    outcomes_begin(s->req->watches, s->req->watch_count, true);
    counting->begin(COST_UNBOUNDED);
    do {
        run_once();
        if (learnt(s))
            return false;
        if (!engine.run.cut)
            outcomes_add(dfs_share(), count_witness, engine.run.choices, engine.run.switches);
        more = counting->next();
    } while (more && ++n < s->budget && ((n & 63) || !time_is_up(s)));
    if (more || counting->bounded())
        count_was_cut(s, n);
    return true;
}

static void send_outcomes(struct search *s)
{
    access_promote(s->racing.at, s->racing.n);
    while (!count_all(s))
        ;
    struct trace_schedule frame = {.test = xstrdup(s->result.test)};
    outcomes_send(&frame, finish_witness);
    trace_schedule_fini(&frame);
}

void answer_explore(const struct trace_request *req)
{
    size_t n;
    struct trace_test_info *tests = plugin_tests(&n);
    struct err e;
    explain_begin();
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
