/* replay: one run again, with everything worth telling; and counting a drive's schedules. */
#include "engine/explore/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* argv lives where learner code may read it: in the last slot, behind the TLS of all threads. */
void use_args(const struct trace_request *req)
{
    char *at = engine.tls_area_end - TLS_SLOT, *end = engine.tls_area_end;
    char **argv = (char **)at;
    at += (req->arg_count + 2) * sizeof *argv;
    engine.argc = 0;
    engine.argv = argv;
    for (size_t i = 0; i <= req->arg_count && at < end; i++) {
        const char *arg = i ? req->args[i - 1] : "program";
        argv[engine.argc++] = at;
        at += snprintf(at, (size_t)(end - at), "%s", arg) + 1;
    }
    argv[engine.argc] = NULL;
}

void settings_default(const struct trace_request *req)
{
    engine.set = (struct settings){
        .style = STYLE_EXPLORE,
        .strategy = &strategy_dfs,
        .plain = PLAIN_RACES,
        .races_fatal = true,
        .cores = req->cores > 0 ? req->cores : 4,
    };
    use_args(req);
}

void promote_for(const struct trace_schedule *s, const struct trace_watch *watches, size_t n)
{
    struct trace_range *all = xmalloc((s->range_count + n + 1) * sizeof *all);
    size_t k = s->range_count;
    if (k)
        memcpy(all, s->ranges, k * sizeof *all);
    for (size_t i = 0; s->watched_visible && i < n; i++)
        all[k++] = (struct trace_range){.kind = REF_GLOBAL, .offset = watches[i].place.offset, .size = watches[i].size};
    access_promote(all, k);
    free(all);
}

/* ---- the state where it stopped --------------------------------------------------- */

static void fill_stack(struct trace_thread *to, const struct thread *t)
{
    int n = t->depth < MAX_FRAMES ? t->depth : MAX_FRAMES;
    if (n > 32)
        n = 32;
    to->stack = xcalloc((size_t)n + 1, sizeof *to->stack);
    to->stack[to->stack_len++] = place_of(t->op.pc);
    for (int i = 0; i < n; i++) {
        uint64_t pc = t->frames[(t->depth < MAX_FRAMES ? t->depth : MAX_FRAMES) - 1 - i].call_pc;
        if (plugin_offset(pc))
            to->stack[to->stack_len++] = place_of(pc);
    }
}

static void fill_blocker(struct trace_thread *to, const struct thread *t)
{
    const struct object *o = t->op.object ? object_peek(t->op.object) : NULL;
    to->holder = TRACE_NO_THREAD;
    uint64_t since = 0;
    int holder = o ? object_holder(o, &since) : TRACE_NO_THREAD;
    if (holder == TRACE_NO_THREAD || (holder == t->tid && o->owner != holder))
        return;
    to->since = place_of(since);
    if (engine.threads[holder].process != t->process && !memory_is_shared(o->addr))
        to->left_by = holder + 1;
    else
        to->holder = holder;
}

static void fill_thread(struct trace_thread *to, const struct thread *t)
{
    look_at(t);
    *to = (struct trace_thread){
        .tid = t->tid,
        .status = thread_status(t),
        .next = t->op.kind,
        .value = t->op.kind == EVENT_POLL ? (uint64_t)kernel_ready(t) : t->op.value,
        .wake_ns = t->deadline == NEVER ? 0 : t->deadline,
        .computes = t->computes && t->op.kind == EVENT_WAKE,
        .process = process_leader(t->process),
        .joined = t->joined,
        .detached = t->detached && t->tid != 0,
        .created_by = t->created_by,
        .start = place_of(t->start ? (uint64_t)(uintptr_t)t->start : t->tid == 0 ? engine.scenario ? (uint64_t)(uintptr_t)engine.scenario->run : (uint64_t)(uintptr_t)engine.main : 0),
        .holder = TRACE_NO_THREAD,
    };
    if (t->name[0])
        to->name = xstrdup(t->name);
    if (t->ended)
        return;
    to->at = place_of(t->op.pc);
    bool memory = t->op.kind == EVENT_READ || t->op.kind == EVENT_WRITE || t->op.kind == EVENT_ATOMIC_LOAD ||
                  t->op.kind == EVENT_ATOMIC_STORE || t->op.kind == EVENT_ATOMIC_RMW;
    if (t->op.object && t->op.kind != EVENT_OPEN) /* there it is no object, but what all names are in */
        to->object = ref_of(t->op.object, memory ? t->op.value : 0);
    if (t->op.object2)
        to->object2 = ref_of(t->op.object2, 0);
    fill_blocker(to, t);
    fill_stack(to, t);
}

