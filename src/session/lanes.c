/* lanes: see lanes.h. Taking a log over; looking at it is in lanes_look.c. */
#include "session/lanes_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEEP_EVENTS 100000 /* of a lane; older ones are forgotten */
#define KEEP_ALL    400000 /* of all lanes; of longer ones the older half is forgotten */
#define LONGEST_NS  UINT64_C(3600000000000)

/* ---- copying ----------------------------------------------------------- */

void lanes_copy_text(char *to, size_t size, const char *from)
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

/* ---- objects ----------------------------------------------------------- */

static struct lanes_object *object_slot(const struct lanes *l, enum lanes_class class,
                                        uint64_t address)
{
    size_t at = (size_t)((address >> 3) * 31 + class) % LANES_OBJECTS;

    while (l->objects[at].number &&
           (l->objects[at].address != address || l->objects[at].class != class))
        at = (at + 1) % LANES_OBJECTS;
    return (struct lanes_object *)&l->objects[at];
}

static void meet_object(struct lanes *l, enum lanes_class class, uint64_t address)
{
    struct lanes_object *o = object_slot(l, class, address);

    if (o->number || l->object_count == LANES_OBJECTS - 1)
        return;
    l->object_count++;
    *o = (struct lanes_object){address, (uint8_t)class, ++l->class_count[class]};
}

int lanes_object_number(const struct lanes *l, enum lanes_class class, uint64_t address)
{
    return object_slot(l, class, address)->number;
}

static enum lanes_class class_of(uint32_t detail)
{
    uint32_t thing = detail % LANE_BROADCAST;

    return thing == LANE_SEMAPHORE ? CLASS_SEMAPHORE
           : thing == LANE_BARRIER ? CLASS_BARRIER
                                   : CLASS_COND;
}

static void meet_objects(struct lanes *l, const struct lane_event *ev)
{
    if (ev->kind == LANE_BLOCK || ev->kind == LANE_ACQUIRE || ev->kind == LANE_RELEASE)
        meet_object(l, CLASS_LOCK, ev->object);
    if ((ev->kind == LANE_WAIT || ev->kind == LANE_WOKEN || ev->kind == LANE_SIGNAL) &&
        ev->detail % LANE_BROADCAST != LANE_DESCRIPTOR)
        meet_object(l, class_of(ev->detail), ev->object);
}

/* ---- events ------------------------------------------------------------ */

/* How much of its running time since the last mark the thread had a core. */
static void keep_mark(struct lanes_lane *to, const struct lane_event *ev)
{
    uint64_t cpu = ev->object < to->run ? ev->object : to->run;

    if (to->mark_count == KEEP_EVENTS) {
        memmove(to->marks, to->marks + KEEP_EVENTS / 2, KEEP_EVENTS / 2 * sizeof *to->marks);
        to->mark_count = KEEP_EVENTS / 2;
    }
    ARRAY_GROW(to->marks, to->mark_count, to->mark_cap);
    to->marks[to->mark_count++] =
        (struct lanes_mark){ev->ns, to->run ? (double)cpu / (double)to->run : 1};
    to->cpu += cpu;
    to->ready += to->run - cpu;
    to->run = 0;
}

static void forget_older(struct lanes *l, struct lanes_lane *to)
{
    size_t half = to->count / 2;

    memmove(to->events, to->events + half, (to->count - half) * sizeof *to->events);
    to->count -= half;
    to->lost += half;
    l->event_count -= half;
}

static void store_event(struct lanes *l, struct lanes_lane *to, struct lane_event ev)
{
    bool crowded = l->event_count >= KEEP_ALL && to->count > KEEP_ALL / (l->count + 1);

    if (to->count == KEEP_EVENTS || crowded)
        forget_older(l, to);
    ARRAY_GROW(to->events, to->count, to->cap);
    to->events[to->count++] = ev;
    l->event_count++;
}

/* In order of time, whatever the log says. A mark tells of the time before it and is no event. */
static void keep_event(struct lanes *l, struct lanes_lane *to, struct lane_event ev)
{
    uint64_t least = to->since > to->start ? to->since : to->start;

    if (ev.ns < least)
        ev.ns = least;
    if (to->doing == DOING_RUN)
        to->run += ev.ns - least;
    to->since = ev.ns;
    if (ev.ns > l->last)
        l->last = ev.ns;
    if (ev.kind == LANE_RAN) {
        keep_mark(to, &ev);
        return;
    }
    to->doing = lanes_after(ev.kind);
    meet_objects(l, &ev);
    store_event(l, to, ev);
}

void lanes_add_event(struct lanes *l, size_t lane, const struct lane_event *ev)
{
    keep_event(l, &l->lanes[lane], *ev);
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
        copy[i - first].ns = since_start(l, copy[i - first].ns);
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
    lanes_copy_text(to->name, sizeof to->name, name);
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
        lanes_copy_text(to->text, sizeof to->text, f.text);
        lanes_copy_text(to->unit, sizeof to->unit, f.unit);
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
        lanes_copy_text(to->histogram, sizeof to->histogram, s.histogram);
        to->value = isfinite(s.value) ? s.value : 0;
    }
}

void lanes_begin(struct lanes *l)
{
    if (l->lanes)
        return;
    l->lanes = xcalloc(LANE_MAX, sizeof *l->lanes);
    l->facts = xcalloc(LANE_FACTS, sizeof *l->facts);
    l->samples = xcalloc(LANE_SAMPLES, sizeof *l->samples);
    for (size_t i = 0; i < LANE_MAX; i++)
        l->lanes[i].doing = DOING_RUN;
}

void lanes_take(struct lanes *l, const struct lane_log *log)
{
    uint32_t n;

    if (!log || log->magic != LANE_MAGIC || log->version != LANE_VERSION || !log->start_ns)
        return;
    lanes_begin(l);
    l->start_ns = log->start_ns;
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
    for (size_t i = 0; l->lanes && i < LANE_MAX; i++) {
        free(l->lanes[i].events);
        free(l->lanes[i].marks);
    }
    free(l->lanes);
    free(l->facts);
    free(l->samples);
    *l = (struct lanes){0};
}
