/* why_stuck: who waits for whom, and since when: from the threads as they stand at the end. */
#include "report/why.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static struct why showing(struct why y, size_t event)
{
    y.events[y.event_count++] = event;
    return y;
}

/* ---- circles -------------------------------------------------------------- */

static const struct trace_thread *next_in_circle(const struct trace_state *st,
                                                 const struct trace_thread *t)
{
    if (!t || t->status != THREAD_BLOCKED)
        return NULL;
    if (t->next == EVENT_JOIN)
        return facts_thread(st, (int)t->value);
    return t->holder >= 0 && t->holder != t->tid ? facts_thread(st, t->holder) : NULL;
}

/* The circle that `first` is in, in order; 0: it is in none. */
static size_t circle(const struct trace_state *st, int first, const struct trace_thread **out)
{
    size_t n = 0;
    const struct trace_thread *t = facts_thread(st, first);
    do {
        if (!t || n == TRACE_MAX_THREADS)
            return 0;
        out[n++] = t;
        t = next_in_circle(st, t);
    } while (t && t->tid != first);
    return t ? n : 0;
}

static size_t any_circle(const struct trace_state *st, const struct trace_thread **out)
{
    size_t n = 0;
    for (size_t i = 0; !n && i < st->thread_count; i++)
        n = circle(st, st->threads[i].tid, out);
    return n > 1 ? n : 0;
}

static struct why all_join(const struct trace_thread **c, size_t n)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n; i++)
        strbuf_addf(&b, "%s%s joins %s", !i ? "" : i + 1 < n ? ", " : " and ", why_thread(c[i]),
                    why_thread(c[(i + 1) % n]));
    strbuf_adds(&b, ": each waits for the other to end first");
    return why_say(strbuf_take(&b), NULL);
}

static bool one_lock(const struct trace_thread **c, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!names_same_object(&c[i]->object, &c[0]->object))
            return false;
    return true;
}

static struct why upgrade(const struct trace_thread **c)
{
    char *o = names_short(&c[0]->object);
    char *s = xasprintf("%s and %s both hold %s for reading, and each waits for the other to let go "
                        "before it may write",
                        why_thread(c[0]), why_thread(c[1]), o);
    free(o);
    return why_say(s, "M34");
}

static struct why abba(const struct trace_thread **c)
{
    char *x = names_short(&c[0]->object), *y = names_short(&c[1]->object);
    char *s = xasprintf("%s took %s first and then wants %s, %s took %s first and then wants %s: the "
                        "same two locks in opposite orders",
                        why_thread(c[0]), y, x, why_thread(c[1]), x, y);
    free(x);
    free(y);
    return why_say(s, "M19");
}

static struct why longer(const struct trace_thread **c, size_t n)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n; i++)
        strbuf_addf(&b, "%s%s%s for %s", i ? ", " : "", why_thread(c[i]), i ? "" : " waits",
                    why_thread(c[(i + 1) % n]));
    strbuf_adds(&b, ": each holds what the one before it needs, and none gives it back first");
    return why_say(strbuf_take(&b), "M19");
}

static size_t joins_in(const struct trace_thread **c, size_t n)
{
    size_t joins = 0;
    for (size_t i = 0; i < n; i++)
        joins += c[i]->next == EVENT_JOIN;
    return joins;
}

static struct why of_circle(const struct trace_state *st)
{
    const struct trace_thread *c[TRACE_MAX_THREADS];
    size_t n = any_circle(st, c), joins = joins_in(c, n);
    if (!n)
        return why_nothing;
    if (joins == n)
        return all_join(c, n);
    if (!joins && one_lock(c, n))
        return upgrade(c);
    return n == 2 && !joins ? abba(c) : longer(c, n);
}

/* ---- one that never comes --------------------------------------------------- */