static void fill_choices(struct trace_state *st)
{
    static struct trace_choice choices[CHOICES_MAX];
    static uint8_t costs[CHOICES_MAX];
    int n = gather(choices, costs, CHOICES_MAX);
    st->choices = xcalloc((size_t)n + 1, sizeof *st->choices);
    for (int i = 0; i < n; i++)
        if (!engine.set.driven || engine.set.driven >> choices[i].tid & 1)
            st->choices[st->choice_count++] = choices[i];
}

static void fill_watches(struct trace_state *st, const struct trace_request *req, int process)
{
    for (size_t i = 0; i < req->watch_count; i++)
        watch_read(&req->watches[i], process, &st->watches[st->watch_count++]);
}

static void fill_state(struct trace_state *st, const struct trace_request *req, bool stopped)
{
    struct run *run = &engine.run;
    *st = (struct trace_state){
        .choice = run->choices,
        .ended = !stopped,
        .output = xstrndup(engine.output, run->output_len),
        .clock_ns = run->now,
        .preemptions = run->preemptions,
        .switches = run->switches,
        .diverged = follow.diverged,
        .detail = follow.why ? xstrdup(follow.why) : NULL,
        .check = record_check(),
    };
    if (stopped || run->failed) {
        struct strbuf b = STRBUF_INIT;
        strbuf_adds(&b, st->output);
        output_pending(&b);
        free(st->output);
        st->output = strbuf_take(&b);
    }
    failure_copy(&st->failure, &run_failure);
    st->threads = xcalloc((size_t)run->thread_count + 1, sizeof *st->threads);
    st->thread_count = (size_t)run->thread_count;
    for (int i = 0; i < run->thread_count; i++)
        fill_thread(&st->threads[i], &engine.threads[i]);
    if (stopped && !follow.diverged)
        fill_choices(st);
    st->watches = xcalloc((size_t)run->thread_count * req->watch_count + 1, sizeof *st->watches);
    fill_watches(st, req, 0);
    for (int i = 1; i < run->thread_count; i++)
        if (process_leader(engine.threads[i].process) == i && process_runs(engine.threads[i].process))
            fill_watches(st, req, engine.threads[i].process);
}

/* ---- requests ------------------------------------------------------------------------ */

/* By hand any waiter may be woken, unless the request says how often; a replay to the end wakes none but
 * those the schedule names, or it would rescue a deadlock. */
static int spurious_allowed(const struct trace_request *req)
{
    int n = 0;
    if (req->stop >= 0)
        return req->spurious >= 0 ? req->spurious : 1000;
    for (size_t i = 0; i < req->schedule.step_count; i++)
        n += req->schedule.steps[i].variant == CHOICE_SPURIOUS;
    return n;
}

static void follow_settings(const struct trace_request *req)
{
    const struct trace_schedule *s = &req->schedule;
    settings_default(req);
    engine.set.style = STYLE_EVERY;
    engine.set.strategy = &strategy_follow;
    engine.set.hostile = s->hostile;
    engine.set.spurious = spurious_allowed(req);
    engine.set.driven = s->driven;
    engine.set.races_fatal = false;
    promote_for(s, req->watches, req->watch_count);
}

