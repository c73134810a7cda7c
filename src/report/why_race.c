/* why_race: two accesses that nothing orders: which lock is missing, or what one side took for granted. */
#include "report/why.h"

#include <stdlib.h>
#include <string.h>

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

/* A local one may be gone by now, and have no name. */
static char *lock_name(const struct trace_ref *lock)
{
    return lock->kind == REF_OTHER || (lock->kind == REF_STACK && !lock->name) ? xstrdup("a lock of its own") : names_short(lock);
}

static struct why two_locks(const struct trace_state *st, const struct trace_failure *f)
{
    const struct trace_access *a = &f->race[0], *b = &f->race[1];
    char *x = lock_name(&a->locks[0]), *y = lock_name(&b->locks[0]), *s, *o = names_short(&f->object);
    const char *first = why_name(st, a->tid), *second = why_name(st, b->tid);
    if (strcmp(x, y) == 0 && !str_starts(x, "a lock of"))
        s = xasprintf("%s and %s each hold a lock called %s, but not the same: two different locks keep nobody away from %s",
                      first, second, x, o);
    else
        s = xasprintf("%s holds %s, %s holds %s: two different locks keep nobody away from %s", first, x, second, y, o);
    free(x);
    free(y);
    free(o);
    return why_say(s, "M14");
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
    return why_say(s, "M34");
}

/* Each process has the lock at the same place, and each in memory of its own. */
static struct why lock_of_each(const struct trace_state *st, const struct trace_failure *f, const struct trace_ref *lock)
{
    char *x = names_short(lock), *o = names_short(&f->object);
    char *s = xasprintf("%s and %s share %s, but not %s: after fork each process has a copy of it, and locks its own",
                        why_name(st, f->race[0].tid), why_name(st, f->race[1].tid), o, x);
    free(x);
    free(o);
    return why_in_words(why_say(s, "M38"), "a lock in ordinary memory were one lock for both processes");
}

static int process_of(const struct trace_state *st, int tid)
{
    const struct trace_thread *t = facts_thread(st, tid);
    return t ? t->process : 0;
}

/* Does somebody wait for news with this lock in this run? */
static bool is_waited_with(const struct trace_run *run, const struct trace_ref *lock)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].kind == EVENT_COND_WAIT && names_same_object(&run->events[i].object2, lock))
            return true;
    return false;
}

static struct why one_side(const struct trace_run *run, const struct trace_failure *f)
{
    const struct trace_state *st = &run->state;
    bool first = f->race[0].lock_count > 0;
    const struct trace_access *with = &f->race[!first], *without = &f->race[first];
    char *x = names_short(&with->locks[0]), *o = names_short(&f->object);
    char *s = xasprintf("%s holds %s, but %s %s %s without it: %s", why_name(st, with->tid), x,
                        why_name(st, without->tid), without->write ? "writes" : "reads", o,
                        without->write ? "a lock keeps out only those who take it too"
                                       : "a reader needs the lock too");
    free(x);
    free(o);
    if (facts_is_volatile(&f->object))
        return why_say(s, "M11");
    if (!without->write)
        return why_say(s, "M09");
    if (is_waited_with(run, &with->locks[0]))
        return why_say(s, "M29");
    return why_in_words(why_say(s, "M13"), "a lock kept out those, too, who do not take it");
}

struct why why_of_locks(const struct report_test *t)
{
    const struct trace_state *st = &t->run.state;
    const struct trace_failure *f = &t->result.failure;
    const struct trace_access *a = &f->race[0], *b = &f->race[1];
    const struct trace_ref *both = shared_lock(a, b);
    if (both && process_of(st, a->tid) != process_of(st, b->tid))
        return lock_of_each(st, f, both);
    if (both)
        return read_lock(st, f, both);
    if (a->lock_count && b->lock_count)
        return two_locks(st, f);
    return a->lock_count || b->lock_count ? one_side(&t->run, f) : why_nothing;
}

/* ---- races --------------------------------------------------------------------- */

static bool touches(const struct trace_event *ev, int tid, const struct trace_ref *object)
{
    return ev->tid == tid && facts_is_access(ev) && names_same_object(&ev->object, object);
}

static bool uses(const struct trace_run *run, int tid, const struct trace_ref *object)
{
    for (size_t i = 0; i < run->count; i++)
        if (touches(&run->events[i], tid, object))
            return true;
    return false;
}

static size_t read_event(const struct trace_run *run, const struct trace_access *a)
{
    size_t i = 0;
    while (i < run->count && !(run->events[i].tid == a->tid && facts_is_read(&run->events[i]) &&
                               names_same_place(&run->events[i].at, &a->at)))
        i++;
    return i;
}

