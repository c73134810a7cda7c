/* explained: what the runs beside a failing one say, in words: where it was too late, and which choice
 * would have saved it. Steps are the numbers of the rows a reader sees. */
#include "report/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers of rows ------------------------------------------------------- */

/* The number of the row that shows an event; 0: none does. */
static int row_number(const struct report_test *t, size_t event)
{
    size_t n;
    int step = 0;
    if (event >= t->run.count)
        return 0;
    struct report_row *rows = report_test_rows(t, &n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].event >= 0 && (size_t)rows[i].event <= event)
            step = rows[i].step;
    report_rows_free(rows, n);
    return step;
}

static int row_of_step(const struct report_test *t, int step)
{
    return row_number(t, facts_event_of_step(&t->run, step));
}

/* ---- too late --------------------------------------------------------------- */

size_t explained_no_return(const struct report_test *t)
{
    const struct trace_explained *x = &t->result.explained;
    return x->no_return > 0 ? facts_event_of_step(&t->run, x->no_return - 1) : t->run.count;
}

char *report_no_return(const struct report_test *t)
{
    size_t event = explained_no_return(t);
    int step = row_number(t, event);
    if (t->result.explained.always)
        return xstrdup("it fails in every interleaving, whoever runs next");
    if (!step)
        return NULL;
    const struct trace_event *ev = &t->run.events[event];
    char *what = explained_phrase(ev), *at = names_place(&ev->at);
    char *s = xasprintf("after step %d (%s %s%s%s): from there on every continuation fails", step,
                        report_short_name(&t->run.state, ev->tid), what, *at ? ", " : "", at);
    free(what);
    free(at);
    return s;
}

/* ---- what would have saved it ------------------------------------------------ */

char *explained_phrase(const struct trace_event *ev)
{
    bool thread = ev->kind == EVENT_JOIN || ev->kind == EVENT_CREATE || ev->kind == EVENT_DETACH ||
                  ev->kind == EVENT_CANCEL;
    if (thread && ev->value < TRACE_MAX_THREADS)
        return xasprintf("%s %s", event_verb(ev->kind), report_thread_name(NULL, (int)ev->value));
    bool process = ev->kind == EVENT_FORK || ev->kind == EVENT_WAIT || ev->kind == EVENT_KILL;
    if (process && ev->value < TRACE_MAX_THREADS)
        return xasprintf("%s P%d", event_verb(ev->kind), (int)ev->value);
    if (ev->object.kind == REF_NONE && !ev->object.name)
        return xstrdup(event_verb(ev->kind));
    if (ev->kind == EVENT_CLOSE || ev->kind == EVENT_OPEN)
        return report_event(NULL, ev);
    char *object = names_short(&ev->object);
    bool again = ev->kind == EVENT_RELOCK;
    char *s = xasprintf("%s %s%s", event_verb(again ? EVENT_LOCK : ev->kind), object, again ? " again" : "");
    free(object);
    return s;
}

static char *other_thread(const struct report_test *t, int step, int other)
{
    const struct trace_event *ev = &t->result.explained.instead;
    char *what = explained_phrase(ev), *at = names_place(&ev->at);
    char *s = xasprintf("at step %d %s goes on instead of %s: it %s%s%s", step,
                        report_short_name(&t->run.state, ev->tid), report_short_name(&t->run.state, other), what,
                        *at ? ", " : "", at);
    free(what);
    free(at);
    return s;
}

char *report_order(int n, int k)
{
    struct strbuf b = STRBUF_INIT;
    int at[TRACE_ORDERED];
    if (n > TRACE_ORDERED)
        return xasprintf("number %d first", k + 1);
    for (int i = 0; i < n; i++)
        at[i] = i + 1;
    for (int i = 0; i < n; i++) { /* k in the factorial number system */
        int pick = i + k % (n - i), chosen = at[pick];
        k /= n - i;
        memmove(at + i + 1, at + i, (size_t)(pick - i) * sizeof *at);
        at[i] = chosen;
        strbuf_addf(&b, "%s%d", i ? "-" : "", chosen);
    }
    return strbuf_take(&b);
}

static int way_of(const struct trace_event *ev)
{
    return ev->variant >= CHOICE_WAKES ? ev->variant - CHOICE_WAKES : 0;
}

static char *two_orders(const char *who, const struct trace_event *here, const struct trace_event *there)
{
    char *did = report_order((int)here->value, way_of(here)), *would = report_order((int)there->value, way_of(there));
    char *s = strcmp(did, would) == 0
                  ? xasprintf("%s is told of another one first, of several that are ready", who)
                  : xasprintf("%s is told of what is ready in the order %s, counted as it got ready; here it was %s", who, would, did);
    free(did);
    free(would);
    return s;
}

static char *two_lengths(const char *who, const struct trace_event *here, const struct trace_event *there)
{
    char *what = explained_phrase(there);
    char *s = xasprintf("%s %s: %" PRIu64 " byte%s; here it was %" PRIu64, who, what, there->value,
                        there->value == 1 ? "" : "s", here->value);
    free(what);
    return s;
}

/* The same call in two ways: in the run that passes, and here. */
static char *two_ways(const char *who, const struct trace_event *here, const struct trace_event *there)
{
    if (there->kind == here->kind && there->kind == EVENT_POLL)
        return two_orders(who, here, there);
    if (there->kind == here->kind && (there->kind == EVENT_FD_READ || there->kind == EVENT_FD_WRITE))
        return two_lengths(who, here, there);
    char *did = explained_phrase(here), *would = explained_phrase(there);
    char *s = xasprintf("%s %s; here it %s", who, would, did);
    free(did);
    free(would);
    return s;
}

static char *other_way(const struct report_test *t, int step)
{
    const struct trace_event *ev = &t->result.explained.instead;
    size_t here = facts_event_of_step(&t->run, t->result.explained.parts);
    const char *who = report_short_name(&t->run.state, ev->tid);
    if (ev->kind == EVENT_SIGNAL && ev->value < TRACE_MAX_THREADS)
        return xasprintf("at step %d the signal of %s wakes %s instead", step, who,
                         report_short_name(&t->run.state, (int)ev->value));
    char *ways = two_ways(who, &t->run.events[here], ev);
    char *s = xasprintf("at step %d %s", step, ways);
    free(ways);
    return s;
}

char *report_nearest(const struct report_test *t)
{
    const struct trace_explained *x = &t->result.explained;
    const struct trace_schedule *s = &t->result.schedule;
    int step = row_of_step(t, x->parts);
    if (!x->passing.step_count || x->instead.kind == EVENT_NONE || !step ||
        (size_t)x->parts >= s->step_count)
        return NULL;
    int other = s->steps[x->parts].tid;
    char *first = other == x->instead.tid ? other_way(t, step) : other_thread(t, step, other);
    char *more = x->differs > 1 ? xasprintf("; %d choices differ in all", x->differs) : xstrdup("");
    char *all = xasprintf("%s%s%s", first, more,
                          t->result.failure.has_race ? " (the race is there all the same)" : "");
    free(first);
    free(more);
    return all;
}
