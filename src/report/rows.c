/* rows: a run as the steps a person wants to see, with the ones that matter marked.
 *
 * A row is one event, or several creates (joins) of one thread in a row, or, at the end, a thread
 * that is stuck. Marks come from what failed: the two sides of a race, the locks of a deadlock, the
 * read and the write of a lost update, else the last thing the failing thread did.
 */
#include "report/rows.h"

#include "report/why.h"

#include <stdlib.h>
#include <string.h>

struct rows {
    struct report_row *row;
    size_t count, cap;
    const struct trace_run *run;
    const struct trace_failure *f;
    bool consequence; /* the run goes on past the race and ends wrong */
};

static bool worth_a_row(const struct trace_event *ev)
{
    switch (ev->kind) {
    case EVENT_NONE:
    case EVENT_START:
    case EVENT_END:
    case EVENT_MUTEX_INIT:
    case EVENT_COND_INIT:
    case EVENT_SEM_INIT:
    case EVENT_BARRIER_INIT:
    case EVENT_RWLOCK_INIT:
    case EVENT_ALLOC:
    case EVENT_FREE:
    case EVENT_CLOCK:
    case EVENT_KILLED:
    case EVENT_CHECK:
    case EVENT_FAIL: return false;
    default: return true;
    }
}

static struct report_row *add_row(struct rows *r, int event, int tid, char *text)
{
    ARRAY_GROW(r->row, r->count, r->cap);
    r->row[r->count] =
        (struct report_row){.event = event, .tid = tid, .text = text, .step = (int)r->count + 1};
    return &r->row[r->count++];
}

/* "create T1" and then "create T2" by the same thread: one row "create T1, T2". */
static bool merges(const struct rows *r, const struct trace_event *ev)
{
    if (!r->count || (ev->kind != EVENT_CREATE && ev->kind != EVENT_JOIN) ||
        ev->value >= TRACE_MAX_THREADS)
        return false;
    const struct trace_event *last = &r->run->events[r->row[r->count - 1].event];
    return last->kind == ev->kind && last->tid == ev->tid;
}

static void merge(struct rows *r, const struct trace_event *ev)
{
    struct report_row *row = &r->row[r->count - 1];
    char *text = xasprintf("%s, %s", row->text, report_short_name(&r->run->state, (int)ev->value));
    free(row->text);
    row->text = text;
}

/* The failing thread stands where it waits, and gets its row with the others. */
static bool is_waiting(const struct trace_state *st, enum verdict v)
{
    const struct trace_thread *t = facts_thread(st, st->failure.tid);
    bool self = st->failure.reason == REASON_DEADLOCK_SELF && t && t->status == THREAD_READY;
    return (v == VERDICT_DEADLOCK || v == VERDICT_SPIN) && !self;
}

/* What failed, said in the column of the thread it failed in: without its name. Stuck threads get
 * rows of their own, and a race is two rows that are there already. */
static void add_failure(struct rows *r, size_t event)
{
    const struct trace_state *st = &r->run->state;
    enum verdict v = reason_verdict(st->failure.reason);
    if (st->failure.reason == REASON_NONE || is_waiting(st, v) || v == VERDICT_RACE)
        return;
    int tid = r->run->events[event].tid;
    char *sentence = report_sentence(&st->failure, st);
    const char *name = report_thread_name(st, tid), *rest = sentence;
    if (str_starts(sentence, name) && sentence[strlen(name)] == ' ')
        rest += strlen(name) + 1;
    add_row(r, (int)event, tid, xstrdup(rest))->marked = true;
    free(sentence);
}

/* The free that a later use or free is about, where no write tells of it already. */
static bool is_fatal_free(const struct rows *r, size_t i)
{
    const struct trace_failure *f = &r->run->state.failure;
    const struct trace_event *ev = &r->run->events[i];
    return ev->kind == EVENT_FREE && f->at2.pc == ev->at.pc &&
           (f->reason == REASON_USE_AFTER_FREE || f->reason == REASON_DOUBLE_FREE) &&
           !(i > 0 && report_is_free(r->run, i - 1));
}

