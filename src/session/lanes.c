/* lanes: see lanes.h. */
#include "session/lanes.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEEP_EVENTS 100000 /* a lane; older ones are forgotten */
#define LONGEST_NS  UINT64_C(3600000000000)

/* ---- copying ----------------------------------------------------------- */

static void copy_text(char *to, size_t size, const char *from)
{
    size_t n = 0;

    for (; n + 1 < size && from[n]; n++)
        to[n] = (unsigned char)from[n] < ' ' || from[n] == 127 ? '?' : from[n];
    to[n] = '\0';
    if (!utf8_valid(to, n))
        for (size_t i = 0; i < n; i++)
            if ((unsigned char)to[i] >= 128)
                to[i] = '?';
}

static uint64_t since_start(const struct lanes *l, uint64_t ns)
{
    uint64_t t = ns > l->start_ns ? ns - l->start_ns : 0;

    return t < LONGEST_NS ? t : LONGEST_NS;
}

static void keep_event(struct lanes *l, struct lanes_lane *to, struct lane_event ev)
{
    ev.ns = since_start(l, ev.ns);
    if (to->count > 0 && ev.ns < to->events[to->count - 1].ns)
        ev.ns = to->events[to->count - 1].ns;
    if (to->count == KEEP_EVENTS) {
        size_t half = to->count / 2;
        memmove(to->events, to->events + half, (to->count - half) * sizeof *to->events);
        to->count -= half;
        to->lost += half;
    }
    ARRAY_GROW(to->events, to->count, to->cap);
    to->events[to->count++] = ev;
    if (ev.ns > l->last)
        l->last = ev.ns;
}

/* Slots below head that nobody has written over while we copied. */
static void take_events(struct lanes *l, struct lanes_lane *to, const struct lane *from)
{
    static struct lane_event copy[LANE_RING];
    uint64_t head = atomic_load_explicit(&from->head, memory_order_acquire);
    uint64_t first = head > LANE_RING ? head - LANE_RING : 0;

    if (head < to->head) /* nonsense: a ring never goes back */
        return;
    if (first < to->head)
        first = to->head;
    for (uint64_t i = first; i < head; i++)
        copy[i - first] = from->ring[i % LANE_RING];
    uint64_t now = atomic_load_explicit(&from->head, memory_order_acquire);
    uint64_t safe =
        now >= LANE_RING ? now - LANE_RING + 1 : 0; /* the one before may be half written */
    if (first > to->head)
        to->lost += first - to->head;
    for (uint64_t i = first; i < head; i++) {
        if (i >= safe)
            keep_event(l, to, copy[i - first]);
        else
            to->lost++;
    }
    to->head = head;
}

static void take_lane(struct lanes *l, struct lanes_lane *to, const struct lane *from)
{
    uint64_t ended = atomic_load_explicit(&from->ended_ns, memory_order_acquire);
    char name[LANE_NAME];

    memcpy(name, from->name, sizeof name);
    name[LANE_NAME - 1] = '\0';
    copy_text(to->name, sizeof to->name, name);
    to->section = from->section;
    to->start = since_start(l, from->started_ns);
    to->end = ended ? since_start(l, ended) : 0;
    take_events(l, to, from);
    if (to->end > l->last)
        l->last = to->end;
}

static void take_facts(struct lanes *l, const struct lane_log *log)
{
    uint32_t n = atomic_load_explicit(&log->fact_count, memory_order_acquire);

    n = n < LANE_FACTS ? n : LANE_FACTS;
    for (; l->fact_count < n; l->fact_count++) {
        struct lane_fact f = log->facts[l->fact_count];
        struct lanes_fact *to = &l->facts[l->fact_count];
        f.text[sizeof f.text - 1] = f.unit[sizeof f.unit - 1] = '\0';
        *to =
            (struct lanes_fact){.kind = f.kind <= FACT_SECTION ? (enum fact_kind)f.kind : FACT_NONE,
                                .ns = since_start(l, f.ns),
                                .value = isfinite(f.value) ? f.value : 0};
        copy_text(to->text, sizeof to->text, f.text);
        copy_text(to->unit, sizeof to->unit, f.unit);
    }
}

static void take_samples(struct lanes *l, const struct lane_log *log)
{
    uint32_t n = atomic_load_explicit(&log->sample_count, memory_order_acquire);

    n = n < LANE_SAMPLES ? n : LANE_SAMPLES;
    for (; l->sample_count < n; l->sample_count++) {
        struct lane_sample s = log->samples[l->sample_count];
        struct lanes_sample *to = &l->samples[l->sample_count];
        s.histogram[sizeof s.histogram - 1] = '\0';
        copy_text(to->histogram, sizeof to->histogram, s.histogram);
        to->value = isfinite(s.value) ? s.value : 0;
    }
}

void lanes_take(struct lanes *l, const struct lane_log *log)
{
    uint32_t n;

    if (!log || log->magic != LANE_MAGIC || log->version != LANE_VERSION || !log->start_ns)
        return;
    if (!l->lanes) {
        l->lanes = xcalloc(LANE_MAX, sizeof *l->lanes);
        l->facts = xcalloc(LANE_FACTS, sizeof *l->facts);
        l->samples = xcalloc(LANE_SAMPLES, sizeof *l->samples);
        l->start_ns = log->start_ns;
    }
    n = atomic_load_explicit(&log->lane_count, memory_order_acquire);
    n = n < LANE_MAX ? n : LANE_MAX;
    if (n > l->count)
        l->count = n;
    for (size_t i = 0; i < l->count; i++)
        take_lane(l, &l->lanes[i], &log->lanes[i]);
    l->overflow = atomic_load(&log->overflow);
    take_facts(l, log);
    take_samples(l, log);
}

