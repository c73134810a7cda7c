/* facts: see facts.h. Runs may be long: every search looks at a bounded stretch of events. */
#include "report/facts.h"

#include <string.h>

enum { LOOK_BACK = 2000 }; /* events between the ends of a pattern */

/* ---- kinds -------------------------------------------------------------- */

bool facts_is_read(const struct trace_event *ev)
{
    return ev->kind == EVENT_READ || ev->kind == EVENT_ATOMIC_LOAD || ev->kind == EVENT_ATOMIC_RMW;
}

bool facts_is_write(const struct trace_event *ev)
{
    return ev->kind == EVENT_WRITE || ev->kind == EVENT_ATOMIC_STORE ||
           ev->kind == EVENT_ATOMIC_RMW;
}

bool facts_is_access(const struct trace_event *ev)
{
    return facts_is_read(ev) || facts_is_write(ev);
}

bool report_is_time_of_work(const struct trace_run *run, size_t i)
{
    const struct trace_event *ev = &run->events[i];
    return ev->kind == EVENT_SLEEP && i > 0 && ev[-1].kind == EVENT_WORK && ev[-1].tid == ev->tid;
}

bool facts_takes_lock(const struct trace_event *ev)
{
    bool asks = ev->kind == EVENT_LOCK || ev->kind == EVENT_RELOCK || ev->kind == EVENT_TRYLOCK ||
                ev->kind == EVENT_TIMEDLOCK || ev->kind == EVENT_RDLOCK || ev->kind == EVENT_TRYRDLOCK ||
                ev->kind == EVENT_WRLOCK || ev->kind == EVENT_TRYWRLOCK;
    return asks && ev->value == 0; /* else the error it got instead */
}

bool report_is_free(const struct trace_run *run, size_t i)
{
    const struct trace_event *ev = &run->events[i], *next = ev + 1;
    return facts_is_write(ev) && i + 1 < run->count && next->kind == EVENT_FREE &&
           next->tid == ev->tid && next->at.pc == ev->at.pc;
}

static size_t from(size_t i) { return i > LOOK_BACK ? i - LOOK_BACK : 0; }

/* ---- three accesses ----------------------------------------------------- */

/* The read that `write` forgets the change after: of the same thread, with nothing but others' writes
 * in between. */
static bool forgets(const struct trace_run *run, size_t write, struct lost_update *ret)
{
    const struct trace_event *w = &run->events[write];
    bool other = false;
    for (size_t i = write; i-- > from(write);) {
        const struct trace_event *ev = &run->events[i];
        if (!facts_is_access(ev) || !names_same_object(&ev->object, &w->object))
            continue;
        if (ev->tid != w->tid && facts_is_write(ev) && !other) {
            other = true;
            ret->between = i;
        }
        if (ev->tid == w->tid && (facts_is_write(ev) || facts_is_read(ev))) {
            ret->read = i;
            ret->write = write;
            return other && facts_is_read(ev) && !facts_is_write(ev);
        }
    }
    return false;
}

bool facts_lost_update(const struct trace_run *run, const struct trace_ref *object, struct lost_update *ret)
{
    for (size_t w = 0; w < run->count; w++) {
        const struct trace_event *ev = &run->events[w];
        if (facts_is_write(ev) && ev->kind != EVENT_ATOMIC_RMW && (!object || names_same_object(&ev->object, object)) &&
            forgets(run, w, ret))
            return true;
    }
    return false;
}

static bool finds_other(const struct trace_run *run, size_t read, struct lost_update *ret)
{
    const struct trace_event *r = &run->events[read];
    bool other = false;
    for (size_t i = read; i-- > from(read);) {
        const struct trace_event *ev = &run->events[i];
        if (!facts_is_access(ev) || !names_same_object(&ev->object, &r->object))
            continue;
        if (ev->tid != r->tid && facts_is_write(ev) && !other) {
            other = true;
            ret->between = i;
        }
        if (ev->tid != r->tid)
            continue;
        ret->read = read;
        ret->write = i;
        return other && facts_is_write(ev) && ev->value != r->value;
    }
    return false;
}

