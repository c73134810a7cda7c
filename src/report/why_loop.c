/* why_loop: why a loop sleeps for ever although there is news: who stored, who rang, who looked, in which order. */
#include "report/why.h"

#include <stdlib.h>

enum { LOOK_BACK = 2000 }; /* events from the end */

static struct why say(char *text, const char *belief, size_t a, size_t b)
{
    return (struct why){.text = text, .belief = belief, .events = {a, b}, .event_count = a == b ? 1 : 2};
}

static bool is_bell(const struct trace_ref *r) { return r->kind == REF_FILE && r->block == FILE_EVENTFD; }

static bool rings(const struct trace_event *ev) { return ev->kind == EVENT_FD_WRITE && is_bell(&ev->object); }

/* The last event by `tid` on the object before `end` that `is`; run->count: none. */
static size_t last(const struct trace_run *run, size_t end, int tid, const struct trace_ref *object,
                   bool (*is)(const struct trace_event *))
{
    size_t least = end > LOOK_BACK ? end - LOOK_BACK : 0;
    for (size_t i = end; i-- > least;)
        if (run->events[i].tid == tid && is(&run->events[i]) && (!object || names_same_object(&run->events[i].object, object)))
            return i;
    return run->count;
}

static bool silences(const struct trace_event *ev) { return ev->kind == EVENT_FD_READ; }

/* The last write of another thread to what the loop had read before, and has not read since. *ret_look is that read. */
static size_t unseen_write(const struct trace_run *run, int loop, size_t *ret_look)
{
    size_t least = run->count > LOOK_BACK ? run->count - LOOK_BACK : 0;
    for (size_t i = run->count; i-- > least;) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid == loop || !facts_is_write(ev))
            continue;
        *ret_look = last(run, run->count, loop, &ev->object, facts_is_read);
        if (*ret_look < i)
            return i;
    }
    return run->count;
}

/* The first ring by `tid` from that event on; run->count: none. */
static size_t next_ring(const struct trace_run *run, size_t from, int tid)
{
    while (from < run->count && !(run->events[from].tid == tid && rings(&run->events[from])))
        from++;
    return from;
}

/* It rang, the loop looked, and then it stored. */
static struct why rang_first(const struct trace_run *run, int loop, size_t ring, size_t store)
{
    const struct trace_event *r = &run->events[ring], *w = &run->events[store];
    char *bell = names_short(&r->object), *what = names_short(&w->object), *at = names_place(&r->at), *then = names_place(&w->at);
    char *s = xasprintf("%s rang %s at %s and wrote %s only after that, at %s: %s had looked in between, and nobody rings "
                        "again",
                        why_name(&run->state, r->tid), bell, at, what, then, why_name(&run->state, loop));
    free(bell);
    free(what);
    free(at);
    free(then);
    return say(s, "M05", ring, store);
}

/* It stored and rang after the loop had looked, and then the loop silenced the bell. */
static struct why silenced_late(const struct trace_run *run, int loop, size_t store, size_t ring)
{
    const struct trace_event *r = &run->events[ring], *w = &run->events[store];
    size_t read = last(run, run->count, loop, &r->object, silences);
    if (read == run->count || read < ring)
        return why_nothing;
    char *bell = names_short(&r->object), *what = names_short(&w->object), *at = names_place(&run->events[read].at);
    char *s = xasprintf("%s wrote %s and rang %s after %s had looked; at %s %s silenced it, and did not look again",
                        why_name(&run->state, r->tid), what, bell, why_name(&run->state, loop), at,
                        why_name(&run->state, loop));
    free(bell);
    free(what);
    free(at);
    return say(s, "M46", ring, read);
}

static struct why never_rang(const struct trace_run *run, int loop, size_t store)
{
    const struct trace_event *w = &run->events[store];
    char *what = names_short(&w->object), *at = names_place(&w->at);
    char *s = xasprintf("%s wrote %s at %s, after %s had looked there, and did not ring: a change in memory wakes no loop",
                        why_name(&run->state, w->tid), what, at, why_name(&run->state, loop));
    free(what);
    free(at);
    return say(s, "M08", store, store);
}

static struct why of_store(const struct trace_run *run, int loop)
{
    size_t look = 0, store = unseen_write(run, loop, &look);
    if (store == run->count)
        return why_nothing;
    int tid = run->events[store].tid;
    size_t after = next_ring(run, store, tid), before = last(run, store, tid, NULL, rings);
    if (after < run->count)
        return silenced_late(run, loop, store, after);
    return before < look ? rang_first(run, loop, before, store) : before == run->count ? never_rang(run, loop, store) : why_nothing;
}

static struct why of_rings(const struct trace_run *run, const struct trace_ref *bell, size_t opened, int loop)
{
    size_t n = facts_count(run, EVENT_FD_WRITE, bell), reads = facts_count(run, EVENT_FD_READ, bell);
    char *o = names_short(bell), *s = NULL;
    if (n == 0)
        s = xasprintf("nobody writes to %s in this run: a change in memory wakes no loop", o);
    else if (n > reads && reads > 0)
        s = xasprintf("%s was rung %zu times and read %s: rings that nobody has heard yet become one", o, n,
                      reads == 1 ? "once" : "less often");
    else if (n == reads)
        s = xasprintf("%s was read as often as it was rung, and nobody is left to ring again: %s waits for nothing", o,
                      why_name(&run->state, loop));
    free(o);
    return s ? say(s, !n ? "M08" : n > reads ? "M46" : "M41", opened, opened) : why_nothing;
}

struct why why_of_loop(const struct report_test *t, const struct trace_failure *f)
{
    const struct trace_run *run = &t->run;
    struct why y = of_store(run, f->tid);
    for (size_t i = 0; !y.text && i < run->count && i < LOOK_BACK; i++)
        if (run->events[i].kind == EVENT_OPEN && is_bell(&run->events[i].object))
            y = of_rings(run, &run->events[i].object, i, f->tid);
    return y;
}