static bool ends_work(const struct trace_run *run, size_t i)
{
    size_t before = i;
    while (run->events[i].kind == EVENT_WAKE && before-- > 0)
        if (run->events[before].tid == run->events[i].tid)
            return report_is_time_of_work(run, before);
    return false;
}

char *report_event_of(const struct trace_run *run, size_t i)
{
    if (!ends_work(run, i))
        return report_event(&run->state, &run->events[i]);
    char *when = names_duration(run->events[i].clock_ns), *text = xasprintf("has computed at %s", when);
    free(when);
    return text;
}

static void add_event(struct rows *r, size_t i)
{
    const struct trace_event *ev = &r->run->events[i];
    if (ev->kind == EVENT_FAIL)
        add_failure(r, i);
    else if (report_is_time_of_work(r->run, i))
        return;
    else if (report_is_free(r->run, i))
        add_row(r, (int)i, ev->tid, report_event(&r->run->state, ev + 1));
    else if (is_fatal_free(r, i))
        add_row(r, (int)i, ev->tid, report_event(&r->run->state, ev))->marked = true;
    else if (worth_a_row(ev) && merges(r, ev))
        merge(r, ev);
    else if (worth_a_row(ev))
        add_row(r, (int)i, ev->tid, report_event_of(r->run, i));
}

static void add_events(struct rows *r)
{
    for (size_t i = 0; i < r->run->count; i++)
        add_event(r, i);
}

/* ---- marks ------------------------------------------------------------- */

static struct report_row *row_of_event(struct rows *r, size_t event)
{
    struct report_row *best = NULL;
    for (size_t i = 0; i < r->count && r->row[i].event <= (int)event; i++)
        if (r->row[i].event >= 0)
            best = &r->row[i];
    return best;
}

static void note(struct report_row *row, char *text)
{
    free(row->note);
    row->note = text;
}

static bool is_side(const struct trace_event *ev, const struct trace_access *a)
{
    return ev->tid == a->tid && facts_is_access(ev) && (!a->write || facts_is_write(ev)) &&
           names_same_place(&ev->at, &a->at);
}

static bool touches(const struct trace_event *ev, const struct trace_ref *object)
{
    return object->kind == REF_NONE || names_same_object(&ev->object, object) ||
           (ev->object.name && object->name && strcmp(ev->object.name, object->name) == 0);
}

static void mark_last_of(struct rows *r, int tid)
{
    for (size_t i = r->count; i-- > 0;)
        if (tid < 0 || r->row[i].tid == tid) {
            r->row[i].marked = true;
            return;
        }
}

/* The closest pair: the last access by one side before the first later one by the other. */
static bool mark_pair(struct rows *r, const struct trace_access *a, const struct trace_access *b)
{
    long first = -1;
    for (size_t i = 0; i < r->run->count; i++) {
        const struct trace_event *ev = &r->run->events[i];
        bool last = first >= 0 && is_side(ev, b) && touches(ev, &r->f->object);
        if (!last && is_side(ev, a) && touches(ev, &r->f->object))
            first = (long)i;
        if (!last)
            continue;
        struct report_row *one = row_of_event(r, (size_t)first), *two = row_of_event(r, i);
        one->marked = two->marked = true;
        note(two, xstrdup("nothing orders these two"));
        return true;
    }
    return false;
}

/* The run shown may have the sides in the other order than the run that found the race; or one of
 * them not at all, if it ends before: then the end is what matters. */
static void mark_race(struct rows *r)
{
    const struct trace_access *a = &r->f->race[0], *b = &r->f->race[1];
    if (!mark_pair(r, a, b) && !mark_pair(r, b, a))
        mark_last_of(r, r->f->tid);
}

static bool mark_lost_update(struct rows *r)
{
    struct lost_update l;
    if (!facts_lost_update(r->run, NULL, &l))
        return false;
    row_of_event(r, l.read)->marked = true;
    struct report_row *w = row_of_event(r, l.write);
    w->marked = true;
    note(w, xasprintf("forgets what %s wrote",
                      report_short_name(&r->run->state, r->run->events[l.between].tid)));
    return true;
}