/* The creator goes on to change, without a lock, what its thread uses: the two work on it together, and no join in
 * between would do. */
static bool works_along(const struct trace_run *run, int creator, int tid)
{
    bool created = false;
    int held = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid != creator)
            continue;
        if ((ev->kind == EVENT_JOIN || ev->kind == EVENT_WAIT) && ev->value == (uint64_t)tid)
            return false;
        created |= ev->kind == EVENT_CREATE && ev->value == (uint64_t)tid;
        held += facts_locks_taken(ev);
        if (!created || held > 0 || !facts_is_access(ev) || !facts_is_write(ev) || names_of_check(&ev->at))
            continue;
        if (uses(run, tid, &ev->object))
            return true;
    }
    return false;
}

static bool both_in_check(const struct trace_failure *f)
{
    return names_of_check(&f->race[0].at) && names_of_check(&f->race[1].at);
}

/* main reads what its thread writes, and has not waited for it. */
static struct why not_joined(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2 && !both_in_check(f); i++) {
        const struct trace_access *r = &f->race[i], *w = &f->race[!i];
        size_t e = read_event(&t->run, r);
        if (r->write || !w->write || !facts_created_by(&t->run, r->tid, w->tid) ||
            facts_joined_before(&t->run, e, r->tid, w->tid) || works_along(&t->run, r->tid, w->tid))
            continue;
        bool child = process_of(&t->run.state, w->tid) != process_of(&t->run.state, r->tid);
        char *o = names_short(&f->object);
        char *s = xasprintf("%s reads %s before it has %s %s, so nothing says that %s has written "
                            "it by then",
                            why_name(&t->run.state, r->tid), o, child ? "waited for" : "joined",
                            why_name(&t->run.state, w->tid), why_name(&t->run.state, w->tid));
        free(o);
        return why_in_words(why_say(s, "M01"), child ? "a child were done as soon as it is started" : NULL);
    }
    return why_nothing;
}

static bool wrote_before_creating(const struct trace_run *run, int tid, int other, const struct trace_ref *object)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid == tid && ev->kind == EVENT_CREATE && ev->value == (uint64_t)other)
            return false;
        if (ev->tid == tid && facts_is_write(ev) && names_same_object(&ev->object, object))
            return true;
    }
    return false;
}

/* The creator's own variable, or a block that it filled before it created the thread and fills again. */
static bool is_lent(const struct trace_run *run, const struct trace_failure *f, int creator, int reader)
{
    if (f->object.kind == REF_STACK)
        return f->object.tid == creator;
    return f->object.kind == REF_HEAP && wrote_before_creating(run, creator, reader, &f->object);
}

/* A thread reads what its argument points to, and who created it goes on changing that. */
static struct why lent(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2 && !both_in_check(f); i++) {
        const struct trace_access *r = &f->race[i], *w = &f->race[!i];
        if (r->write || !w->write || !facts_created_by(&t->run, w->tid, r->tid) ||
            facts_side_frees(&t->run, w) || !is_lent(&t->run, f, w->tid, r->tid))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s was given the address of %s, and %s changes %s while %s may still read it",
                            why_name(&t->run.state, r->tid), o, why_name(&t->run.state, w->tid), o,
                            why_name(&t->run.state, r->tid));
        free(o);
        return why_say(s, "M26");
    }
    return why_nothing;
}

/* ---- flags -------------------------------------------------------------------- */

/* How often the thread only reads the object; 0 when it writes it, too. */
static size_t looks(const struct trace_run *run, int tid, const struct trace_ref *object)
{
    size_t n = 0;
    for (size_t i = 0; i < run->count; i++) {
        if (touches(&run->events[i], tid, object) && facts_is_write(&run->events[i]))
            return 0;
        n += touches(&run->events[i], tid, object);
    }
    return n;
}

static bool reads_it(const struct trace_run *run, int tid, const struct trace_ref *object)
{
    for (size_t i = 0; i < run->count; i++)
        if (touches(&run->events[i], tid, object) && facts_is_read(&run->events[i]))
            return true;
    return false;
}

static bool is_small_flag(const struct trace_failure *f)
{
    return f->object.decl && (strstr(f->object.decl, "Bool") || strstr(f->object.decl, "sig_atomic_t"));
}

/* One only sets it, the other only looks: at a bool, if `small`, else again and again. */
static struct why flag(const struct report_test *t, bool small)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        const struct trace_access *r = &f->race[i], *w = &f->race[!i];
        size_t n = looks(&t->run, r->tid, &f->object);
        if (r->write || !w->write || names_of_check(&r->at) || reads_it(&t->run, w->tid, &f->object) ||
            (small ? !is_small_flag(f) : n < 2))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s sets %s and %s looks at it, and nothing orders the two: neither its size nor volatile "
                            "makes a plain variable a signal",
                            why_name(&t->run.state, w->tid), o, why_name(&t->run.state, r->tid));
        free(o);
        return why_say(s, "M11");
    }
    return why_nothing;
}

