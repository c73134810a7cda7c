/* truth: see truth.h. */
#include "session/truth.h"

#include <stdlib.h>
#include <string.h>

#include "report/goal.h"

void truth_end(struct truth *t, struct effects *fx)
{
    if (t->running)
        effects_add(fx, EFFECT_ENGINE_CLOSE);
    free(t->failed);
    free(t->ends);
    *t = (struct truth){0};
}

void truth_begin(struct truth *t, const struct lesson *l, const struct question *q,
                 struct effects *fx)
{
    truth_end(t, fx);
    if (!q->key_program || !q->key_observe)
        return;
    t->question = q;
    t->running = true;
    struct effect *e = effects_add(fx, EFFECT_ENGINE_OPEN);
    e->target.kind = TARGET_FILE;
    e->target.file = path_join(l->dir, q->key_program);
}

/* ---- asking --------------------------------------------------------------------------- */

static void ask(const struct truth *t, struct effects *fx)
{
    struct trace_request *r = xcalloc(1, sizeof *r);

    *r = (struct trace_request){.kind = REQUEST_COUNT,
                                .clock = -1,
                                .spurious = -1,
                                .preemptions = -1,
                                .stop = -1,
                                .count = true};
    r->schedule.test = xstrdup("main");
    r->schedule.watched_visible = true;
    r->watches = xcalloc(1, sizeof *r->watches);
    r->watches[0].name = xstrdup(t->question->key_observe);
    r->watch_count = 1;
    effects_add(fx, EFFECT_ENGINE_ASK)->request = r;
}

/* The same value may end several kinds of runs (with other output). */
static void add_end(struct truth *t, long long value)
{
    size_t at = 0;

    while (at < t->count && t->ends[at] < value)
        at++;
    if (at == t->count || t->ends[at] != value) {
        ARRAY_GROW(t->ends, t->count, t->cap);
        memmove(&t->ends[at + 1], &t->ends[at], (t->count - at) * sizeof *t->ends);
        t->ends[at] = value;
        t->count++;
    }
}

static void outcome(struct truth *t, const struct trace_outcome *o)
{
    long long value;

    if (goal_came_to_end(o->reason) && o->watch_count > 0 && goal_watch_number(&o->watches[0], &value))
        add_end(t, value);
    else
        t->stuck = true;
}

static void finish(struct truth *t, const char *failed, struct effects *fx)
{
    t->running = false;
    t->failed = failed ? xstrdup(failed) : NULL;
    effects_add(fx, EFFECT_ENGINE_CLOSE);
}

static void engine_said(struct truth *t, const struct trace_msg *m, struct effects *fx)
{
    switch (m->kind) {
    case MSG_PROGRESS: t->seen = m->progress.runs; break;
    case MSG_OUTCOME: outcome(t, &m->outcome); break;
    case MSG_DONE:
        t->seen = m->count.total;
        t->complete = m->count.complete;
        finish(t, NULL, fx);
        break;
    case MSG_TROUBLE: finish(t, m->text ? m->text : "the engine was lost", fx); break;
    default: break;
    }
}

void truth_update(struct truth *t, struct message *m, struct effects *fx)
{
    if (!t->running)
        return;
    if (m->kind == MESSAGE_ENGINE_READY)
        ask(t, fx);
    else if (m->kind == MESSAGE_ENGINE_FAILED)
        finish(t, m->text, fx);
    else if (m->kind == MESSAGE_ENGINE && m->trace)
        engine_said(t, m->trace, fx);
}

/* ---- saying --------------------------------------------------------------------------------- */

static void add_ends(const struct truth *t, struct strbuf *b)
{
    for (size_t i = 0; i < t->count; i++)
        strbuf_addf(b, "%s**%lld**", i == 0 ? "" : i + 1 == t->count ? " or " : ", ", t->ends[i]);
    if (t->count == 0)
        strbuf_adds(b, "no number");
    strbuf_adds(b, t->stuck      ? ", or does not come to its end."
                   : t->complete ? ", and as nothing else."
                                 : ".");
}

char *truth_words(const struct truth *t)
{
    struct strbuf b = STRBUF_INIT;

    if (!t->question)
        return NULL;
    if (t->failed) {
        strbuf_addf(&b, "It could not be run here: %s", t->failed);
    } else if (t->running) {
        strbuf_addf(&b, "Now it is run, under every schedule: %llu so far …",
                    (unsigned long long)t->seen);
    } else {
        strbuf_addf(&b, "Just run: `%s`", path_basename(t->question->key_program));
        if (t->question->key_scale > 1)
            strbuf_addf(&b, ", with %d instead of many", t->question->key_scale);
        strbuf_addf(&b, ", under %s. `%s` ends as ",
                    t->complete ? "every schedule" : "many schedules, not all",
                    t->question->key_observe);
        add_ends(t, &b);
    }
    return strbuf_take(&b);
}