/* The moment the holder took what `t` waits for; or what it was copied from. */
static void mark_acquisition(struct rows *r, const struct trace_thread *t)
{
    struct trace_ref taken = t->object;
    int holder = t->left_by ? t->left_by - 1 : t->holder;
    const struct trace_thread *h = facts_thread(&r->run->state, holder);
    if (t->left_by && h)
        taken.process = h->process;
    for (size_t i = r->run->count; i-- > 0 && holder >= 0;) {
        const struct trace_event *ev = &r->run->events[i];
        if (ev->tid == holder && facts_takes_lock(ev) && names_same_object(&ev->object, &taken)) {
            row_of_event(r, i)->marked = true;
            return;
        }
    }
}

static void add_stuck(struct rows *r)
{
    const struct trace_state *st = &r->run->state;
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *t = &st->threads[i];
        if (t->status != THREAD_BLOCKED && t->status != THREAD_WAITING &&
            t->status != THREAD_SPINNING)
            continue;
        mark_acquisition(r, t);
        add_row(r, -1, t->tid, report_blocked_because(st, t))->marked = true;
    }
}

/* Where it began: the free before a use, the lock before a wrong unlock. */
static void mark_cause(struct rows *r)
{
    const struct trace_failure *f = &r->run->state.failure;
    for (size_t i = r->count; i-- > 0 && f->at2.pc;) {
        const struct report_row *row = &r->row[i];
        if (row->event < 0 || row->marked || r->run->events[row->event].at.pc != f->at2.pc)
            continue;
        r->row[i].marked = true;
        return;
    }
}

static bool is_stuck(enum reason reason)
{
    return reason_verdict(reason) == VERDICT_DEADLOCK || reason_verdict(reason) == VERDICT_SPIN;
}

static void mark(struct rows *r)
{
    enum verdict v = reason_verdict(r->f->reason);
    if (is_stuck(r->f->reason) || is_stuck(r->run->state.failure.reason))
        add_stuck(r);
    if (r->f->reason == REASON_NONE || is_stuck(r->f->reason))
        return;
    if (reason_verdict(r->run->state.failure.reason) == VERDICT_CRASH || v == VERDICT_MISUSE)
        mark_cause(r);
    if (r->f->has_race && !(r->consequence && mark_lost_update(r)))
        mark_race(r);
    else if (!r->f->has_race && (v != VERDICT_WRONG || !mark_lost_update(r)))
        mark_last_of(r, r->f->tid);
}

static struct report_row *make(const struct trace_run *run, const struct trace_failure *f,
                               bool consequence, size_t *ret_count)
{
    struct rows r = {.run = run, .f = f, .consequence = consequence};
    add_events(&r);
    mark(&r);
    *ret_count = r.count;
    return r.row;
}

struct report_row *report_rows(const struct trace_run *run, size_t *ret_count)
{
    return make(run, &run->state.failure, false, ret_count);
}

static struct report_row *row_showing(struct report_row *rows, size_t n, size_t event)
{
    struct report_row *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (rows[i].event >= 0 && (size_t)rows[i].event <= event)
            best = &rows[i];
    return best;
}

/* What the line `why` speaks of. */
static void mark_why(struct report_row *rows, size_t n, const struct report_test *t)
{
    struct why y = why_find(t);
    for (int i = 0; i < y.event_count; i++) {
        struct report_row *row = row_showing(rows, n, y.events[i]);
        if (row)
            row->marked = true;
    }
    free(y.text);
}

static void mark_no_return(struct report_row *rows, size_t n, size_t event, size_t events)
{
    struct report_row *row = event < events ? row_showing(rows, n, event) : NULL;
    if (row)
        row->no_return = true;
}

struct report_row *report_test_rows(const struct report_test *t, size_t *ret_count)
{
    const struct trace_failure *f = &t->result.failure;
    bool consequence = t->result.consequence.reason != REASON_NONE;
    struct report_row *rows = make(
        &t->run, f->reason != REASON_NONE ? f : &t->run.state.failure, consequence, ret_count);
    mark_why(rows, *ret_count, t);
    mark_no_return(rows, *ret_count, explained_no_return(t), t->run.count);
    return rows;
}

void report_rows_free(struct report_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(rows[i].text);
        free(rows[i].note);
    }
    free(rows);
}
