/* full: a run of explore's own style, made again with every step.
 *
 * Explore's schedules leave out steps whose order cannot matter; drives and replays show every step.
 * Running the path once more with a record gives the full list.
 */
#include "engine/explore/search.h"

void full_follow(const struct settings *set, const struct trace_schedule *path)
{
    engine.set = *set;
    engine.set.strategy = &strategy_follow;
    engine.set.record = true;
    follow_begin(path->steps, path->step_count, -1);
    run_once();
}

static bool is_step(const struct trace_event *ev) { return record_is_step(ev->kind) || ev->decision; }

static void push_ranges(struct trace_schedule *out)
{
    for (size_t i = 0; i < engine.range_count; i++) {
        ARRAY_GROW(out->ranges, out->range_count, out->range_cap);
        out->ranges[out->range_count++] = engine.ranges[i];
    }
}

void full_steps(struct trace_schedule *out)
{
    size_t n;
    const struct trace_event *ev = record_events(&n);
    for (size_t i = 0; i < n; i++)
        if (is_step(&ev[i]))
            trace_schedule_push(out, ev[i].tid, ev[i].variant);
    push_ranges(out);
    out->check = record_check();
}

int full_step_of(size_t decision)
{
    size_t n;
    const struct trace_event *ev = record_events(&n);
    int step = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_step(&ev[i]))
            continue;
        if (ev[i].choice == (int)decision + 1)
            return step;
        step++;
    }
    return -1;
}

const struct trace_event *full_event(size_t step)
{
    size_t n;
    const struct trace_event *ev = record_events(&n);
    for (size_t i = 0; i < n; i++)
        if (is_step(&ev[i]) && !step--)
            return &ev[i];
    return NULL;
}

static int spurious_steps(const struct trace_schedule *s)
{
    int n = 0;
    for (size_t i = 0; i < s->step_count; i++)
        n += s->steps[i].variant == CHOICE_SPURIOUS;
    return n;
}

bool full_passes(const struct settings *set, const struct trace_schedule *s)
{
    engine.set = *set;
    engine.set.style = STYLE_EVERY;
    engine.set.spurious = spurious_steps(s);
    engine.set.strategy = &strategy_follow;
    follow_begin(s->steps, s->step_count, -1);
    run_once();
    return !engine.run.failed && !engine.run.cut && !follow.diverged;
}