/* Neither side has a lock here, and elsewhere the object is used with one. */
static struct why elsewhere_locked(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    int held[TRACE_MAX_THREADS] = {0};
    for (size_t i = 0; i < t->run.count; i++) {
        const struct trace_event *ev = &t->run.events[i];
        held[ev->tid] += facts_locks_taken(ev);
        if (held[ev->tid] <= 0 || !facts_is_access(ev) || names_of_check(&ev->at) ||
            !names_same_object(&ev->object, &f->object))
            continue;
        char *o = names_short(&f->object), *at = names_place(&ev->at);
        char *s = xasprintf("%s is used with a lock at %s, but with none here: a lock protects only where it is taken", o, at);
        free(o);
        free(at);
        return why_in_words(why_say(s, "M13"), "a lock protected data also where nobody takes it");
    }
    return why_nothing;
}

/* One frees it, and the other one uses it. */
static struct why freed(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        if (!facts_side_frees(&t->run, &f->race[i]))
            continue;
        char *s = xasprintf("%s frees the memory, and nothing makes it wait until %s has used it for the last time",
                            why_name(&t->run.state, f->race[i].tid), why_name(&t->run.state, f->race[!i].tid));
        return why_in_words(why_say(s, "M08"), why_reason(REASON_USE_AFTER_FREE)->right_if);
    }
    return why_nothing;
}

static bool changes_after_a_look(const struct trace_run *run, int tid, const struct trace_ref *object)
{
    bool looked = false;
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (!touches(ev, tid, object))
            continue;
        if (looked && ev->kind == EVENT_WRITE)
            return true;
        looked |= facts_is_read(ev);
    }
    return false;
}

/* Nothing came of it in this run, but one looks and then changes, and the other one may come in between. */
static struct why looks_then_changes(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (t->result.consequence.reason != REASON_NONE || both_in_check(f))
        return why_nothing;
    for (int i = 0; i < 2; i++) {
        if (!changes_after_a_look(&t->run, f->race[i].tid, &f->object) || !reads_it(&t->run, f->race[!i].tid, &f->object))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s looks at %s and then changes it, and nothing keeps %s from coming in between",
                            why_name(&t->run.state, f->race[i].tid), o, why_name(&t->run.state, f->race[!i].tid));
        free(o);
        return why_in_words(why_say(s, "M04"), "to look and then to change were one step");
    }
    return why_nothing;
}

/* What the thread of an event loop uses is changed by another one. */
static struct why of_the_loop(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    for (int i = 0; i < 2; i++) {
        const struct trace_access *loop = &f->race[i], *w = &f->race[!i];
        if (!w->write || names_of_check(&w->at) || !facts_runs_loop(&t->run, loop->tid) || facts_runs_loop(&t->run, w->tid))
            continue;
        char *o = names_short(&f->object);
        char *s = xasprintf("%s runs an event loop, and %s changes %s, which the loop uses: what belongs to a loop is "
                            "touched by its thread alone", why_name(&t->run.state, loop->tid),
                            why_name(&t->run.state, w->tid), o);
        free(o);
        return why_say(s, "M45");
    }
    return why_nothing;
}

static struct why not_indivisible(const struct trace_failure *f)
{
    char *o = names_short(&f->object);
    char *s = xasprintf("%s is volatile: that keeps the compiler from leaving an access out, but orders nothing between "
                        "threads", o);
    free(o);
    return why_say(s, "M11");
}

struct why why_of_race(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    bool led = t->result.consequence.reason != REASON_NONE;
    struct why y = why_of_locks(t);
    if (!y.text)
        y = flag(t, true);
    if (!y.text)
        y = lent(t);
    if (!y.text && led)
        y = why_of_lost_update(t, &f->object);
    if (facts_is_volatile(&f->object) && y.text)
        y.belief = "M11", y.right_if = NULL;
    if (!y.text && facts_is_volatile(&f->object))
        y = not_indivisible(f);
    if (!y.text && both_in_check(f)) /* two came in */
        y = why_of_woken(t);
    if (!y.text)
        y = of_the_loop(t);
    if (!y.text)
        y = not_joined(t);
    if (!y.text)
        y = freed(t);
    if (!y.text)
        y = looks_then_changes(t);
    if (!y.text)
        y = flag(t, false);
    return y.text ? y : elsewhere_locked(t);
}
