/* explain: what the runs beside a failing one say about it.
 *
 * The point of no return is the first step after which every continuation fails: leaving the path
 * later and later choices first, the first run that passes has left it there, and all that share more of it
 * have been made and failed. The nearest passing schedule differs in the fewest choices. Both are told
 * only when they are certain: a run that was cut, or a budget that was spent, and nothing is said.
 */
#include "engine/explore/near.h"
#include "engine/explore/search.h"

#include <string.h>

#define WORK     100000  /* steps of all runs together, for each of the two questions */
#define ALL_WORK 1000000 /* the same for all tests of a request: where everything fails, the first say why */
#define MOST_DIFFERENCES 3

static uint64_t all_work;

void explain_begin(void) { all_work = 0; }

enum answer { ANSWER_UNKNOWN, ANSWER_NONE, ANSWER_FOUND };

/* The first run that passes, among those that differ in at most so many choices. */
static enum answer find_pass(const struct search *s, int differences)
{
    uint64_t work = 0;
    engine.set = s->path_settings;
    engine.set.strategy = &strategy_near;
    near_begin(s->path.steps, s->path.step_count, differences);
    do {
        run_once();
        if (engine.race_count && !engine.set.races_fatal)
            return ANSWER_UNKNOWN; /* on memory that is no decision: there are orders this search cannot make */
        if (!engine.run.failed)
            return engine.run.cut ? ANSWER_UNKNOWN : ANSWER_FOUND;
        work += 1 + run_work();
        all_work += 1 + run_work();
        if (near_run.diverged || work > WORK || all_work > ALL_WORK)
            return ANSWER_UNKNOWN;
    } while (near_next());
    return ANSWER_NONE;
}

static bool find_no_return(struct search *s, size_t *ret_decision)
{
    enum answer a = find_pass(s, NEAR_ANY);
    s->result.explained.always = a == ANSWER_NONE;
    *ret_decision = near_leaves();
    return a == ANSWER_FOUND;
}

static bool find_nearest(const struct search *s, struct trace_schedule *path, int *ret_differs)
{
    for (int n = 1; n <= MOST_DIFFERENCES; n++) {
        enum answer a = find_pass(s, n);
        *ret_differs = n;
        if (a == ANSWER_FOUND)
            near_path(path);
        if (a != ANSWER_NONE || !near_run.bounded)
            return a == ANSWER_FOUND;
    }
    return false;
}

static size_t common(const struct trace_schedule *a, const struct trace_schedule *b)
{
    size_t n = 0;
    while (n < a->step_count && n < b->step_count && a->steps[n].tid == b->steps[n].tid &&
           a->steps[n].variant == b->steps[n].variant)
        n++;
    return n;
}

static void tell_nearest(struct search *s, const struct trace_schedule *path)
{
    struct trace_explained *x = &s->result.explained;
    full_follow(&s->path_settings, path);
    if (engine.run.failed || engine.run.cut)
        return;
    x->passing.test = xstrdup(s->result.test);
    x->passing.hostile = s->path_settings.hostile;
    full_steps(&x->passing);
    if (!full_passes(&s->path_settings, &x->passing)) {
        trace_schedule_fini(&x->passing);
        return;
    }
    full_follow(&s->path_settings, path); /* its events again */
    x->parts = (int)common(&s->result.schedule, &x->passing);
    const struct trace_event *ev = full_event((size_t)x->parts);
    if (!ev)
        return;
    x->instead = *ev; /* what the engine's events own is printed text and the names of the C library's memory */
    x->instead.text = ev->text ? xstrdup(ev->text) : NULL;
    x->instead.object.name = ev->object.name ? xstrdup(ev->object.name) : NULL;
    x->instead.object2.name = ev->object2.name ? xstrdup(ev->object2.name) : NULL;
}

void explain_failure(struct search *s)
{
    struct trace_schedule path = {0};
    struct trace_explained *x = &s->result.explained;
    size_t decision;
    int no_return = -1;
    if (s->failure.has_race)
        return; /* whether two accesses race is no matter of luck */
    if (run_work() > WORK || all_work > ALL_WORK)
        return; /* the failing run alone, just made again, is more than there is time for; or other tests took it all */
    if (find_no_return(s, &decision)) {
        full_follow(&s->path_settings, &s->path);
        no_return = full_step_of(decision);
    }
    x->no_return = no_return + 1;
    if (!x->always && find_nearest(s, &path, &x->differs))
        tell_nearest(s, &path);
    trace_schedule_fini(&path);
}
