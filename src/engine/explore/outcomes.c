/* outcomes: how runs end. Two runs end alike when they fail for the same reason (or not at all), the
 * watched variables hold the same bytes, and, where asked, the output is the same. */
#include "engine/explore/explore.h"

#include <stdlib.h>
#include <string.h>

struct outcome {
    uint64_t key;
    struct trace_outcome o;
};
static struct outcome *list;
static size_t count, cap;
static const struct trace_watch *watches;
static size_t watch_count;
static bool with_output;
#define OUTCOME_LIMIT 4096

/* Where the variable is now, in the memory of that process; NULL: nowhere. */
static const void *watch_place(const struct trace_watch *w, int process)
{
    const char *at = engine.base + w->place.offset;
    bool inside = w->place.kind == REF_GLOBAL && at >= engine.data && at + w->size <= engine.data_end;
    return inside ? image_at(process, at) : NULL;
}

void watch_read(const struct trace_watch *w, int process, struct trace_watch *out)
{
    *out = (struct trace_watch){.place = w->place, .size = w->size, .process = process_leader(process)};
    out->place.name = out->place.decl = out->place.file = NULL;
    out->name = w->name ? xstrdup(w->name) : NULL;
    const void *at = watch_place(w, process);
    if (at && w->size <= sizeof out->bytes)
        memcpy(out->bytes, at, w->size);
}

void outcomes_begin(const struct trace_watch *w, size_t n, bool output)
{
    for (size_t i = 0; i < count; i++)
        trace_outcome_fini(&list[i].o);
    count = 0;
    watches = w;
    watch_count = n;
    with_output = output;
}

static uint64_t key_of_run(void)
{
    enum reason why = engine.run.failed ? run_failure.reason : REASON_NONE;
    uint64_t h = hash_bytes(&why, sizeof why, HASH_SEED);
    for (size_t i = 0; i < watch_count; i++) {
        const void *at = watch_place(&watches[i], 0);
        if (at)
            h = hash_bytes(at, watches[i].size, h);
    }
    return with_output ? hash_bytes(engine.output, engine.run.output_len, h) : h;
}

static struct trace_outcome *find(uint64_t key)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].key == key)
            return &list[i].o;
    if (count == OUTCOME_LIMIT)
        return NULL;
    ARRAY_GROW(list, count, cap);
    list[count] = (struct outcome){.key = key};
    return &list[count++].o;
}

static void fill(struct trace_outcome *o)
{
    o->reason = engine.run.failed ? run_failure.reason : REASON_NONE;
    o->watches = xcalloc(watch_count ? watch_count : 1, sizeof *o->watches);
    o->watch_count = watch_count;
    for (size_t i = 0; i < watch_count; i++)
        watch_read(&watches[i], 0, &o->watches[i]);
    o->output = xstrndup(engine.output, engine.run.output_len);
}

void outcomes_add(double share, void (*witness)(struct trace_schedule *), int steps, int switches)
{
    struct trace_outcome *o = find(key_of_run());
    if (!o)
        return;
    if (!o->schedules)
        fill(o);
    bool better = !o->schedules || steps < o->steps || (steps == o->steps && switches < o->switches);
    o->schedules++;
    o->probability += share;
    if (!better)
        return;
    trace_schedule_fini(&o->witness);
    witness(&o->witness);
    o->steps = steps;
    o->switches = switches;
}

void outcomes_send(const struct trace_schedule *frame, void (*finish)(struct trace_schedule *))
{
    for (size_t i = 0; i < count; i++) {
        struct trace_msg m = {.kind = MSG_OUTCOME};
        struct trace_schedule w = list[i].o.witness;
        m.outcome = list[i].o;
        list[i].o = (struct trace_outcome){0};
        trace_schedule_copy(&m.outcome.witness, frame);
        for (size_t k = 0; k < w.step_count; k++)
            trace_schedule_push(&m.outcome.witness, w.steps[k].tid, w.steps[k].variant);
        trace_schedule_fini(&w);
        if (finish) {
            finish(&m.outcome.witness);
            m.outcome.steps = (int)m.outcome.witness.step_count;
            m.outcome.switches = count_switches(&m.outcome.witness);
        }
        talk_send(&m);
    }
    count = 0;
}