static enum event_kind taken_by(const struct trace_run *run, const struct trace_failure *f)
{
    for (size_t i = run->count; i-- > 0;)
        if (run->events[i].tid == f->tid && facts_takes_lock(&run->events[i]) &&
            names_same_object(&run->events[i].object, &f->object))
            return run->events[i].kind;
    return EVENT_NONE;
}

static bool is_in(const struct trace_thread *t, const char *func)
{
    for (size_t i = 0; i < t->stack_len; i++)
        if (t->stack[i].func && strcmp(t->stack[i].func, func) == 0)
            return true;
    return false;
}

/* Is the test called by the learner's functions, or does it not stand on the stack at all? */
static bool is_inside_out(const struct trace_thread *t)
{
    size_t i = 0;
    while (i < t->stack_len && !names_of_check(&t->stack[i]))
        i++;
    bool no_test = i == t->stack_len;
    for (; i < t->stack_len; i++)
        if (!names_of_check(&t->stack[i]))
            return true;
    return no_test;
}

/* Has it come back to the test since it took the lock? */
static bool came_back(const struct trace_run *run, const struct trace_thread *t, const struct trace_failure *f)
{
    bool back = false;
    if (is_inside_out(t))
        return false;
    for (size_t i = run->count; i-- > 0;) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid == f->tid && facts_takes_lock(ev) && names_same_place(&ev->at, &f->at2))
            return back;
        back |= ev->tid == f->tid && names_of_check(&ev->at);
    }
    return false;
}

/* Has the thread left the function in which it took the lock? It has when that function is nowhere on its stack, or
 * when the test itself has called it once more: the same line locks again. */
static bool has_left(const struct trace_thread *t, const struct trace_place *taken)
{
    if (!t->stack_len || !taken->func)
        return false;
    if (!is_in(t, taken->func))
        return true;
    return names_same_place(&t->stack[0], taken) && t->stack_len > 1 && names_of_check(&t->stack[1]);
}

/* What the test itself has taken, it may still hold. */
static bool has_kept(const struct trace_run *run, const struct trace_thread *t, const struct trace_failure *f)
{
    return t && !names_of_check(&f->at2) && (has_left(t, &f->at2) || came_back(run, t, f));
}

static struct why kept_by_self(const struct report_test *t, const struct trace_failure *f)
{
    char *o = names_short(&f->object), *at = names_place(&f->at2);
    char *s = xasprintf("%s took %s at %s and left that function without giving it back: now it waits for itself",
                        why_name(&t->run.state, f->tid), o, *at ? at : "a line of its own");
    free(o);
    free(at);
    return why_say(s, "M17");
}

static struct why of_self(const struct report_test *t, const struct trace_failure *f)
{
    bool reads = taken_by(&t->run, f) == EVENT_RDLOCK;
    const struct trace_thread *self = facts_thread(&t->run.state, f->tid);
    if (!reads && has_kept(&t->run, self, f))
        return kept_by_self(t, f);
    char *o = names_short(&f->object), *at = names_place(&f->at2);
    char *s = xasprintf("%s has held %s%s since %s: %s", why_name(&t->run.state, f->tid), o,
                        reads ? " for reading" : "", *at ? at : "before",
                        reads ? "a writer waits until every reader has left, itself among them"
                              : "a thread that waits for its own lock waits for itself");
    free(o);
    free(at);
    return why_say(s, reads ? "M34" : "M20");
}

