/* json_facts: see json_facts.h. Fields are only ever added; docs/json.md tells what each means. */
#include "report/json_facts.h"

#include <stdlib.h>

#include "report/rows.h"

static void put(json_t *o, const char *key, json_t *v) { json_object_set_new(o, key, v); }

static json_t *owned(char *s)
{
    json_t *v = json_text(s);
    free(s);
    return v;
}

static void put_place(json_t *o, const struct report *r, const struct trace_place *at)
{
    put(o, "file", json_text(json_file(r, at)));
    put(o, "line", json_line(at->line));
}

/* ---- the object -------------------------------------------------------------- */

static const char *kind_of(const struct trace_ref *ref)
{
    switch (ref->kind) {
    case REF_GLOBAL: return "global";
    case REF_HEAP: return "heap";
    case REF_STACK: return "stack";
    case REF_TLS: return "thread-local";
    case REF_LIBRARY: return "library";
    case REF_FILE: return "descriptor";
    case REF_SHARED: return "shared";
    case REF_OTHER:
    case REF_NONE: break;
    }
    return "other";
}

static json_t *object_of(const struct trace_failure *f)
{
    const struct trace_ref *ref = &f->object;
    if (ref->kind == REF_NONE)
        return json_null();
    json_t *o = json_object(), *block = json_null();
    put(o, "name", owned(names_short(ref)));
    put(o, "type", json_text(ref->decl));
    put(o, "kind", json_text(kind_of(ref)));
    if (ref->kind == REF_HEAP) {
        block = json_object();
        put(block, "file", json_text(ref->file));
        put(block, "line", json_line(ref->line));
        put(block, "bytes", json_integer((json_int_t)ref->block_size));
    }
    put(o, "allocated", block);
    return o;
}

/* ---- the two accesses --------------------------------------------------------- */

static const struct trace_event *event_of(const struct trace_run *run, const struct trace_access *a)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        bool kind = a->write ? facts_is_write(ev) : facts_is_read(ev);
        if (ev->tid == a->tid && kind && ev->has_value && names_same_place(&ev->at, &a->at))
            return ev;
    }
    return NULL;
}

static json_t *access_of(const struct report *r, const struct report_test *t,
                         const struct trace_access *a)
{
    json_t *o = json_object(), *locks = json_array();
    const struct trace_event *ev = event_of(&t->run, a);
    put(o, "thread", json_text(report_thread_name(&t->run.state, a->tid)));
    put(o, "write", json_boolean(a->write));
    put_place(o, r, &a->at);
    put(o, "function", json_text(a->at.func));
    put(o, "value", ev ? owned(names_value(ev)) : json_null());
    put(o, "before", ev && a->write ? owned(names_value_before(ev)) : json_null());
    for (size_t i = 0; i < a->lock_count; i++)
        json_array_append_new(locks, owned(names_object(&a->locks[i])));
    put(o, "locks", locks);
    return o;
}

static json_t *accesses_of(const struct report *r, const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    json_t *all = json_array();
    for (int i = 0; f->has_race && i < 2; i++)
        json_array_append_new(all, access_of(r, t, &f->race[i]));
    return all;
}

/* ---- who waits for whom -------------------------------------------------------- */

static int waits_for_thread(const struct trace_thread *t)
{
    bool joins = t->next == EVENT_JOIN && t->value < TRACE_MAX_THREADS;
    return joins ? (int)t->value : t->holder;
}

static json_t *wait_of(const struct report *r, const struct trace_state *st,
                       const struct trace_thread *t)
{
    json_t *o = json_object();
    int holder = waits_for_thread(t);
    const struct trace_ref *what = t->status == THREAD_WAITING && t->object2.kind != REF_NONE
                                       ? &t->object2
                                       : &t->object;
    put(o, "thread", json_text(report_thread_name(st, t->tid)));
    put(o, "status", json_text(thread_status_id(t->status)));
    put(o, "for", what->kind == REF_NONE ? json_null() : owned(names_object(what)));
    put(o, "of", holder < 0 ? json_null() : json_text(report_thread_name(st, holder)));
    put(o, "since", json_line(t->since.line));
    put_place(o, r, &t->at);
    put(o, "text", owned(report_blocked_because(st, t)));
    return o;
}

static json_t *waits_of(const struct report *r, const struct trace_state *st)
{
    json_t *all = json_array();
    for (size_t i = 0; i < st->thread_count; i++) {
        enum thread_status s = st->threads[i].status;
        if (s == THREAD_BLOCKED || s == THREAD_WAITING || s == THREAD_SPINNING)
            json_array_append_new(all, wait_of(r, st, &st->threads[i]));
    }
    return all;
}

/* ---- beside it ------------------------------------------------------------------ */

static json_t *no_return_of(const struct report *r, const struct report_test *t)
{
    size_t i = explained_no_return(t);
    if (i >= t->run.count)
        return json_null();
    const struct trace_event *ev = &t->run.events[i];
    json_t *o = json_object();
    put(o, "step", json_integer(t->result.explained.no_return));
    put(o, "thread", json_text(report_thread_name(&t->run.state, ev->tid)));
    put(o, "does", owned(explained_phrase(ev)));
    put_place(o, r, &ev->at);
    return o;
}

static json_t *nearest_of(const struct report *r, const struct report_test *t)
{
    const struct trace_explained *x = &t->result.explained;
    if (!x->passing.step_count)
        return json_null();
    json_t *o = json_object();
    put(o, "schedule", owned(report_token(r, &x->passing)));
    put(o, "differs", json_integer(x->differs));
    put(o, "step", json_integer(x->parts + 1));
    put(o, "text", owned(report_nearest(t)));
    return o;
}

static json_t *where_of(const struct report_test *t)
{
    size_t n;
    char **where = report_where(t, &n);
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(all, owned(where[i]));
    free(where);
    return all;
}

void json_put_facts(json_t *o, const struct report *r, const struct report_test *t)
{
    bool failed = t->result.failure.reason != REASON_NONE &&
                  (t->run.state.ended || t->result.failure.reason == REASON_UNREACHED); /* of which there is no run */
    put(o, "why", failed ? owned(report_why(t)) : json_null());
    put(o, "belief", json_text(failed ? report_belief(t) : NULL));
    put(o, "right_if", json_text(failed ? report_right_if(t) : NULL));
    put(o, "where", failed ? where_of(t) : json_array());
    put(o, "object", object_of(&t->result.failure));
    put(o, "accesses", accesses_of(r, t));
    put(o, "waits", failed ? waits_of(r, &t->run.state) : json_array());
    put(o, "always", json_boolean(t->result.explained.always));
    put(o, "no_return", no_return_of(r, t));
    put(o, "nearest_pass", nearest_of(r, t));
}
