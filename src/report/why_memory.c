/* why_memory: failures of shared memory: races, wrong results, memory that is gone. */
#include "report/why.h"

#include <stdlib.h>
#include <string.h>

static const struct why nothing;

/* ---- pieces --------------------------------------------------------------- */

static struct why say(char *text, const char *belief)
{
    return (struct why){.text = text, .belief = belief};
}

static char *short_name(const struct trace_event *ev) { return names_short(&ev->object); }

static struct why showing(struct why y, int n, const size_t *events)
{
    y.event_count = n;
    memcpy(y.events, events, (size_t)n * sizeof *events);
    return y;
}

/* ---- the locks of a race ---------------------------------------------------- */

static const struct trace_ref *shared_lock(const struct trace_access *a,
                                           const struct trace_access *b)
{
    for (size_t i = 0; i < a->lock_count; i++)
        for (size_t k = 0; k < b->lock_count; k++)
            if (names_same_object(&a->locks[i], &b->locks[k]))
                return &a->locks[i];
    return NULL;
}

static struct why two_locks(const struct trace_state *st, const struct trace_failure *f)
{
    const struct trace_access *a = &f->race[0], *b = &f->race[1];
    char *x = names_short(&a->locks[0]), *y = names_short(&b->locks[0]), *s, *o = names_short(&f->object);
    s = xasprintf("%s holds %s, %s holds %s: two different locks keep nobody away from %s",
                  why_name(st, a->tid), x, why_name(st, b->tid), y, o);
    free(x);
    free(y);
    free(o);
    return say(s, "M14");
}

/* Both hold it, and still nothing orders them: for reading, then. */
static struct why read_lock(const struct trace_state *st, const struct trace_failure *f, const struct trace_ref *lock)
{
    const struct trace_access *w = f->race[0].write ? &f->race[0] : &f->race[1];
    char *x = names_short(lock), *o = names_short(&f->object);
    char *s = xasprintf("%s writes %s while it holds %s only for reading, which keeps no other "
                        "reader out",
                        why_name(st, w->tid), o, x);
    free(x);
    free(o);
    return say(s, "M34");
}

static struct why one_side(const struct trace_state *st, const struct trace_failure *f)
{
    bool first = f->race[0].lock_count > 0;
    const struct trace_access *with = &f->race[!first], *without = &f->race[first];
    char *x = names_short(&with->locks[0]), *o = names_short(&f->object);
    char *s = xasprintf("%s holds %s, but %s %s %s without it: %s", why_name(st, with->tid), x,
                        why_name(st, without->tid), without->write ? "writes" : "reads", o,
                        without->write ? "a lock keeps out only those who take it too"
                                       : "a reader needs the lock too");
    free(x);
    free(o);
    return say(s, without->write ? "M13" : "M09");
}

static struct why of_locks(const struct trace_state *st, const struct trace_failure *f)
{
    const struct trace_access *a = &f->race[0], *b = &f->race[1];
    const struct trace_ref *both = shared_lock(a, b);
    if (both)
        return read_lock(st, f, both);
    if (a->lock_count && b->lock_count)
        return two_locks(st, f);
    return a->lock_count || b->lock_count ? one_side(st, f) : nothing;
}

/* ---- who changed what whom knew ---------------------------------------------- */

static bool same_line(const struct trace_event *a, const struct trace_event *b)
{
    return names_same_place(&a->at, &b->at);
}

static struct why lost(const struct trace_run *run, const struct lost_update *l)
{
    const struct trace_event *r = &run->events[l->read], *b = &run->events[l->between],
                             *w = &run->events[l->write];
    char *o = short_name(r), *old = names_value(r), *new = names_value(b), *mine = names_value(w), *s;
    if (same_line(r, w))
        s = xasprintf("%s read %s = %s, then %s wrote %s; what %s wrote next (%s) comes from the old "
                      "value: %s's change is lost",
                      why_name(&run->state, r->tid), o, old, why_name(&run->state, b->tid), new,
                      why_name(&run->state, r->tid), mine,
                      why_name(&run->state, b->tid));
    else
        s = xasprintf("%s read %s = %s and later wrote %s = %s, but in between %s had made it %s: what "
                      "%s went by was no longer true",
                      why_name(&run->state, r->tid), o, old, o, mine, why_name(&run->state, b->tid), new,
                      why_name(&run->state, r->tid));
    free(o);
    free(old);
    free(new);
    free(mine);
    struct why y = say(s, same_line(r, w) ? "M04" : "M16");
    return showing(y, 2, (size_t[]){l->read, l->write});
}

