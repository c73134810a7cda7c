/* lanes_look: what taken lanes say: who did what when, in sections, and in words. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/lanes_inside.h"

#define OVERSLEPT_NS 100000 /* timers may be a little late; from then on it is the core that is missing */

/* ---- reading ----------------------------------------------------------- */

enum lanes_doing lanes_after(uint32_t kind)
{
    switch (kind) {
    case LANE_BLOCK: return DOING_BLOCK;
    case LANE_WAIT:
    case LANE_JOIN: return DOING_WAIT;
    case LANE_SLEEP: return DOING_SLEEP;
    case LANE_END: return DOING_NOTHING;
    default: return DOING_RUN;
    }
}

long lanes_event_at(const struct lanes_lane *lane, uint64_t ns)
{
    size_t lo = 0, hi = lane->count;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (lane->events[mid].ns <= ns)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (long)lo - 1;
}

/* The share of its running time around a moment in which it had a core; 1 where nobody knows. */
static double share_at(const struct lanes_lane *lane, uint64_t ns)
{
    size_t lo = 0, hi = lane->mark_count;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (lane->marks[mid].ns < ns)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < lane->mark_count ? lane->marks[lo].share : 1;
}

/* Of equal spans in a row, which are READY? As many as it had no core for, evenly among them. */
static enum lanes_doing run_or_ready(const struct lanes_lane *lane, uint64_t from, uint64_t to)
{
    double missing = 1 - share_at(lane, from + (to - from) / 2);
    double k = to > from ? (double)(from / (to - from)) : 0;

    return missing > 0.02 && floor((k + 1) * missing) > floor(k * missing) ? DOING_READY
                                                                           : DOING_RUN;
}

struct shares {
    uint64_t of[DOING_KILLED + 1];
};

/* What one event stands for, from `at` to `next`: who oversleeps could have run. */
static void add_share(struct shares *s, const struct lane_event *ev, enum lanes_doing doing,
                      uint64_t at, uint64_t next)
{
    uint64_t due = ev && doing == DOING_SLEEP ? ev->ns + ev->object + OVERSLEPT_NS : UINT64_MAX;

    if (next <= at)
        return;
    if (ev && due < ev->ns) /* nonsense in the log */
        due = UINT64_MAX;
    if (due < next) {
        s->of[DOING_READY] += next - (due > at ? due : at);
        next = due > at ? due : at;
    }
    s->of[doing] += next - at;
}

enum lanes_doing lanes_doing(const struct lanes_lane *lane, uint64_t from, uint64_t to,
                             uint64_t now, bool over)
{
    struct shares s = {0};
    uint64_t begin = from, end = to, stop = lane->end ? lane->end : now,
             at = from > lane->start ? from : lane->start;
    long i = lanes_event_at(lane, at);
    const struct lane_event *ev = i >= 0 ? &lane->events[i] : NULL;
    enum lanes_doing doing = ev ? lanes_after(ev->kind) : DOING_RUN, best = DOING_NOTHING;

    if (to <= lane->start || from > stop)
        return over && !lane->end && to > lane->start ? DOING_KILLED : DOING_NOTHING;
    if (to > stop)
        to = stop;
    for (i++; (size_t)i < lane->count && lane->events[i].ns < to; i++) {
        add_share(&s, ev, doing, at, lane->events[i].ns);
        ev = &lane->events[i];
        at = ev->ns;
        doing = lanes_after(ev->kind);
    }
    add_share(&s, ev, doing, at, to);
    for (int k = DOING_RUN; k < DOING_KILLED; k++)
        if (s.of[k] > s.of[best])
            best = (enum lanes_doing)k;
    if (best == DOING_NOTHING && !s.of[DOING_NOTHING])
        best = doing;
    return best == DOING_RUN ? run_or_ready(lane, begin, end) : best;
}