void lanes_over(struct lanes *l, uint64_t elapsed_ns)
{
    if (elapsed_ns > l->last)
        l->last = elapsed_ns < LONGEST_NS ? elapsed_ns : LONGEST_NS;
}

void lanes_fini(struct lanes *l)
{
    for (size_t i = 0; l->lanes && i < LANE_MAX; i++)
        free(l->lanes[i].events);
    free(l->lanes);
    free(l->facts);
    free(l->samples);
    *l = (struct lanes){0};
}

/* ---- reading ----------------------------------------------------------- */

static enum lanes_doing after(uint32_t kind)
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

enum lanes_doing lanes_doing(const struct lanes_lane *lane, uint64_t from, uint64_t to,
                             uint64_t now, bool over)
{
    uint64_t share[DOING_KILLED + 1] = {0}, stop = lane->end ? lane->end : now,
                                  at = from > lane->start ? from : lane->start;
    long i = lanes_event_at(lane, at);
    enum lanes_doing doing = i >= 0 ? after(lane->events[i].kind) : DOING_RUN, best = DOING_NOTHING;

    if (to <= lane->start || from > stop)
        return over && !lane->end && to > lane->start ? DOING_KILLED : DOING_NOTHING;
    if (to > stop)
        to = stop;
    for (i++; at < to || i == 0; i++) {
        uint64_t next =
            (size_t)i < lane->count && lane->events[i].ns < to ? lane->events[i].ns : to;
        share[doing] += next > at ? next - at : 0;
        at = next;
        if ((size_t)i >= lane->count || lane->events[i].ns >= to)
            break;
        doing = after(lane->events[i].kind);
    }
    for (int k = DOING_RUN; k < DOING_KILLED; k++)
        if (share[k] > share[best])
            best = (enum lanes_doing)k;
    return best != DOING_NOTHING || share[DOING_NOTHING] ? best : doing;
}

bool lanes_is_busy(const struct lanes_lane *lane, uint64_t from, uint64_t to)
{
    for (size_t i = 0; i < lane->count && lane->events[i].ns < to; i++) {
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

/* Objects have addresses only: they are numbered in the order in which anybody used them. */
static int object_number(const struct lanes *l, uint64_t object, bool cond)
{
    uint64_t seen[64];
    int n = 0;

    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->lanes[i].count; k++) {
            const struct lane_event *ev = &l->lanes[i].events[k];
            bool mutex =
                ev->kind == LANE_BLOCK || ev->kind == LANE_ACQUIRE || ev->kind == LANE_RELEASE;
            bool other = ev->kind == LANE_WAIT || ev->kind == LANE_WOKEN || ev->kind == LANE_SIGNAL;
            int at = 0;
            if (cond ? !other : !mutex)
                continue;
            while (at < n && seen[at] != ev->object)
                at++;
            if (at == n && n < 64)
                seen[n++] = ev->object;
            if (ev->object == object)
                return at + 1;
        }
    return 0;
}

static const char *lane_name(const struct lanes *l, uint64_t lane)
{
    return lane < l->count ? l->lanes[lane].name : "a thread";
}

static char *duration(uint64_t ns)
{
    return ns >= 1000000000 ? xasprintf("%.3g s", (double)ns / 1e9)
           : ns >= 1000000  ? xasprintf("%.3g ms", (double)ns / 1e6)
                            : xasprintf("%.3g us", (double)ns / 1e3);
}

static char *event_words(const struct lanes *l, const struct lane_event *ev)
{
    char *d = duration(ev->object), *text;

    switch (ev->kind) {
    case LANE_BLOCK:
        text = xasprintf("waits for mutex %d", object_number(l, ev->object, false));
        break;
    case LANE_ACQUIRE:
        text = xasprintf("runs; has taken mutex %d", object_number(l, ev->object, false));
        break;
    case LANE_RELEASE:
        text = xasprintf("runs; has given back mutex %d", object_number(l, ev->object, false));
        break;
    case LANE_WAIT:
        text = xasprintf("waits on condition variable %d", object_number(l, ev->object, true));
        break;
    case LANE_WOKEN:
        text =
            xasprintf("was woken from condition variable %d", object_number(l, ev->object, true));
        break;
    case LANE_JOIN: text = xasprintf("waits for %s to end", lane_name(l, ev->object)); break;
    case LANE_JOINED: text = xasprintf("runs; %s has ended", lane_name(l, ev->object)); break;
    case LANE_SLEEP: text = xasprintf("sleeps %s", d); break;
    case LANE_AWAKE: text = xstrdup("runs; has slept"); break;
    case LANE_WORK: text = xasprintf("computes %s", d); break;
    case LANE_WORKED: text = xstrdup("runs; has computed"); break;
    case LANE_PRINT: text = xasprintf("runs; has printed %" PRIu32 " bytes", ev->detail); break;
    case LANE_SIGNAL:
        text = xasprintf("runs; has %s condition variable %d",
                         ev->detail ? "broadcast to" : "signalled",
                         object_number(l, ev->object, true));
        break;
    case LANE_CREATE: text = xasprintf("runs; has created %s", lane_name(l, ev->object)); break;
    case LANE_END: text = xstrdup("has ended"); break;
    default: text = xstrdup("runs");
    }
    free(d);
    return text;
}

char *lanes_words(const struct lanes *l, size_t lane, uint64_t ns)
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
    if (i < 0)
        return xasprintf("%s runs", a->name);
    char *what = event_words(l, &a->events[i]), *since = duration(a->events[i].ns);
    char *text = xasprintf("%s %s, since %s", a->name, what, since);
    free(what);
    free(since);
    return text;
}