bool facts_overwritten(const struct trace_run *run, struct lost_update *ret)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].kind == EVENT_READ && finds_other(run, i, ret))
            return true;
    return false;
}

/* The access before `i` of the same thread to the same object, and others' last write between. A wait of
 * the thread in between ends the search: it gave others their turn on purpose. */
static size_t earlier(const struct trace_run *run, size_t i, size_t *ret_between)
{
    const struct trace_event *a = &run->events[i];
    *ret_between = run->count;
    for (size_t k = i; k-- > from(i);) {
        const struct trace_event *ev = &run->events[k];
        if (ev->tid == a->tid && ev->kind == EVENT_COND_WAIT)
            return run->count;
        if (!facts_is_access(ev) || !names_same_object(&ev->object, &a->object))
            continue;
        if (ev->tid == a->tid)
            return k;
        if (facts_is_write(ev) && *ret_between == run->count)
            *ret_between = k;
    }
    return run->count;
}

bool facts_looked_twice(const struct trace_run *run, struct looked_twice *ret)
{
    for (size_t w = 0; w < run->count; w++) {
        if (run->events[w].kind != EVENT_WRITE)
            continue;
        size_t again = earlier(run, w, &ret->between);
        if (again == run->count || run->events[again].kind != EVENT_READ)
            continue;
        size_t first = earlier(run, again, &ret->between);
        ret->first = first;
        ret->again = again;
        ret->write = w;
        if (first < run->count && ret->between < run->count &&
            run->events[first].kind == EVENT_READ &&
            run->events[first].value != run->events[again].value)
            return true;
    }
    return false;
}

/* ---- half of a change ---------------------------------------------------- */

/* The thread's next write of something else. */
static size_t next_write(const struct trace_run *run, size_t i)
{
    const struct trace_event *w = &run->events[i];
    for (size_t k = i + 1; k < run->count && k - i < LOOK_BACK; k++)
        if (run->events[k].tid == w->tid && facts_is_write(&run->events[k]))
            return names_same_object(&run->events[k].object, &w->object) ? run->count : k;
    return run->count;
}

/* The same thread's access before or after its access `i`. */
static size_t neighbour(const struct trace_run *run, size_t i, bool later)
{
    int tid = run->events[i].tid;
    size_t step = later ? 1 : SIZE_MAX; /* ... which is one less */
    for (size_t k = i + step, n = 0; k < run->count && n < LOOK_BACK; k += step, n++)
        if (run->events[k].tid == tid && facts_is_access(&run->events[k]))
            return k;
    return run->count;
}

static bool reads(const struct trace_run *run, size_t i, size_t written, int not_tid)
{
    const struct trace_event *ev = i < run->count ? &run->events[i] : NULL;
    return ev && ev->tid != not_tid && facts_is_read(ev) &&
           names_same_object(&ev->object, &run->events[written].object);
}

/* One read between the two writes sees the new first; the neighbouring read the old second. */
static bool seen_between(const struct trace_run *run, struct half_seen *h)
{
    int writer = run->events[h->writes[0]].tid;
    for (size_t i = h->writes[0] + 1; i < h->writes[1]; i++) {
        if (!reads(run, i, h->writes[0], writer))
            continue;
        h->reads[0] = i;
        for (int later = 0; later < 2; later++) {
            h->reads[1] = neighbour(run, i, later);
            if (reads(run, h->reads[1], h->writes[1], writer) && h->reads[1] < h->writes[1])
                return true;
        }
    }
    return false;
}