static struct why overwritten(const struct trace_run *run, const struct lost_update *l)
{
    const struct trace_event *r = &run->events[l->read], *w = &run->events[l->write];
    char *o = short_name(r), *mine = names_value(w), *found = names_value(r);
    char *s = xasprintf("%s wrote %s = %s, but when it reads it again it finds %s: %s wrote in "
                        "between",
                        why_name(&run->state, w->tid), o, mine, found,
                        why_name(&run->state, run->events[l->between].tid));
    free(o);
    free(mine);
    free(found);
    return showing(say(s, "M04"), 3, (size_t[]){l->write, l->between, l->read});
}

static struct why half(const struct trace_run *run, const struct half_seen *h)
{
    const struct trace_event *w = &run->events[h->writes[0]];
    bool first_new = h->reads[0] > h->writes[0];
    const struct trace_event *new = &run->events[h->reads[!first_new]],
                             *old = &run->events[h->reads[first_new]];
    char *x = short_name(new), *y = short_name(old), *vx = names_value(new), *vy = names_value(old);
    char *s = xasprintf("%s read %s = %s after %s had changed it, but %s = %s from before that "
                        "change: it saw half of what belongs together",
                        why_name(&run->state, new->tid), x, vx, why_name(&run->state, w->tid), y, vy);
    free(x);
    free(y);
    free(vx);
    free(vy);
    return showing(say(s, "M16"), 4,
                   (size_t[]){h->writes[0], h->writes[1], h->reads[0], h->reads[1]});
}

static bool by_others(const struct trace_run *run, const struct half_seen *h)
{
    const struct trace_place *a = &run->events[h->writes[0]].at, *b = &run->events[h->writes[1]].at;
    const struct trace_place *c = &run->events[h->reads[0]].at, *d = &run->events[h->reads[1]].at;
    return a->func && b->func && c->func && d->func && strcmp(a->func, b->func) == 0 &&
           strcmp(c->func, d->func) == 0;
}

static struct why twice(const struct trace_run *run, const struct looked_twice *l)
{
    const struct trace_event *r = &run->events[l->first], *b = &run->events[l->between],
                             *again = &run->events[l->again], *w = &run->events[l->write];
    char *o = short_name(r), *old = names_value(r), *new = names_value(again), *mine = names_value(w);
    char *s = xasprintf("%s read %s = %s, but when it read it again %s had made it %s; what it then did "
                        "(%s = %s) is right only for the first value",
                        why_name(&run->state, r->tid), o, old, why_name(&run->state, b->tid), new, o, mine);
    free(o);
    free(old);
    free(new);
    free(mine);
    return showing(say(s, "M16"), 4, (size_t[]){l->first, l->between, l->again, l->write});
}

static struct why of_values(const struct trace_run *run)
{
    struct lost_update l;
    struct half_seen h;
    struct looked_twice two;
    if (facts_lost_update(run, &l))
        return lost(run, &l);
    if (facts_half_seen(run, &h) && by_others(run, &h))
        return half(run, &h);
    return facts_looked_twice(run, &two) ? twice(run, &two) : nothing;
}

static struct why woken(const struct trace_run *run, int tid)
{
    struct stolen s;
    if (!facts_stolen_wakeup(run, tid, &s))
        return nothing;
    const struct trace_event *wake = &run->events[s.wake], *w = &run->events[s.between];
    if (s.between == s.relock)
        return showing(say(xasprintf("%s woke without a signal, which is allowed, and went on as if "
                                     "there had been one",
                                     why_name(&run->state, tid)),
                           "M28"),
                       2, (size_t[]){s.wake, s.relock});
    char *o = short_name(w), *v = names_value(w);
    char *text = xasprintf("%s was woken by %s, but before it had the lock again %s made %s = %s; %s went "
                           "on without looking again",
                           why_name(&run->state, tid), wake->tid == tid ? "nobody" : why_name(&run->state, wake->tid),
                           why_name(&run->state, w->tid), o, v, why_name(&run->state, tid));
    free(o);
    free(v);
    return showing(say(text, "M28"), 3, (size_t[]){s.wake, s.between, s.relock});
}

