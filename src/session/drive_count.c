/* drive_count: how many of all schedules do what the goal asks. For a goal at the end the engine
 * counts ends; for one at any moment a walk visits every state, in a game of its own.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/drive.h"

#define WALK_STATES 100000

/* ---- all schedules ----------------------------------------------------- */

static bool shorter(const struct trace_outcome *o, const struct drive_tally *t)
{
    return !t->has_witness || o->witness.step_count < t->witness.step_count;
}

static bool same_output(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

/* The kind of end that this is; NULL: none was counted yet. */
static struct drive_finish *find_end(const struct drive_tally *t, enum reason reason, const char *output)
{
    for (size_t i = 0; i < t->end_count; i++)
        if (t->ends[i].reason == reason && same_output(t->ends[i].output, output))
            return &t->ends[i];
    return NULL;
}

static void tally_end(struct drive_tally *t, const struct trace_outcome *o)
{
    struct drive_finish *end = find_end(t, o->reason, o->output);

    if (!end) {
        ARRAY_GROW(t->ends, t->end_count, t->end_cap);
        end = &t->ends[t->end_count++];
        *end = (struct drive_finish){.reason = o->reason, .output = xstrdup(o->output ? o->output : "")};
    }
    end->schedules += o->schedules;
    end->probability += o->probability;
}

void drive_tally_like(struct drive_tally *t, const struct trace_state *state)
{
    const struct drive_finish *end = find_end(t, state->failure.reason, state->output);

    t->meet = end ? end->schedules : 0;
    t->probability = end ? end->probability : 0;
}

static void tally_outcome(struct drive_tally *t, const struct drive_game *g,
                          const struct trace_outcome *o)
{
    t->total += o->schedules;
    if (!g->goal)
        tally_end(t, o);
    if (!g->goal || !goal_met_outcome(g->goal, o))
        return;
    t->meet += o->schedules;
    t->probability += o->probability;
    if (shorter(o, t)) {
        trace_schedule_fini(&t->witness);
        trace_schedule_copy(&t->witness, &o->witness);
        t->has_witness = true;
    }
}

bool drive_tally_hear(struct drive_tally *t, const struct drive_game *g, const struct trace_msg *m)
{
    if (m->kind == MSG_OUTCOME)
        tally_outcome(t, g, &m->outcome);
    if (m->kind != MSG_DONE)
        return false;
    t->complete = m->count.complete;
    return true;
}

/* ---- every state ------------------------------------------------------- */

bool drive_walk_init(struct drive_walk *w, const struct drive_game *of, struct err *e)
{
    *w = (struct drive_walk){0};
    if (!drive_init(&w->game, of->lesson, of->schedule.test, e))
        return false;
    if (of->following)
        drive_follow(&w->game);
    return true;
}

/* All choices: the lesson bounds how often a waiter may wake without a signal. */
static void level_push(struct drive_walk *w, bool met, double share)
{
    const struct trace_state *st = &w->game.run.state;
    struct drive_level l = {.met = met, .share = share};

    l.count = st->ended ? 0 : st->choice_count;
    l.choices = xcalloc(l.count + 1, sizeof *l.choices);
    for (size_t i = 0; i < l.count; i++)
        l.choices[i] = st->choices[i];
    ARRAY_GROW(w->levels, w->depth, w->cap);
    w->levels[w->depth++] = l;
}

static void found(struct drive_walk *w)
{
    struct drive_tally *t = &w->tally;

    if (t->has_witness && w->game.at >= t->witness.step_count)
        return;
    trace_schedule_fini(&t->witness);
    trace_schedule_copy(&t->witness, &w->game.schedule);
    t->witness.step_count = w->game.at;
    t->has_witness = true;
}

/* A state was reached: what it adds, and what lies below it. */
static void visit(struct drive_walk *w)
{
    const struct drive_level *above = w->depth ? &w->levels[w->depth - 1] : NULL;
    bool here = goal_met_state(w->game.goal, &w->game.run.state),
         met = here || (above && above->met);
    double share = above ? above->share / (double)above->count : 1;

    if (here && !(above && above->met))
        found(w);
    level_push(w, met, share);
    if (w->levels[w->depth - 1].count > 0)
        return;
    w->tally.total++;
    w->tally.meet += met;
    w->tally.probability += met ? share : 0;
}

/* The next choice nobody has tried; false when there is none. */
static bool go_on(struct drive_walk *w)
{
    while (w->depth > 0) {
        struct drive_level *l = &w->levels[w->depth - 1];
        if (l->next < l->count) {
            w->game.schedule.step_count = w->game.at; /* nothing here is a line to keep */
            drive_step(&w->game, l->choices[l->next].tid, l->choices[l->next].variant);
            l->next++;
            return true;
        }
        free(l->choices);
        w->depth--;
        drive_back(&w->game);
    }
    return false;
}

enum drive_heard drive_walk_hear(struct drive_walk *w, struct trace_msg *m)
{
    enum drive_heard heard = drive_hear(&w->game, m);

    if (heard != DRIVE_KNOWN)
        return heard;
    visit(w);
    if (++w->states >= WALK_STATES)
        return DRIVE_KNOWN;
    if (go_on(w))
        return DRIVE_AGAIN;
    w->tally.complete = true;
    return DRIVE_KNOWN;
}

void drive_walk_fini(struct drive_walk *w)
{
    for (size_t i = 0; i < w->depth; i++)
        free(w->levels[i].choices);
    free(w->levels);
    drive_tally_fini(&w->tally);
    drive_fini(&w->game);
    *w = (struct drive_walk){0};
}

void drive_tally_fini(struct drive_tally *t)
{
    trace_schedule_fini(&t->witness);
    for (size_t i = 0; i < t->end_count; i++)
        free(t->ends[i].output);
    free(t->ends);
    *t = (struct drive_tally){0};
}

static void add_probability(struct strbuf *b, double p)
{
    strbuf_addf(b, p >= 0.0995 ? "%.0f%%" : "%.2g%%", 100 * p);
}

char *drive_tally_words(const struct drive_tally *t)
{
    struct strbuf b = STRBUF_INIT;
    const char *many = t->ends ? "end like this" : "do this", *one = t->ends ? "ends like this" : "does this";

    if (t->complete && t->meet == t->total) {
        strbuf_fini(&b);
        return t->total == 1 ? xasprintf("There is only one schedule, and it %s", one)
                             : xasprintf("All %" PRIu64 " schedules %s", t->total, many);
    }
    strbuf_addf(&b, "%s%" PRIu64 " of %s%" PRIu64 " schedule%s %s", t->complete ? "" : "At least ", t->meet,
                t->complete ? "" : "more than ", t->total, t->total == 1 ? "" : "s", t->meet == 1 ? one : many);
    if (t->meet > 0 && t->complete) {
        strbuf_adds(&b, "; with every step left to chance it happens in ");
        add_probability(&b, t->probability);
        strbuf_adds(&b, " of the runs");
    }
    return strbuf_take(&b);
}

char *drive_none_does(const struct drive_tally *t)
{
    return t->total == 1 ? xstrdup("there is only one schedule, and it does not do it")
                         : xasprintf("none of the %" PRIu64 " schedules does it", t->total);
}