/* Which memory threads share along this schedule: found by a first run. */
static void prepare_accesses(const struct trace_request *req)
{
    shared_reset();
    if (!req->accesses)
        return;
    engine.set.plain = PLAIN_SHARED;
    follow_begin(req->schedule.steps, req->schedule.step_count, req->stop);
    run_once();
}

void answer_replay(const struct trace_request *req)
{
    struct err e;
    const char *test = req->schedule.test ? req->schedule.test : "main";
    if (!plugin_select(test, &e)) {
        talk_trouble("%s", e.msg);
        return;
    }
    follow_settings(req);
    prepare_accesses(req);
    engine.set.record = true;
    engine.set.record_accesses = req->accesses;
    engine.set.record_all = req->accesses && req->all_visible;
    engine.set.plain = PLAIN_RACES;
    engine.set.races_fatal = req->races == RACES_REPORT && !req->schedule.range_count && req->stop < 0;
    follow_begin(req->schedule.steps, req->schedule.step_count, req->stop);
    run_once();
    struct trace_msg m = {.kind = MSG_STATE};
    fill_state(&m.state, req, engine.run.cut && !engine.run.failed);
    record_send();
    talk_send(&m);
}

static void count_witness(struct trace_schedule *out) { dfs_path(out); }

void answer_count(const struct trace_request *req)
{
    struct err e;
    if (!plugin_select(req->schedule.test ? req->schedule.test : "main", &e)) {
        talk_trouble("%s", e.msg);
        return;
    }
    struct trace_schedule frame;
    trace_schedule_copy(&frame, &req->schedule);
    frame.step_count = 0;
    settings_default(req);
    if (req->all_visible) {
        collect_shared();
        frame.range_count = 0;
        for (size_t i = 0; i < engine.shared.n; i++) {
            ARRAY_GROW(frame.ranges, frame.range_count, frame.range_cap);
            frame.ranges[frame.range_count++] = engine.shared.at[i];
        }
    }
    follow_settings(req);
    promote_for(&frame, req->watches, req->watch_count);
    engine.set.strategy = &strategy_dfs;
    engine.set.spurious = req->spurious > 0 ? req->spurious : 0;
    engine.set.plain = PLAIN_OFF;
    outcomes_begin(req->watches, req->watch_count, true);
    uint64_t limit = req->runs ? req->runs : 5000000, total = 0;
    bool complete = true;
    dfs_begin(COST_UNBOUNDED);
    do {
        run_once();
        complete &= !engine.run.cut && !dfs.diverged;
        outcomes_add(dfs_share(), count_witness, engine.run.choices, engine.run.switches);
        total++;
    } while (dfs_next() && (total < limit || (complete = false)));
    outcomes_send(&frame, NULL);
    trace_schedule_fini(&frame);
    struct trace_msg done = {.kind = MSG_DONE};
    done.count.total = total;
    done.count.complete = complete;
    talk_send(&done);
}

void collect_shared(void)
{
    struct settings was = engine.set;
    shared_reset();
    access_promote(NULL, 0);
    engine.set.style = STYLE_EXPLORE;
    engine.set.strategy = &strategy_dfs;
    engine.set.plain = PLAIN_SHARED;
    engine.set.record = false;
    dfs_begin(1);
    for (int n = 0; n < 2000; n++) {
        run_once();
        if (!dfs_next())
            break;
    }
    engine.set = was;
}

void answer_shared(const struct trace_request *req)
{
    struct err e;
    if (!plugin_select(req->schedule.test ? req->schedule.test : "main", &e)) {
        talk_trouble("%s", e.msg);
        return;
    }
    settings_default(req);
    collect_shared();
    struct trace_msg m = {.kind = MSG_SHARED};
    m.range_count = engine.shared.n;
    m.ranges = xcalloc(engine.shared.n + 1, sizeof *m.ranges);
    if (engine.shared.n)
        memcpy(m.ranges, engine.shared.at, engine.shared.n * sizeof *m.ranges);
    talk_send(&m);
}