static struct why woken_any(const struct report_test *t)
{
    struct why y = woken(&t->run, t->result.failure.tid);
    for (size_t i = 0; !y.text && i < t->run.state.thread_count; i++)
        y = woken(&t->run, t->run.state.threads[i].tid);
    return y;
}

struct why why_of_wrong(const struct report_test *t)
{
    struct why y = woken_any(t);
    return y.text ? y : of_values(&t->run);
}

/* ---- races --------------------------------------------------------------------- */

static size_t read_event(const struct trace_run *run, const struct trace_access *a)
{
    size_t i = 0;
    while (i < run->count && !(run->events[i].tid == a->tid && facts_is_read(&run->events[i]) &&
                               names_same_place(&run->events[i].at, &a->at)))
        i++;
    return i;
}

/* main reads what its thread writes, and has not waited for it. */
static struct why not_joined(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        const struct trace_access *r = &f->race[i], *w = &f->race[!i];
        size_t e = read_event(&t->run, r);
        if (r->write || !w->write || !facts_created_by(&t->run, r->tid, w->tid) ||
            facts_joined_before(&t->run, e, r->tid, w->tid))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s reads %s before it has joined %s, so nothing says that %s has written "
                            "it by then",
                            why_name(&t->run.state, r->tid), o, why_name(&t->run.state, w->tid),
                            why_name(&t->run.state, w->tid));
        free(o);
        return say(s, "M01");
    }
    return nothing;
}

/* A thread reads a local variable of the one that created it, who goes on changing it. */
static struct why lent(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        const struct trace_access *r = &f->race[i], *w = &f->race[!i];
        if (r->write || !w->write || f->object.kind != REF_STACK || f->object.tid != w->tid ||
            !facts_created_by(&t->run, w->tid, r->tid))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s was given the address of %s, and %s changes %s while %s may still read it",
                            why_name(&t->run.state, r->tid), o, why_name(&t->run.state, w->tid), o,
                            why_name(&t->run.state, r->tid));
        free(o);
        return say(s, "M26");
    }
    return nothing;
}

struct why why_of_race(const struct report_test *t)
{
    bool led = t->result.consequence.reason != REASON_NONE;
    struct lost_update l;
    struct why y = of_locks(&t->run.state, &t->result.failure);
    if (!y.text)
        y = lent(t);
    if (!y.text && led)
        y = of_values(&t->run);
    if (!y.text)
        y = not_joined(t);
    if (!y.text && led && facts_overwritten(&t->run, &l))
        y = overwritten(&t->run, &l);
    return y;
}

/* ---- memory that is gone --------------------------------------------------------- */

static const char *freer_of(const struct report_test *t, const struct trace_failure *f)
{
    int tid = facts_freer(&t->run, &f->at2);
    return tid == TRACE_NO_THREAD ? "another thread" : why_name(&t->run.state, tid);
}

static struct why of_memory(const struct report_test *t, const struct trace_failure *f)
{
    int freer = facts_freer(&t->run, &f->at2);
    if (f->reason == REASON_DEAD_STACK && f->other >= 0)
        return say(xasprintf("a local variable lives until its function returns, and nothing makes %s "
                             "wait for %s",
                             why_name(&t->run.state, f->other), why_name(&t->run.state, f->tid)),
                   "M26");
    if (freer == TRACE_NO_THREAD || freer == f->tid)
        return nothing;
    if (f->reason == REASON_USE_AFTER_FREE)
        return say(xasprintf("%s frees the memory, and nothing makes it wait until %s has used it for the "
                             "last time",
                             freer_of(t, f), why_name(&t->run.state, f->tid)),
                   NULL);
    if (f->reason == REASON_DOUBLE_FREE)
        return say(xasprintf("%s had freed it already: both came to the point where freeing was up to "
                             "them",
                             freer_of(t, f)),
                   NULL);
    return nothing;
}

struct why why_of_crash(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (reason_verdict(f->reason) != VERDICT_CRASH)
        f = &t->result.consequence;
    struct why y = of_memory(t, f);
    if (!y.text && f->reason == REASON_DOUBLE_FREE)
        y = of_values(&t->run);
    return y;
}