uint64_t lanes_running(const struct lanes_lane *lane, uint64_t from, uint64_t to)
{
    long i = lanes_event_at(lane, from);
    enum lanes_doing doing = i >= 0 ? lanes_after(lane->events[i].kind) : DOING_RUN;
    uint64_t sum = 0;

    for (i++; (size_t)i < lane->count && lane->events[i].ns < to; i++) {
        sum += doing == DOING_RUN ? lane->events[i].ns - from : 0;
        from = lane->events[i].ns;
        doing = lanes_after(lane->events[i].kind);
    }
    return sum + (doing == DOING_RUN && to > from ? to - from : 0);
}

bool lanes_is_busy(const struct lanes_lane *lane, uint64_t from, uint64_t to)
{
    long first = lanes_event_at(lane, from);

    for (size_t i = first < 0 ? 0 : (size_t)first; i < lane->count && lane->events[i].ns < to; i++) {
        uint32_t k = lane->events[i].kind;
        if (lane->events[i].ns >= from &&
            (k == LANE_SLEEP || k == LANE_WORK || k == LANE_BLOCK || k == LANE_WAIT))
            return true;
    }
    return false;
}

/* ---- sections ---------------------------------------------------------- */

static const struct lanes_fact *section_fact(const struct lanes *l, uint32_t section)
{
    for (size_t i = 0; i < l->fact_count; i++)
        if (l->facts[i].kind == FACT_SECTION && --section == 0)
            return &l->facts[i];
    return NULL;
}

uint32_t lanes_section_count(const struct lanes *l)
{
    uint32_t n = 0;

    for (size_t i = 0; i < l->fact_count; i++)
        n += l->facts[i].kind == FACT_SECTION;
    return n;
}

uint64_t lanes_section_start(const struct lanes *l, uint32_t section)
{
    const struct lanes_fact *f = section ? section_fact(l, section) : NULL;

    return f ? f->ns : 0;
}

uint64_t lanes_section_end(const struct lanes *l, uint32_t section, uint64_t now)
{
    const struct lanes_fact *f = section_fact(l, section + 1);

    return f ? f->ns : now;
}

const char *lanes_section_title(const struct lanes *l, uint32_t section)
{
    const struct lanes_fact *f = section ? section_fact(l, section) : NULL;

    return f ? f->text : "";
}

/* ---- words ------------------------------------------------------------- */

static const char *lane_name(const struct lanes *l, uint64_t lane)
{
    return lane < l->count ? l->lanes[lane].name : "a thread";
}

static char *join_words(const struct lanes *l, const struct lane_event *ev)
{
    bool any = ev->object >= l->count && ev->detail & LANE_PROCESS;

    if (ev->kind == LANE_JOIN)
        return xasprintf("waits for %s to end", any ? "a process" : lane_name(l, ev->object));
    if (ev->detail)
        return xstrdup("runs; has waited in vain");
    return ev->object < l->count ? xasprintf("runs; %s has ended", lane_name(l, ev->object))
                                 : xstrdup("runs; what it waited for has ended");
}

char *lanes_duration(uint64_t ns)
{
    return ns >= 1000000000 ? xasprintf("%.3g s", (double)ns / 1e9)
           : ns >= 1000000  ? xasprintf("%.3g ms", (double)ns / 1e6)
                            : xasprintf("%.3g us", (double)ns / 1e3);
}

/* What is not in the table of objects: a descriptor is its own number. */
static char *descriptor(const struct lane_event *ev)
{
    return ev->object > INT32_MAX ? xstrdup("one of several descriptors") : xasprintf("descriptor %d", (int)ev->object);
}

static char *thing(const struct lanes *l, const struct lane_event *ev)
{
    switch (ev->detail % LANE_BROADCAST) {
    case LANE_SEMAPHORE:
        return xasprintf("semaphore %d", lanes_object_number(l, CLASS_SEMAPHORE, ev->object));
    case LANE_DESCRIPTOR: return descriptor(ev);
    case LANE_BARRIER:
        return xasprintf("barrier %d", lanes_object_number(l, CLASS_BARRIER, ev->object));
    default:
        return xasprintf("condition variable %d", lanes_object_number(l, CLASS_COND, ev->object));
    }
}

