/* drive_look: what is to be seen of a game: who can go on, who cannot and why, names and words. All
 * of it is read from the last complete answer of the engine and changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "session/drive_inside.h"
#include "session/moment.h"

const struct trace_thread *drive_thread(const struct drive_game *g, int tid)
{
    for (size_t i = 0; i < g->run.state.thread_count; i++)
        if (g->run.state.threads[i].tid == tid)
            return &g->run.state.threads[i];
    return NULL;
}

bool drive_is_driven(const struct drive_game *g, int tid)
{
    return tid >= 0 && tid < TRACE_MAX_THREADS &&
           (!g->schedule.driven || (g->schedule.driven >> tid & 1));
}

const struct trace_choice *drive_choice(const struct drive_game *g, int tid, int variant)
{
    const struct trace_state *st = &g->run.state;

    for (size_t i = 0; i < st->choice_count; i++)
        if (st->choices[i].tid == tid && st->choices[i].variant == variant)
            return &st->choices[i];
    return NULL;
}

static bool wanted(const struct trace_choice *c, int tid, int variant)
{
    bool wakes =
        variant == CHOICE_WAKES && (c->variant == CHOICE_PLAIN || c->variant >= CHOICE_WAKES ||
                                    c->variant == CHOICE_HANDLER || c->variant == CHOICE_BREAK);

    return (tid == TRACE_NO_THREAD || c->tid == tid) && (wakes || c->variant == variant);
}

size_t drive_choices(const struct drive_game *g, int tid, int variant, struct trace_choice *out,
                     size_t max)
{
    const struct trace_state *st = &g->run.state;
    size_t n = 0;

    for (size_t i = 0; i < st->choice_count; i++) {
        if (!wanted(&st->choices[i], tid, variant))
            continue;
        if (n < max)
            out[n] = st->choices[i];
        n++;
    }
    return n;
}

/* Waits on this condition variable and was not woken yet. */
static bool waits_on(const struct trace_thread *t, const struct trace_ref *cond)
{
    return t && t->status == THREAD_WAITING &&
           (moment_same(&t->object, cond) || moment_same(&t->object2, cond));
}

/* The queue is in the order of the COND_WAIT events of those who still wait. */
int drive_would_wake(const struct drive_game *g, const struct trace_choice *c)
{
    const struct trace_thread *t = drive_thread(g, c->tid);
    int k = c->variant >= CHOICE_WAKES ? c->variant - CHOICE_WAKES : 0;

    for (size_t i = 0; t && i < g->run.count; i++) {
        const struct trace_event *ev = &g->run.events[i];
        bool last = ev->kind == EVENT_COND_WAIT && waits_on(drive_thread(g, ev->tid), &t->object);
        for (size_t j = i + 1; last && j < g->run.count; j++)
            last = g->run.events[j].tid != ev->tid;
        if (last && k-- == 0)
            return ev->tid;
    }
    return TRACE_NO_THREAD;
}

char *drive_why_not(const struct drive_game *g, int tid)
{
    const struct trace_thread *t = drive_thread(g, tid);
    char *why, *text;

    if (drive_choice(g, tid, CHOICE_PLAIN))
        return NULL;
    if (!t)
        return xasprintf("there is no thread %d", tid);
    if (g->run.state.ended)
        return xstrdup("the run is over; b goes back");
    const char *name = report_thread_name(&g->run.state, tid);
    why = report_blocked_because(&g->run.state, t);
    if (why)
        text = xasprintf("%s %s", name, why);
    else
        text = xasprintf("%s runs by itself whenever it can", name);
    free(why);
    return text;
}

bool drive_is_process(const struct trace_thread *t) { return t->tid > 0 && t->process == t->tid; }

const char *drive_name(const struct drive_game *g, int tid)
{
    const struct drive_role *r = drive_role_of(g, tid);

    return r ? r->name : report_short_name(&g->run.state, tid);
}

char *drive_watch_name(const struct drive_game *g, const struct trace_watch *w)
{
    const char *name = w->name ? w->name : "?";

    return w->process ? xasprintf("%s in %s", name, drive_name(g, w->process)) : xstrdup(name);
}

/* By its role, or as a thread without one would be called: "T2", "P1". */
static bool is_called(const struct drive_game *g, const struct trace_thread *t, const char *name)
{
    char *number = xasprintf("%c%d", drive_is_process(t) ? 'P' : 'T', t->tid);
    bool is = strcmp(name, number) == 0 || strcmp(name, report_short_name(&g->run.state, t->tid)) == 0;

    free(number);
    return is;
}

int drive_find(const struct drive_game *g, const char *name)
{
    for (size_t i = 0; i < g->role_count; i++)
        if (strcmp(g->roles[i].name, name) == 0)
            return g->roles[i].tid;
    for (size_t i = 0; i < g->run.state.thread_count; i++)
        if (is_called(g, &g->run.state.threads[i], name))
            return g->run.state.threads[i].tid;
    return TRACE_NO_THREAD;
}

bool drive_reached(const struct drive_game *g)
{
    return g->known && g->goal && goal_met_state(g->goal, &g->run.state);
}

int drive_switches(const struct drive_game *g)
{
    int n = 0;

    for (size_t i = 1; i < g->at; i++)
        n += g->schedule.steps[i].tid != g->schedule.steps[i - 1].tid;
    return n;
}

char *drive_score(size_t steps, int switches)
{
    return xasprintf("%zu step%s, %d switch%s", steps, steps == 1 ? "" : "s", switches, switches == 1 ? "" : "es");
}

bool drive_is_par(const struct drive_game *g)
{
    const struct drive *l = g->lesson;

    return l && !g->following && l->par_steps >= 0 && (int)g->at <= l->par_steps &&
           drive_switches(g) <= l->par_switches;
}

char *drive_schedule_words(const struct drive_game *g, const struct trace_schedule *steps)
{
    const char *names[TRACE_MAX_THREADS];

    for (int i = 0; i < TRACE_MAX_THREADS; i++)
        names[i] = drive_name(g, i);
    return trace_schedule_words(steps, names);
}

char *drive_words(const struct drive_game *g)
{
    struct trace_schedule s = g->schedule;

    s.step_count = g->at;
    return drive_schedule_words(g, &s);
}

char *drive_token(const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;
    struct trace_schedule s;

    trace_schedule_copy(&s, &g->schedule);
    s.step_count = g->at;
    s.check = g->known ? st->check : 0;
    for (size_t i = 0; s.watched_visible && i < st->watch_count && !st->watches[i].process; i++) {
        const struct trace_watch *w = &st->watches[i];
        ARRAY_GROW(s.ranges, s.range_count, s.range_cap);
        s.ranges[s.range_count++] =
            (struct trace_range){.kind = w->place.kind, .offset = w->place.offset, .size = w->size};
    }
    s.watched_visible = false;
    char *token = trace_schedule_token(&s);
    trace_schedule_fini(&s);
    return token;
}

bool drive_is_new(const struct drive_game *g, size_t event)
{
    return g->run.state.choice > 0 && g->run.events[event].choice == g->run.state.choice;
}