static struct why of_holder(const struct trace_state *st, const struct trace_failure *f)
{
    const struct trace_thread *h = facts_thread(st, f->other);
    char *o = names_short(&f->object), *at = names_place(&f->at2), *s = NULL;
    const char *belief = "M18", *right_if = NULL;
    if (h && h->status != THREAD_ENDED && names_of_check(&f->at2)) {
        s = xasprintf("the test itself holds %s until it has an answer: who must not wait for it has to try", o);
        belief = "M08";
        right_if = "a lock that somebody holds always came free in time";
    } else if (h && h->status == THREAD_ENDED && f->object.kind == REF_SHARED) {
        s = xasprintf("%s took %s at %s and ended: a process that dies gives no lock back, and only a robust one tells the "
                      "next who wants it",
                      why_name(st, f->other), o, *at ? at : "a line of its own");
        belief = "M17";
        right_if = "a process that dies gave its locks back";
    } else if (h && h->status == THREAD_ENDED) {
        s = xasprintf("%s took %s at %s and ended without giving it back: one way out has no unlock",
                      why_name(st, f->other), o, *at ? at : "a line of its own");
        belief = "M17";
    } else if (h && h->status == THREAD_WAITING)
        s = xasprintf("%s still holds %s while it waits for a signal: waiting gives back only the mutex "
                      "it was given",
                      why_name(st, f->other), o);
    else if (h && h->status == THREAD_BLOCKED)
        s = xasprintf("%s still holds %s while it waits itself", why_name(st, f->other), o);
    free(o);
    free(at);
    return why_in_words(why_say(s, belief), right_if);
}

/* Who looked after the signal and waits all the same has missed nothing by it. */
static struct why of_looked(const struct report_test *t, const struct trace_failure *f, size_t signal)
{
    size_t i = facts_looked_since(&t->run, signal, f->tid);
    if (i == t->run.count)
        return why_nothing;
    struct why race = t->result.failure.has_race ? why_of_race(t) : why_nothing;
    if (race.text)
        return race;
    const struct trace_event *ev = &t->run.events[i], *sig = &t->run.events[signal];
    char *o = names_short(&ev->object), *value = names_value(ev), *at = names_place(&sig->at);
    char *s = xasprintf("%s looked after the signal at %s: %s was %s even then, and nobody is left to change it",
                        why_name(&t->run.state, f->tid), at, o, value);
    free(at);
    free(o);
    free(value);
    return showing(why_say(s, "M00"), i);
}

static struct why of_lost_signal(const struct report_test *t, const struct trace_failure *f)
{
    size_t i = facts_unheard_signal(&t->run, &f->object);
    if (i == t->run.count || t->run.events[i].tid == f->tid) /* its own was not for itself */
        return why_nothing;
    struct why looked = of_looked(t, f, i);
    if (looked.text)
        return looked;
    char *at = names_place(&t->run.events[i].at), *o = names_short(&f->object);
    char *s = xasprintf("%s signalled %s at %s, when nobody was waiting: such a signal is forgotten, and "
                        "%s began to wait after it",
                        why_name(&t->run.state, t->run.events[i].tid), o, at, why_name(&t->run.state, f->tid));
    free(at);
    free(o);
    return showing(why_say(s, "M27"), i);
}

static struct why of_gone_again(const struct report_test *t, const struct trace_failure *f)
{
    struct gone_again g;
    if (!facts_gone_again(&t->run, f->tid, &g))
        return why_nothing;
    const struct trace_event *ev = &t->run.events[g.changed];
    char *at = names_place(&t->run.events[g.wake].at), *o = names_short(&ev->object), *now = names_value(ev),
         *then = names_value_before(&t->run.events[g.first]);
    char *s = xasprintf("when %s was woken (%s), %s was %s; before it looked, %s had set it to %s, so it waits again, and "
                        "no further signal comes",
                        why_name(&t->run.state, f->tid), at, o, then, why_name(&t->run.state, ev->tid), now);
    free(at);
    free(o);
    free(now);
    free(then);
    return showing(why_say(s, "M30"), g.changed);
}

static struct why of_other_woken(const struct report_test *t, const struct trace_failure *f, int tid)
{
    size_t i = facts_other_woken(&t->run, &f->object, tid);
    if (i == t->run.count)
        return why_nothing;
    char *o = names_short(&f->object), *at = names_place(&t->run.events[i].at);
    char *s = xasprintf("the signal at %s woke %s alone, while %s waited on %s too", at,
                        why_name(&t->run.state, (int)t->run.events[i].value), why_name(&t->run.state, tid), o);
    free(o);
    free(at);
    return showing(why_say(s, "M31"), i);
}

