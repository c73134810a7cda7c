/* why_memory: failures of shared memory: wrong results, memory that is gone. */
#include "report/why.h"

#include <stdlib.h>
#include <string.h>

/* ---- pieces --------------------------------------------------------------- */

static char *short_name(const struct trace_event *ev) { return names_short(&ev->object); }

static struct why showing(struct why y, int n, const size_t *events)
{
    y.event_count = n;
    memcpy(y.events, events, (size_t)n * sizeof *events);
    return y;
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
    struct why y = why_say(s, same_line(r, w) ? "M04" : "M16");
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
    struct why y = why_say(s, "M05");
    y.right_if = "nobody came between what a thread writes and what it reads again";
    return showing(y, 3, (size_t[]){l->write, l->between, l->read});
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
    return showing(why_say(s, "M16"), 4,
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
    return showing(why_say(s, "M16"), 4, (size_t[]){l->first, l->between, l->again, l->write});
}

static struct why woken(const struct trace_run *run, int tid)
{
    struct stolen s;
    if (!facts_stolen_wakeup(run, tid, &s))
        return why_nothing;
    const struct trace_event *wake = &run->events[s.wake], *w = &run->events[s.between];
    if (s.between == s.relock)
        return showing(why_say(xasprintf("%s woke without a signal, which is allowed, and went on as if "
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
    return showing(why_say(text, "M28"), 3, (size_t[]){s.wake, s.between, s.relock});
}

struct why why_of_woken(const struct report_test *t)
{
    struct why y = woken(&t->run, t->result.failure.tid);
    for (size_t i = 0; !y.text && i < t->run.state.thread_count; i++)
        y = woken(&t->run, t->run.state.threads[i].tid);
    return y;
}

/* ---- what values suggest --------------------------------------------------- */

/* Where no lock was taken, nobody can have thought that several locked steps are one. */
static struct why without_locks(struct why y, const char *right_if)
{
    y.belief = "M04";
    y.right_if = right_if;
    return y;
}

struct why why_of_lost_update(const struct report_test *t, const struct trace_ref *object)
{
    const struct trace_run *run = &t->run;
    struct lost_update l;
    if (!facts_lost_update(run, object, &l))
        return why_nothing;
    struct why y = lost(run, &l);
    if (facts_bare_race(&t->result.failure) && !same_line(&run->events[l.read], &run->events[l.write]))
        y = without_locks(y, "to look and then to change were one step");
    return y;
}

static struct why half_or_twice(const struct report_test *t)
{
    bool bare = facts_bare_race(&t->result.failure);
    struct half_seen h;
    struct looked_twice two;
    if (facts_half_seen(&t->run, &h) && by_others(&t->run, &h)) {
        struct why y = half(&t->run, &h);
        return bare ? without_locks(y, "what belongs together were written and read in one step") : y;
    }
    if (!facts_looked_twice(&t->run, &two))
        return why_nothing;
    struct why y = twice(&t->run, &two);
    return bare ? without_locks(y, "to look and then to change were one step") : y;
}

struct why why_of_values(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    bool race = f->has_race;
    struct lost_update l;
    if (reason_verdict(f->reason) != VERDICT_WRONG && !(race && t->result.consequence.reason != REASON_NONE))
        return why_nothing;
    struct why y = race ? why_nothing : why_of_lost_update(t, NULL);
    if (!y.text)
        y = half_or_twice(t);
    if (!y.text && race && facts_overwritten(&t->run, &l) &&
        names_same_object(&t->run.events[l.read].object, &f->object))
        y = overwritten(&t->run, &l);
    return y;
}

/* ---- memory that is gone --------------------------------------------------------- */

static const char *freer_of(const struct report_test *t, const struct trace_failure *f)
{
    int tid = facts_freer(&t->run, &f->at2);
    return tid == TRACE_NO_THREAD ? "another thread" : why_name(&t->run.state, tid);
}

/* The memory came with the thread, and who created it did not wait for it. */
static const char *belief_of_free(const struct report_test *t, const struct trace_failure *f, int freer)
{
    return facts_created_by(&t->run, freer, f->tid) ? "M26" : NULL;
}

static struct why of_memory(const struct report_test *t, const struct trace_failure *f)
{
    int freer = facts_freer(&t->run, &f->at2);
    if (f->reason == REASON_DEAD_STACK && f->other >= 0)
        return why_say(xasprintf("a local variable lives until its function returns, and nothing makes %s "
                                 "wait for %s",
                                 why_name(&t->run.state, f->other), why_name(&t->run.state, f->tid)),
                       NULL);
    if (freer == TRACE_NO_THREAD || freer == f->tid)
        return why_nothing;
    if (f->reason == REASON_USE_AFTER_FREE)
        return why_say(xasprintf("%s frees the memory, and nothing makes it wait until %s has used it for the "
                                 "last time",
                                 freer_of(t, f), why_name(&t->run.state, f->tid)),
                       belief_of_free(t, f, freer));
    if (f->reason == REASON_DOUBLE_FREE)
        return why_say(xasprintf("%s had freed it already: both came to the point where freeing was up to "
                                 "them",
                                 freer_of(t, f)),
                       NULL);
    return why_nothing;
}

struct why why_of_crash(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (reason_verdict(f->reason) != VERDICT_CRASH)
        f = &t->result.consequence;
    struct why y = of_memory(t, f);
    if (!y.text && f->reason == REASON_DOUBLE_FREE)
        y = why_of_lost_update(t, NULL);
    return y;
}

/* ---- what was destroyed --------------------------------------------------------- */

static bool destroys(const struct trace_event *ev, const struct trace_ref *object)
{
    return (ev->kind == EVENT_MUTEX_DESTROY || ev->kind == EVENT_COND_DESTROY || ev->kind == EVENT_SEM_DESTROY ||
            ev->kind == EVENT_RWLOCK_DESTROY || ev->kind == EVENT_BARRIER_DESTROY) &&
           names_same_object(&ev->object, object);
}

/* Who destroyed it itself has waited for nobody by that. */
struct why why_of_destroyed(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (f->reason != REASON_DESTROYED_USED)
        f = &t->result.consequence;
    size_t i = f->reason == REASON_DESTROYED_USED ? t->run.count : 0;
    while (i > 0 && !destroys(&t->run.events[i - 1], &f->object))
        i--;
    if (i == 0)
        return why_nothing;
    const struct trace_event *ev = &t->run.events[i - 1];
    char *at = names_place(&ev->at), *o = names_short(&f->object);
    struct why y = why_say(xasprintf("%s destroyed %s at %s: what was destroyed is gone, for everybody",
                                     why_name(&t->run.state, ev->tid), o, *at ? at : "a line of its own"),
                           "M08");
    y.right_if = ev->tid == f->tid ? "what was destroyed could still be used" : why_reason(f->reason)->right_if;
    free(at);
    free(o);
    return showing(y, 1, (size_t[]){i - 1});
}