/* ... or it read the first before both writes, and the second after both. */
static bool seen_around(const struct trace_run *run, struct half_seen *h)
{
    int writer = run->events[h->writes[0]].tid;
    for (size_t i = h->writes[1] + 1; i < run->count && i - h->writes[1] < LOOK_BACK; i++) {
        if (run->events[i].tid == writer && facts_is_write(&run->events[i]))
            return false;
        for (int k = 0; k < 2; k++) {
            if (!reads(run, i, h->writes[k], writer))
                continue;
            h->reads[k] = i;
            h->reads[1 - k] = neighbour(run, i, false);
            if (reads(run, h->reads[1 - k], h->writes[1 - k], writer) &&
                h->reads[1 - k] < h->writes[0])
                return true;
        }
    }
    return false;
}

/* Two writes of one call, as far as lines tell: what comes after it has let go of something stands further down. */
static bool in_one_go(const struct trace_run *run, const struct half_seen *h)
{
    const struct trace_event *a = &run->events[h->writes[0]], *b = &run->events[h->writes[1]];
    bool let_go = false;
    for (size_t i = h->writes[0]; i < h->writes[1]; i++)
        let_go |= run->events[i].tid == a->tid && run->events[i].kind == EVENT_UNLOCK;
    return !let_go || b->at.line > a->at.line;
}

bool facts_half_seen(const struct trace_run *run, struct half_seen *ret)
{
    for (size_t i = 0; i < run->count; i++) {
        if (run->events[i].kind != EVENT_WRITE)
            continue;
        *ret = (struct half_seen){.writes = {i, next_write(run, i)}};
        if (ret->writes[1] < run->count && run->events[ret->writes[1]].kind == EVENT_WRITE &&
            in_one_go(run, ret) && (seen_between(run, ret) || seen_around(run, ret)))
            return true;
    }
    return false;
}

/* ---- waiting ------------------------------------------------------------- */

static size_t last_read_before(const struct trace_run *run, size_t i, int tid)
{
    while (i-- > 0)
        if (run->events[i].tid == tid && facts_is_access(&run->events[i]))
            return i;
    return run->count;
}

static size_t next_access(const struct trace_run *run, size_t i, int tid)
{
    for (i++; i < run->count; i++)
        if (run->events[i].tid == tid && (facts_is_access(&run->events[i]) ||
                                          run->events[i].kind == EVENT_COND_WAIT))
            return i;
    return run->count;
}

/* After taking the mutex again it does something else than before it waited. What no other thread has
 * used in this run is not recorded: then it is enough that it does not wait again. */
static bool looks_not_again(const struct trace_run *run, size_t wait, size_t relock, int tid)
{
    size_t before = last_read_before(run, wait, tid), after = next_access(run, relock, tid);
    if (before == run->count || after == run->count)
        return before == after;
    return run->events[after].kind != EVENT_COND_WAIT &&
           !names_same_place(&run->events[before].at, &run->events[after].at);
}

static bool wakes(const struct trace_event *ev, int tid)
{
    return (ev->kind == EVENT_SIGNAL && ev->value == (uint64_t)tid) ||
           (ev->kind == EVENT_BROADCAST && ev->value > 0) ||
           (ev->kind == EVENT_COND_WAKE && ev->tid == tid);
}

static size_t last_wait(const struct trace_run *run, size_t before, int tid)
{
    while (before-- > 0)
        if (run->events[before].tid == tid && run->events[before].kind == EVENT_COND_WAIT)
            return before;
    return run->count;
}

static bool stolen_at(const struct trace_run *run, size_t relock, int tid, struct stolen *ret)
{
    size_t wait = last_wait(run, relock, tid), wake = wait;
    if (wait == run->count || !looks_not_again(run, wait, relock, tid))
        return false;
    while (++wake < relock && !wakes(&run->events[wake], tid))
        ;
    *ret = (struct stolen){wake, relock, relock};
    for (size_t i = wake + 1; i < relock; i++)
        if (run->events[i].tid != tid && run->events[i].kind == EVENT_WRITE &&
            run->events[i].tid != run->events[wake].tid)
            ret->between = i;
    return wake < relock && (ret->between < relock || run->events[wake].kind == EVENT_COND_WAKE);
}