/* Who was passed over: the one the report names, or another that still waits there. */
static struct why of_passed_over(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_state *st = &t->run.state;
    struct why y = of_other_woken(t, f, f->tid);
    for (size_t i = 0; !y.text && i < st->thread_count; i++)
        if (st->threads[i].status == THREAD_WAITING && names_same_object(&st->threads[i].object2, &f->object))
            y = of_other_woken(t, f, st->threads[i].tid);
    return y;
}

static bool is_signalled(const struct trace_run *run, const struct trace_ref *cond)
{
    return facts_count(run, EVENT_SIGNAL, cond) || facts_count(run, EVENT_BROADCAST, cond);
}

/* Another thread is stuck, too, and there nobody signals at all; or the signal came before it waited. */
static struct why of_silence(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_state *st = &t->run.state;
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *other = &st->threads[i];
        if (other->status != THREAD_WAITING || other->tid == f->tid || is_signalled(&t->run, &other->object2))
            continue;
        char *o = names_short(&other->object2);
        char *s = xasprintf("%s waits on %s, and nobody signals that in this run", why_name(st, other->tid), o);
        free(o);
        return facts_changed_since_wait(&t->run, other->tid)
                   ? why_in_words(why_say(s, "M08"), "who waits saw by itself when it may go on")
                   : why_say(s, NULL);
    }
    return of_lost_signal(t, f);
}

static struct why unsignalled(const struct report_test *t, const struct trace_failure *f, bool ever, bool changed)
{
    char *o = names_short(&f->object);
    char *s = ever ? xasprintf("nobody signals %s while %s waits: a change alone wakes no one", o,
                               why_name(&t->run.state, f->tid))
                   : xasprintf("nobody signals %s in this run%s", o, changed ? ": a change alone wakes no one" : "");
    free(o);
    return changed ? why_in_words(why_say(s, "M08"), "who waits saw by itself when it may go on") : why_say(s, NULL);
}

/* Nothing that it looks at has changed since: then why it waits is another's silence, or a wakeup that it lost. */
static struct why unchanged(const struct report_test *t, const struct trace_failure *f, bool ever)
{
    struct why silence = of_silence(t, f);
    if (silence.belief)
        return silence;
    struct why y = why_of_woken(t);
    if (!y.text && ever)
        return silence;
    free(silence.text);
    return y.text ? y : unsignalled(t, f, ever, false);
}

/* Where there is a race as well, that nobody signals may come from it. */
static struct why of_no_signal(const struct report_test *t, const struct trace_failure *f)
{
    struct why y = of_passed_over(t, f);
    if (!y.text && t->result.failure.has_race)
        y = why_of_race(t);
    bool ever = is_signalled(&t->run, &f->object);
    if (!y.text && ever)
        y = of_gone_again(t, f);
    if (y.text)
        return y;
    if (!facts_changed_since_wait(&t->run, f->tid))
        return unchanged(t, f, ever);
    if (ever && facts_signals_since_wait(&t->run, &f->object, f->tid))
        return of_silence(t, f);
    return unsignalled(t, f, ever, true);
}

static bool takes_one(const struct trace_event *ev, const struct trace_ref *sem)
{
    return (ev->kind == EVENT_SEM_WAIT || (ev->kind == EVENT_SEM_TRYWAIT && ev->value == 0)) &&
           names_same_object(&ev->object, sem);
}

/* By `tid`, or by anybody: TRACE_NO_THREAD. */
static size_t taken(const struct trace_run *run, const struct trace_ref *sem, int tid)
{
    size_t n = 0;
    for (size_t i = 0; i < run->count; i++)
        n += (tid == TRACE_NO_THREAD || run->events[i].tid == tid) && takes_one(&run->events[i], sem);
    return n;
}

static char *times(size_t n)
{
    static const char *const few[] = {"not at all", "once", "twice"};
    return n < 3 ? xstrdup(few[n]) : xasprintf("%zu times", n);
}

