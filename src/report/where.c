/* where: the places that matter, one line each: the two accesses with the locks held, who waits for what,
 * who freed, took or made the thing. */
#include "report/facts.h"

#include <inttypes.h>
#include <stdlib.h>

struct lines {
    char **line;
    size_t count, cap;
};

static void add_line(struct lines *l, char *text)
{
    ARRAY_GROW(l->line, l->count, l->cap);
    l->line[l->count++] = text;
}

static char *locks_words(const struct trace_access *a)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "holding ");
    for (size_t i = 0; i < a->lock_count; i++) {
        char *name = names_object(&a->locks[i]);
        strbuf_addf(&b, "%s%s", i ? ", " : "", name);
        free(name);
    }
    strbuf_adds(&b, a->lock_count ? "" : "no lock");
    return strbuf_take(&b);
}

static const char *side_verb(const struct trace_run *run, const struct trace_access *a)
{
    return !a->write ? "reads" : facts_side_frees(run, a) ? "frees" : "writes";
}

static void where_race(struct lines *l, const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        const struct trace_access *a = &f->race[i];
        char *place = names_place(&a->at), *object = names_short(&f->object),
             *locks = locks_words(a);
        add_line(l, xasprintf("%s: %s %s %s, %s", place, report_thread_name(&t->run.state, a->tid),
                              side_verb(&t->run, a), object, locks));
        free(place);
        free(object);
        free(locks);
    }
}

static bool stuck(const struct trace_thread *t)
{
    return t->status == THREAD_BLOCKED || t->status == THREAD_WAITING ||
           t->status == THREAD_SPINNING;
}

/* Who waits for a thread to end only waits for the others' trouble: those come last. */
static void where_stuck(struct lines *l, const struct trace_state *st, bool joins)
{
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *t = &st->threads[i];
        if (!stuck(t) || (t->next == EVENT_JOIN) != joins)
            continue;
        char *place = names_place(&t->at), *because = report_blocked_because(st, t);
        add_line(l, xasprintf("%s%s%s %s", place, *place ? ": " : "",
                              report_thread_name(st, t->tid), because));
        free(place);
        free(because);
    }
}

static void where_place(struct lines *l, const struct trace_place *at, char *what)
{
    char *place = names_place(at);
    if (*place)
        add_line(l, xasprintf("%s%s%s", place, what ? ": " : " in ", what ? what : at->func ? at->func : "?"));
    free(place);
    free(what);
}

/* ---- a signal that nobody heard ------------------------------------------- */

static void where_unheard(struct lines *l, const struct report_test *t, const struct trace_failure *f)
{
    size_t i = facts_unheard_signal(&t->run, &f->object);
    if (f->reason != REASON_DEADLOCK_LOST_SIGNAL || i == t->run.count)
        return;
    const struct trace_event *ev = &t->run.events[i];
    char *o = names_short(&ev->object);
    where_place(l, &ev->at, xasprintf("%s %s %s, and nobody waits", report_thread_name(&t->run.state, ev->tid),
                                      event_verb(ev->kind), o));
    free(o);
}

/* A thread that was stopped on the way to its own lock does not stand there waiting. */
static void where_self(struct lines *l, const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_thread *me = facts_thread(&t->run.state, f->tid);
    if (f->reason != REASON_DEADLOCK_SELF || !me || stuck(me))
        return;
    char *o = names_short(&f->object), *since = names_place(&f->at2);
    where_place(l, &f->at, xasprintf("%s wants %s, which it holds itself%s%s",
                                     report_thread_name(&t->run.state, f->tid), o,
                                     *since ? " since " : "", since));
    free(o);
    free(since);
}

/* ---- one place, and where it began ------------------------------------------ */

/* What the failing thread does there: in words where the message does not say it of this place. */
static char *did_here(const struct report_test *t, const struct trace_failure *f)
{
    const char *who = report_thread_name(&t->run.state, f->tid);
    char *o = names_short(&f->object), *s = NULL;
    switch (f->reason) {
    case REASON_USE_AFTER_FREE: s = xasprintf("%s %s %s", who, f->value ? "writes" : "reads", o); break;
    case REASON_DEAD_STACK: s = xasprintf("%s uses %s", who, o); break;
    case REASON_DOUBLE_FREE: s = xasprintf("%s frees it", who); break;
    case REASON_END_HOLDING: s = xasprintf("%s took %s, and ends with it", who, o); break;
    case REASON_THREAD_NOT_JOINED:
    case REASON_THREAD_RUNNING:
        s = xasprintf("%s was created", report_thread_name(&t->run.state, f->other));
        break;
    case REASON_MEMORY_LEFT: s = xstrdup("they were allocated"); break;
    default: break;
    }
    free(o);
    return s;
}

static char *began_there(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_state *st = &t->run.state;
    int freer = facts_freer(&t->run, &f->at2);
    switch (f->reason) {
    case REASON_USE_AFTER_FREE:
    case REASON_DOUBLE_FREE:
        return freer < 0 ? xstrdup("it was freed")
                         : xasprintf("%s freed it", report_thread_name(st, freer));
    case REASON_FD_CLOSED:
    case REASON_FD_CLOSED_TWICE: return xstrdup("it was closed");
    case REASON_FD_INHERITED: return xstrdup("it was opened");
    case REASON_DEAD_STACK:
        return xasprintf("%s leaves the function", report_thread_name(st, f->other));
    default:
        return f->other < 0 ? xstrdup("it was taken")
                            : xasprintf("%s took it", report_thread_name(st, f->other));
    }
}

/* The memory's own line, unless its name tells it already. */
static void where_allocated(struct lines *l, const struct trace_failure *f)
{
    const struct trace_ref *o = &f->object;
    if (o->kind != REF_HEAP || !o->file || o->line <= 0 || f->reason == REASON_MEMORY_LEFT)
        return;
    add_line(l, xasprintf("%s:%d: its block of %" PRIu64 " bytes was allocated", path_basename(o->file),
                          o->line, o->block_size));
}

/* Where the learner's own code called what failed in the check, or in a header of the lab. */
static void where_called(struct lines *l, const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_thread *me = facts_thread(&t->run.state, f->tid);
    if (!me || f->has_race || !names_of_lab(&f->at))
        return;
    for (size_t i = 1; i < me->stack_len; i++)
        if (me->stack[i].line > 0 && !names_of_lab(&me->stack[i])) {
            where_place(l, &me->stack[i], xasprintf("called by %s", me->stack[i].func ? me->stack[i].func : "your code"));
            return;
        }
}

char **report_where(const struct report_test *t, size_t *ret_count)
{
    struct lines l = {0};
    const struct trace_failure *f = &t->result.failure;
    enum verdict v = reason_verdict(f->reason);
    if (f->has_race)
        where_race(&l, t);
    else if (v == VERDICT_DEADLOCK || v == VERDICT_SPIN) {
        where_self(&l, t, f);
        where_stuck(&l, &t->run.state, false);
        where_unheard(&l, t, f);
        where_stuck(&l, &t->run.state, true);
    }
    if (!l.count) {
        where_place(&l, &f->at, did_here(t, f));
        where_called(&l, t, f);
        where_place(&l, &f->at2, began_there(t, f));
    }
    where_allocated(&l, f);
    *ret_count = l.count;
    return l.line;
}