bool facts_stolen_wakeup(const struct trace_run *run, int tid, struct stolen *ret)
{
    for (size_t i = run->count; i-- > 0;)
        if (run->events[i].tid == tid && run->events[i].kind == EVENT_RELOCK)
            return stolen_at(run, i, tid, ret);
    return false;
}

/* Between `wake` and the read others have changed what it reads, and not back. */
static bool changed_meanwhile(const struct trace_run *run, size_t wake, size_t read, struct gone_again *ret)
{
    const struct trace_event *r = &run->events[read];
    size_t first = read, last = read;

    for (size_t i = wake + 1; i < read; i++) {
        const struct trace_event *ev = &run->events[i];
        if (!facts_is_write(ev) || ev->tid == r->tid || !names_same_object(&ev->object, &r->object))
            continue;
        first = first == read ? i : first;
        last = i;
    }
    *ret = (struct gone_again){wake, first, last, read};
    return last < read && r->has_value && run->events[first].has_value &&
           run->events[first].before != r->value;
}

static bool gets_or_gives(const struct trace_event *ev, int tid)
{
    return ev->tid == tid && (ev->kind == EVENT_RELOCK || ev->kind == EVENT_UNLOCK || ev->kind == EVENT_LOCK);
}

bool facts_gone_again(const struct trace_run *run, int tid, struct gone_again *ret)
{
    size_t wait = last_wait(run, run->count, tid), relock = wait;

    while (relock > 0 && relock < run->count && !gets_or_gives(&run->events[relock], tid))
        relock--;
    bool in_loop = relock < run->count && run->events[relock].tid == tid && run->events[relock].kind == EVENT_RELOCK;
    size_t wake = in_loop ? last_wait(run, relock, tid) : run->count;
    while (wake < relock && !wakes(&run->events[wake], tid))
        wake++;
    for (size_t i = relock; wake < relock && i < wait; i++)
        if (run->events[i].tid == tid && facts_is_read(&run->events[i]) &&
            changed_meanwhile(run, wake, i, ret))
            return true;
    return false;
}

static bool is_written(const struct trace_run *run, const struct trace_ref *object)
{
    for (size_t i = 0; i < run->count; i++)
        if (facts_is_write(&run->events[i]) && names_same_object(&run->events[i].object, object))
            return true;
    return false;
}

size_t facts_looked_since(const struct trace_run *run, size_t since, int tid)
{
    size_t wait = last_wait(run, run->count, tid);

    for (size_t i = wait < run->count ? wait : 0; i-- > since;) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid == tid && facts_is_read(ev) && ev->has_value && is_written(run, &ev->object))
            return i;
    }
    return run->count;
}

size_t facts_unheard_signal(const struct trace_run *run, const struct trace_ref *cond)
{
    for (size_t i = run->count; i-- > 0;) {
        const struct trace_event *ev = &run->events[i];
        bool none = ev->kind == EVENT_SIGNAL      ? ev->value >= TRACE_MAX_THREADS
                    : ev->kind == EVENT_BROADCAST ? ev->value == 0
                                                  : false;
        if (none && names_same_object(&ev->object, cond))
            return i;
    }
    return run->count;
}

size_t facts_other_woken(const struct trace_run *run, const struct trace_ref *cond, int tid)
{
    size_t wait = last_wait(run, run->count, tid);
    for (size_t i = run->count; wait < run->count && i-- > wait;) {
        const struct trace_event *ev = &run->events[i];
        if (ev->kind == EVENT_SIGNAL && ev->value < TRACE_MAX_THREADS &&
            ev->value != (uint64_t)tid && names_same_object(&ev->object, cond))
            return i;
    }
    return run->count;
}