/* Another waits, too, and both at semaphores that nobody has posted in this run. */
static struct why each_for_the_other(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_state *st = &t->run.state;
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *o = &st->threads[i];
        if (o->tid == f->tid || o->status != THREAD_BLOCKED || o->next != EVENT_SEM_WAIT ||
            names_same_object(&o->object, &f->object) || facts_count(&t->run, EVENT_SEM_POST, &o->object))
            continue;
        char *x = names_short(&f->object), *y = names_short(&o->object);
        char *s = xasprintf("%s waits on %s and %s on %s, and nobody has posted either: each waits for the other to begin",
                            why_name(st, f->tid), x, why_name(st, o->tid), y);
        free(x);
        free(y);
        return why_in_words(why_say(s, "M08"), "who waits saw by itself when it may go on");
    }
    return why_nothing;
}

static char *posts_and_takes(const struct trace_ref *sem, size_t posted, size_t took)
{
    char *o = names_short(sem), *posts = times(posted), *takes = times(took);
    char *s = posted || took ? xasprintf("in this run %s was posted %s and taken %s: this wait is one too many", o, posts, takes)
                             : xasprintf("%s began with 0, and nobody posts it in this run", o);
    free(o);
    free(posts);
    free(takes);
    return s;
}

static struct why of_sem(const struct report_test *t, const struct trace_failure *f)
{
    size_t posted = facts_count(&t->run, EVENT_SEM_POST, &f->object);
    struct why y = posted ? why_nothing : each_for_the_other(t, f);
    if (y.text)
        return y;
    y.text = posts_and_takes(&f->object, posted, taken(&t->run, &f->object, TRACE_NO_THREAD));
    bool kept = !posted && taken(&t->run, &f->object, f->tid); /* it took one itself, and nobody gave one back */
    return kept ? why_in_words(why_say(y.text, "M17"), "leaving a function gave back what was taken") : y;
}

static struct why of_barrier(const struct trace_failure *f)
{
    char *o = names_short(&f->object);
    char *s = xasprintf("%s opens when %" PRIu64 " threads have come, and in this run only %" PRIu64
                        " ever can",
                        o, f->value2, f->value);
    free(o);
    return why_say(s, NULL);
}

/* It waits for others, and holds what one of them needs to get there. */
static struct why holding_up(const struct trace_state *st, const struct trace_failure *f)
{
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *t = &st->threads[i];
        if (t->status != THREAD_BLOCKED || t->holder != f->tid || t->tid == f->tid)
            continue;
        char *o = names_short(&f->object), *lock = names_short(&t->object);
        char *s = xasprintf("%s waits for %s while it holds %s, and %s cannot go on without %s",
                            why_name(st, f->tid), o, lock, why_name(st, t->tid), lock);
        free(o);
        free(lock);
        return why_say(s, "M18");
    }
    return why_nothing;
}

/* ---- children ------------------------------------------------------------------ */

/* The parent waits for a child that waits at a pipe. */
static struct why of_child_at_a_pipe(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_state *st = &t->run.state;
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *c = &st->threads[i];
        bool its = f->reason == REASON_DEADLOCK_WAIT ? c->process == f->other : c->process != 0;
        if (!its || c->status != THREAD_BLOCKED || (c->next != EVENT_FD_READ && c->next != EVENT_FD_WRITE))
            continue;
        bool full = c->next == EVENT_FD_WRITE;
        char *o = names_short(&c->object);
        char *s = full ? xasprintf("%s writes to %s, which is full, and who should read from it waits for %s to end", why_thread(c),
                                   o, why_thread(c))
                       : xasprintf("%s reads from %s until its end, and that does not come: somebody still has it open for "
                                   "writing", why_thread(c), o);
        free(o);
        return why_in_words(why_say(s, "M40"), full ? "a pipe took whatever is written into it"
                                                    : why_reason(REASON_DEADLOCK_EOF)->right_if);
    }
    return why_nothing;
}

