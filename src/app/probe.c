/* probe: see probe.h. */
#include "app/probe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void forget_answer(struct probe *p)
{
    trace_run_fini(&p->run);
    p->run = (struct trace_run){0};
    for (size_t i = 0; i < p->outcome_count; i++)
        trace_outcome_fini(&p->outcomes[i]);
    free(p->outcomes);
    p->outcomes = NULL;
    p->outcome_count = 0;
    p->total = 0;
    p->complete = false;
    free(p->trouble);
    p->trouble = NULL;
}

static void take_tests(struct probe *p, struct trace_msg *m)
{
    p->tests = m->tests;
    p->test_count = m->test_count;
    m->tests = NULL;
    m->test_count = 0;
}

static void take_event(struct probe *p, struct trace_event *ev)
{
    ARRAY_GROW(p->run.events, p->run.count, p->run.cap);
    p->run.events[p->run.count++] = (struct trace_event){0};
    trace_event_move(&p->run.events[p->run.count - 1], ev);
}

static void take_outcome(struct probe *p, struct trace_outcome *o)
{
    p->outcomes = xrealloc(p->outcomes, (p->outcome_count + 1) * sizeof *p->outcomes);
    p->outcomes[p->outcome_count++] = *o;
    *o = (struct trace_outcome){0};
}

static bool for_the_game(const struct probe *p, const struct trace_msg *m)
{
    return (p->game || p->walk) && (m->kind == MSG_EVENT || m->kind == MSG_STATE || m->kind == MSG_SHARED ||
                       m->kind == MSG_DONE);
}

static void on_message(void *data, struct trace_msg *m)
{
    struct probe *p = data;
    if (for_the_game(p, m)) {
        p->heard = p->walk ? drive_walk_hear(p->walk, m) : drive_hear(p->game, m);
        return;
    }
    switch (m->kind) {
    case MSG_HELLO:
        take_tests(p, m);
        break;
    case MSG_EVENT:
        take_event(p, &m->event);
        break;
    case MSG_OUTCOME:
        take_outcome(p, &m->outcome);
        break;
    case MSG_STATE:
        trace_state_fini(&p->run.state);
        p->run.state = m->state;
        m->state = (struct trace_state){0};
        break;
    case MSG_DONE:
        p->total = m->count.total;
        p->complete = m->count.complete;
        break;
    case MSG_TROUBLE:
        free(p->trouble);
        p->trouble = xstrdup(m->text ? m->text : "the engine could not go on");
        break;
    default:
        break;
    }
}

static bool build(struct probe *p, const struct exercise *ex, const char *file,
                  const struct judge_options *o, struct run_built *built, struct err *e)
{
    if (!judge_build_init(&p->build, &p->app->paths, ex, file, o, e))
        return false;
    if (!run_build_wait(p->app->loop, &p->app->paths, &p->build.build, built, e))
        return false;
    if (built->verdict == VERDICT_PASS)
        return true;
    return err_set(e, 0, "%s%s%s", verdict_id(built->verdict), ": ",
                   built->message ? built->message : "it could not be built");
}

bool probe_open(struct probe *p, struct app *app, const struct exercise *ex, const char *file,
                const struct judge_options *o, struct err *e)
{
    struct run_built built = {0};
    *p = (struct probe){.app = app, .races = o ? o->races : RACES_IGNORE};
    bool ok = build(p, ex, file, o, &built, e);
    if (ok)
        p->engine = run_engine_start(app->loop, &app->paths, built.plugin, on_message, p, e);
    run_built_fini(&built);
    while (p->engine && !p->tests && !p->trouble)
        uv_run(app->loop, UV_RUN_ONCE);
    if (p->engine && p->tests)
        return true;
    if (p->trouble)
        err_set(e, 0, "%s", p->trouble);
    probe_close(p);
    return false;
}

void probe_close(struct probe *p)
{
    run_engine_stop(p->engine);
    forget_answer(p);
    struct trace_msg m = {.kind = MSG_HELLO, .tests = p->tests, .test_count = p->test_count};
    trace_msg_fini(&m);
    judge_build_fini(&p->build);
    *p = (struct probe){0};
}

/* ---- questions ---------------------------------------------------------------- */

static bool place_watches(struct probe *p, struct trace_request *q, struct err *e)
{
    for (size_t i = 0; i < q->watch_count; i++) {
        struct trace_watch *w = &q->watches[i], found = {0};
        if (!symbols_find(run_engine_symbols(p->engine), w->name, &found, e))
            return false;
        w->place.kind = found.place.kind;
        w->place.offset = found.place.offset;
        w->place.size = found.place.size;
        w->size = found.size;
        free(found.name);
        free(found.text);
        trace_ref_fini(&found.place);
    }
    return true;
}

bool probe_ask(struct probe *p, struct trace_request *q, struct err *e)
{
    forget_answer(p);
    q->races = p->races;
    if (!place_watches(p, q, e) || !run_engine_ask_wait(p->engine, q, e))
        return false;
    return !p->trouble || err_set(e, 0, "%s", p->trouble);
}

bool probe_replay(struct probe *p, const struct trace_schedule *s, const char *args, struct err *e)
{
    struct trace_request q = {.kind = REQUEST_REPLAY,
                              .clock = -1,
                              .spurious = -1,
                              .preemptions = -1,
                              .stop = -1,
                              .accesses = true};
    trace_schedule_copy(&q.schedule, s);
    str_words(&q.args, &q.arg_count, args);
    bool ok = probe_ask(p, &q, e);
    trace_request_fini(&q);
    return ok;
}

/* Asks what the game wants to know until nothing is wanted any more. */
static bool ask_on(struct probe *p, const struct drive_game *g, struct err *e)
{
    bool ok = true;
    p->heard = DRIVE_AGAIN;
    while (ok && p->heard == DRIVE_AGAIN) {
        struct trace_request q = {0};
        drive_request(g, &q);
        p->heard = DRIVE_MORE;
        ok = probe_ask(p, &q, e);
        trace_request_fini(&q);
    }
    return ok && (p->heard == DRIVE_KNOWN || err_set(e, 0, "the engine's answer is not complete"));
}

bool probe_play(struct probe *p, struct drive_game *g, struct err *e)
{
    p->game = g;
    bool ok = ask_on(p, g, e);
    p->game = NULL;
    return ok;
}

bool probe_walk(struct probe *p, struct drive_walk *w, struct err *e)
{
    p->walk = w;
    bool ok = ask_on(p, &w->game, e);
    p->walk = NULL;
    return ok;
}