static bool read_before(const struct trace_run *run, size_t event, int tid, const struct trace_ref *object)
{
    for (size_t i = event; i-- > from(event);)
        if (run->events[i].tid == tid && facts_is_read(&run->events[i]) && names_same_object(&run->events[i].object, object))
            return true;
    return false;
}

bool facts_changed_since_wait(const struct trace_run *run, int tid)
{
    size_t wait = last_wait(run, run->count, tid);
    for (size_t i = wait + 1; i < run->count; i++)
        if (run->events[i].tid != tid && facts_is_write(&run->events[i]) &&
            read_before(run, wait, tid, &run->events[i].object))
            return true;
    return false;
}

size_t facts_signals_since_wait(const struct trace_run *run, const struct trace_ref *cond, int tid)
{
    size_t n = 0;
    for (size_t i = last_wait(run, run->count, tid); i < run->count; i++)
        n += (run->events[i].kind == EVENT_SIGNAL || run->events[i].kind == EVENT_BROADCAST) &&
             names_same_object(&run->events[i].object, cond);
    return n;
}

int facts_locks_taken(const struct trace_event *ev)
{
    bool gives = ev->kind == EVENT_UNLOCK || ev->kind == EVENT_COND_WAIT || ev->kind == EVENT_RWUNLOCK;
    return facts_takes_lock(ev) - gives;
}

bool facts_bare_race(const struct trace_failure *f)
{
    return f->has_race && !f->race[0].lock_count && !f->race[1].lock_count;
}

bool facts_is_volatile(const struct trace_ref *object) { return object->decl && str_starts(object->decl, "volatile "); }

bool facts_runs_loop(const struct trace_run *run, int tid)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].tid == tid && run->events[i].kind == EVENT_POLL)
            return true;
    return false;
}

/* ---- counting and asking -------------------------------------------------- */

size_t facts_count(const struct trace_run *run, enum event_kind kind,
                   const struct trace_ref *object)
{
    size_t n = 0;
    for (size_t i = 0; i < run->count; i++)
        n += run->events[i].kind == kind && names_same_object(&run->events[i].object, object);
    return n;
}

bool facts_side_frees(const struct trace_run *run, const struct trace_access *side)
{
    for (size_t i = 0; side->write && i < run->count; i++)
        if (run->events[i].kind == EVENT_FREE && run->events[i].tid == side->tid && run->events[i].at.pc == side->at.pc)
            return true;
    return false;
}

int facts_freer(const struct trace_run *run, const struct trace_place *at)
{
    for (size_t i = run->count; at->pc && i-- > 0;)
        if (run->events[i].kind == EVENT_FREE && run->events[i].at.pc == at->pc)
            return run->events[i].tid;
    return TRACE_NO_THREAD;
}

static bool did_to(const struct trace_run *run, size_t end, enum event_kind kind, int tid,
                   int other)
{
    for (size_t i = 0; i < end && i < run->count; i++)
        if (run->events[i].kind == kind && run->events[i].tid == tid &&
            run->events[i].value == (uint64_t)other)
            return true;
    return false;
}

bool facts_joined_before(const struct trace_run *run, size_t event, int tid, int other)
{
    return did_to(run, event, EVENT_JOIN, tid, other) || did_to(run, event, EVENT_WAIT, tid, other);
}

bool facts_created_by(const struct trace_run *run, int tid, int other)
{
    return did_to(run, run->count, EVENT_CREATE, tid, other) || did_to(run, run->count, EVENT_FORK, tid, other);
}

size_t facts_event_of_step(const struct trace_run *run, int step)
{
    for (size_t i = 0; step >= 0 && i < run->count; i++)
        if (run->events[i].choice == step + 1)
            return i;
    return run->count;
}

const struct trace_thread *facts_thread(const struct trace_state *st, int tid)
{
    for (size_t i = 0; st && i < st->thread_count; i++)
        if (st->threads[i].tid == tid)
            return &st->threads[i];
    return NULL;
}