/* A thread that runs a loop waits in a call of its own. */
static struct why of_reader(const struct report_test *t, const struct trace_failure *f)
{
    if (!facts_runs_loop(&t->run, f->tid))
        return why_nothing;
    char *o = names_short(&f->object);
    char *s = xasprintf("%s runs an event loop, and waits in a call that reads from %s: meanwhile it serves nobody",
                        why_name(&t->run.state, f->tid), o);
    free(o);
    return why_in_words(why_say(s, "M44"), why_reason(REASON_BLOCKED)->right_if);
}

/* ---- loops that get nowhere -------------------------------------------------- */

static bool tries(const struct trace_run *run, int tid)
{
    for (size_t i = run->count; i-- > 0 && i + 100 > run->count;)
        if (run->events[i].tid == tid &&
            (run->events[i].kind == EVENT_TRYLOCK || run->events[i].kind == EVENT_TRYRDLOCK ||
             run->events[i].kind == EVENT_TRYWRLOCK))
            return true;
    return false;
}

static struct why of_race_in_a_loop(const struct trace_failure *f)
{
    char *o = names_short(&f->object);
    char *s = xasprintf("it goes round until %s changes, and nothing orders that change and its looks: a plain variable is "
                        "no signal", o);
    free(o);
    return why_say(s, "M11");
}

/* Did its last question about events find one? Then something stays ready; else it only looks again and again. */
static struct why of_busy_loop(const struct report_test *t, const struct trace_failure *f)
{
    size_t i = t->run.count;
    while (i-- > 0 && !(t->run.events[i].tid == f->tid && t->run.events[i].kind == EVENT_POLL))
        ;
    const char *text = why_reason(REASON_BUSY_LOOP)->text;
    if (i < t->run.count && t->run.events[i].value > 0)
        return why_in_words(why_say(xstrdup(text), "M46"), "who was told of something were not told of it again");
    text = "it asks for its next turn at once, again and again, and never sleeps until there is news";
    return why_in_words(why_say(xstrdup(text), "M07"), "looking again and again were a way of waiting");
}

struct why why_of_spin(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (f->reason == REASON_BUSY_LOOP)
        return of_busy_loop(t, f);
    if (facts_bare_race(f))
        return of_race_in_a_loop(f);
    if (f->reason == REASON_LIVELOCK && tries(&t->run, f->tid))
        return why_say(xstrdup("trying again changes nothing while each keeps what the other one tries for"), "M21");
    return why_nothing;
}

struct why why_of_stuck(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (reason_verdict(f->reason) != VERDICT_DEADLOCK)
        f = &t->result.consequence;
    struct why y = why_nothing;
    if (f->reason == REASON_DEADLOCK_SEM || f->reason == REASON_DEADLOCK_BARRIER ||
        f->reason == REASON_DEADLOCK_NO_SIGNAL)
        y = holding_up(&t->run.state, f);
    if (y.text)
        return y;
    switch (f->reason) {
    case REASON_DEADLOCK_CYCLE:
    case REASON_DEADLOCK_JOIN: return of_circle(&t->run.state);
    case REASON_DEADLOCK_SELF: return of_self(t, f);
    case REASON_DEADLOCK_HELD: return of_holder(&t->run.state, f);
    case REASON_DEADLOCK_LOST_SIGNAL: return of_lost_signal(t, f);
    case REASON_DEADLOCK_NO_SIGNAL: return of_no_signal(t, f);
    case REASON_DEADLOCK_SEM: return of_sem(t, f);
    case REASON_DEADLOCK_BARRIER: return of_barrier(f);
    case REASON_DEADLOCK_POLL: return why_of_loop(t, f);
    case REASON_DEADLOCK_READ: return of_reader(t, f);
    case REASON_DEADLOCK_WAIT:
    case REASON_DEADLOCK_CHILDREN: return of_child_at_a_pipe(t, f);
    default: return why_nothing;
    }
}