static char *thing_words(const struct lanes *l, const struct lane_event *ev)
{
    char *name = thing(l, ev), *text;
    bool at = ev->detail % LANE_BROADCAST == LANE_BARRIER;

    if (ev->detail % LANE_BROADCAST == LANE_DESCRIPTOR)
        text = xasprintf(ev->kind == LANE_WAIT ? "waits for %s" : "runs; has waited for %s", name);
    else if (ev->kind == LANE_WAIT)
        text = xasprintf("waits %s %s", at ? "at" : "on", name);
    else if (ev->kind == LANE_WOKEN)
        text = xasprintf("runs; was %s %s", at ? "let through" : "woken from", name);
    else
        text = xasprintf("runs; has %s %s",
                         ev->detail & LANE_BROADCAST                 ? "broadcast to"
                         : ev->detail % LANE_BROADCAST == LANE_COND ? "signalled"
                                                                     : "posted",
                         name);
    free(name);
    return text;
}

static char *event_words(const struct lanes *l, const struct lane_event *ev)
{
    int lock = lanes_object_number(l, CLASS_LOCK, ev->object);
    char *d = lanes_duration(ev->object), *text;

    switch (ev->kind) {
    case LANE_BLOCK: text = xasprintf("waits for lock %d", lock); break;
    case LANE_ACQUIRE: text = xasprintf("runs; has taken lock %d", lock); break;
    case LANE_RELEASE: text = xasprintf("runs; has given back lock %d", lock); break;
    case LANE_WAIT:
    case LANE_WOKEN:
    case LANE_SIGNAL: text = thing_words(l, ev); break;
    case LANE_JOIN:
    case LANE_JOINED: text = join_words(l, ev); break;
    case LANE_SLEEP: text = xasprintf("sleeps %s", d); break;
    case LANE_AWAKE: text = xstrdup("runs; has slept"); break;
    case LANE_WORK: text = xasprintf("computes %s", d); break;
    case LANE_WORKED: text = xstrdup("runs; has computed"); break;
    case LANE_PRINT: text = xasprintf("runs; has printed %" PRIu32 " bytes", ev->detail); break;
    case LANE_CREATE: text = xasprintf("runs; has created %s", lane_name(l, ev->object)); break;
    case LANE_END: text = xstrdup("has ended"); break;
    default: text = xstrdup("runs");
    }
    free(d);
    return text;
}

/* "; it had a core 52 % of the time", where it had one for a part only. */
static char *core_words(const struct lanes_lane *a, const struct lane_event *ev, uint64_t ns)
{
    double share = share_at(a, ns);
    bool runs = !ev || lanes_after(ev->kind) == DOING_RUN;

    return runs && share < 0.98 ? xasprintf("; it had a core %.0f %% of the time", 100 * share)
                                : xstrdup("");
}

char *lanes_words(const struct lanes *l, size_t lane, uint64_t ns, uint64_t zero)
{
    const struct lanes_lane *a;
    long i;

    if (lane >= l->count)
        return xstrdup("");
    a = &l->lanes[lane];
    if (ns < a->start)
        return xasprintf("%s has not begun", a->name);
    if (a->end && ns > a->end)
        return xasprintf("%s has ended", a->name);
    i = lanes_event_at(a, ns);
    const struct lane_event *ev = i >= 0 ? &a->events[i] : NULL;
    char *core = core_words(a, ev, ns), *text;
    if (!ev) {
        text = xasprintf("%s runs%s", a->name, core);
    } else {
        char *what = event_words(l, ev), *since = lanes_duration(ev->ns - zero);
        text = ev->ns < zero ? xasprintf("%s %s%s", a->name, what, core)
                             : xasprintf("%s %s, since %s%s", a->name, what, since, core);
        free(what);
        free(since);
    }
    free(core);
    return text;
}

char *lanes_number(double value)
{
    bool whole = value == floor(value) || fabs(value) >= 1000;

    return whole && fabs(value) < 1e15 ? xasprintf("%.0f", value) : xasprintf("%.4g", value);
}
