/* record: the events of a run worth showing, in terms that outlive it.
 *
 * Only replays record; for exploring runs record() does nothing. A write's new value is not
 * known when the compiler announces it: it is filled in when the thread next enters the engine.
 */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

static struct trace_event *events;
static size_t count, cap;
#define EVENT_LIMIT 400000

static struct {
    bool active;
    size_t event;
    void *addr;
    unsigned size;
    int process; /* whose memory: another one may be in place by then */
} pending;

static uint32_t check;

/* ---- places ------------------------------------------------------------------ */

struct trace_place place_of(uint64_t pc) { return (struct trace_place){.pc = plugin_offset(pc)}; }

static struct trace_ref heap_ref(const char *a)
{
    const struct block *b = heap_near(a);
    struct trace_ref r = {.kind = REF_OTHER, .offset = (int64_t)(uintptr_t)a};
    if (b)
        r = (struct trace_ref){.kind = REF_HEAP, .offset = a - b->addr, .tid = b->tid, .block = b->number,
                               .block_size = b->size, .pc = plugin_offset(b->pc)};
    return r;
}

static uint64_t here; /* where the access stands that is being recorded: its thread may have announced nothing in this function */

/* The frame that holds `a`: the outermost one whose frame pointer is not below it is its caller's;
 * locals lie below the frame pointer, so it is the innermost frame with fp > a. */
static struct trace_ref stack_ref(const char *a)
{
    int tid = stack_owner(a);
    const struct thread *t = process_stack_thread(tid);
    t = t ? t : &engine.threads[tid];
    int n = t->depth < MAX_FRAMES ? t->depth : MAX_FRAMES, i = n - 1;
#if defined(__x86_64__)
    while (i > 0 && t->frames[i].fp < (uintptr_t)a)
        i--;
#else
    while (i > 0 && t->frames[i - 1].fp <= (uintptr_t)a)
        i--;
#endif
    if (i < 0)
        return (struct trace_ref){.kind = REF_OTHER, .offset = (int64_t)(uintptr_t)a, .tid = tid};
    uint64_t pc = i + 1 < n ? t->frames[i + 1].call_pc : here && t == me() ? here : t->op.pc;
    return (struct trace_ref){.kind = REF_STACK, .offset = a - (char *)t->frames[i].fp, .tid = tid,
                              .pc = plugin_offset(pc)};
}

/* errno lies before the copy and belongs to nobody. */
static struct trace_ref tls_ref(const char *a)
{
    size_t at = (size_t)(a - engine.tls_area), slot = at / TLS_SLOT, in = at % TLS_SLOT;
    if (in < TLS_COPY || in - TLS_COPY >= engine.tls_size)
        return (struct trace_ref){.kind = REF_OTHER, .offset = (int64_t)(uintptr_t)a};
    return (struct trace_ref){.kind = REF_TLS, .offset = (int64_t)(in - TLS_COPY), .tid = (int)slot};
}

struct trace_ref ref_of(const void *addr, uint64_t size)
{
    const char *a = addr;
    struct trace_ref r;
    if (kernel_owns(a))
        return kernel_ref(a);
    if (a >= engine.shared_area && a < engine.shared_end) {
        r = shared_ref(a);
        r.size = size;
        return r;
    }
    if (a >= engine.text && a < engine.text_end)
        r = (struct trace_ref){.kind = REF_GLOBAL, .offset = a - engine.base};
    else if (a >= engine.heap && a < engine.heap_end)
        r = heap_ref(a);
    else if (a >= engine.stacks && a < engine.stacks_end)
        r = stack_ref(a);
    else if (library_owns(a))
        r = library_ref(a);
    else if (a >= engine.tls_area && a < engine.tls_area_end)
        r = tls_ref(a);
    else
        r = (struct trace_ref){.kind = REF_OTHER, .offset = (int64_t)(uintptr_t)a};
    r.size = size;
    r.process = r.kind == REF_LIBRARY && library_shares(a) ? 0 : process_leader(engine.space);
    return r;
}

/* ---- events -------------------------------------------------------------------- */

void record_reset(void)
{
    for (size_t i = 0; i < count; i++)
        trace_event_fini(&events[i]);
    count = 0;
    pending.active = false;
    check = 2166136261u;
}

static uint64_t load(const void *addr, unsigned size)
{
    uint64_t value = 0;
    memcpy(&value, addr, size < 8 ? size : 8);
    return value;
}

static void finish_write(void)
{
    if (!pending.active)
        return;
    pending.active = false;
    events[pending.event].value = load(image_at(pending.process, pending.addr), pending.size);
}

static void add_check(uint32_t x) { check = (check ^ x) * 16777619u; }

static struct trace_event *add(enum event_kind kind, uint64_t pc)
{
    struct run *run = &engine.run;
    finish_write();
    if (count == EVENT_LIMIT)
        return NULL;
    ARRAY_GROW(events, count, cap);
    struct trace_event *ev = &events[count];
    *ev = (struct trace_event){.index = (int)count, .choice = run->choices, .tid = me() ? me()->tid : 0, .kind = kind,
                               .at = place_of(pc), .clock_ns = run->now};
    count++;
    return ev;
}

static void take_decision(struct trace_event *ev)
{
    struct run *run = &engine.run;
    ev->decision = run->decision;
    ev->preemption = run->decision && run->preemption;
    ev->variant = run->variant;
    run->decision = run->preemption = false;
}

bool record_is_step(enum event_kind kind)
{
    return event_visible(kind) || (kind == EVENT_CLOCK && engine.set.hostile);
}

struct trace_event *record_event(enum event_kind kind, void *object, uint64_t value, uint64_t pc)
{
    struct trace_event *ev = add(kind, pc);
    if (!ev)
        return NULL;
    if (record_is_step(kind)) {
        take_decision(ev);
        add_check((uint32_t)kind * 64 + (uint32_t)ev->tid);
    }
    if (object)
        ev->object = ref_of(object, 0);
    ev->value = value;
    return ev;
}

struct trace_ref ref_accessed(const void *addr, uint64_t size, uint64_t pc)
{
    here = pc;
    struct trace_ref r = ref_of(addr, size);
    here = 0;
    return r;
}

void record_access(void *addr, unsigned size, bool write, uint64_t pc)
{
    struct trace_event *ev = add(write ? EVENT_WRITE : EVENT_READ, pc);
    if (!ev)
        return;
    ev->object = ref_accessed(addr, size, pc);
    ev->has_value = size <= 8;
    ev->before = ev->value = load(addr, size);
    if (write) {
        pending.active = true;
        pending.event = (size_t)ev->index;
        pending.addr = addr;
        pending.size = size;
        pending.process = me()->process;
    }
    if (engine.run.decision) {
        take_decision(ev);
        add_check((uint32_t)ev->kind * 64 + (uint32_t)ev->tid);
    }
}

void record_abandon(void)
{
    if (pending.active)
        events[pending.event].has_value = false;
    pending.active = false;
}

uint32_t record_check(void) { return check ? check : 1; }

const struct trace_event *record_events(size_t *n)
{
    finish_write();
    *n = count;
    return events;
}

void record_send(void)
{
    finish_write();
    for (size_t i = 0; i < count; i++) {
        struct trace_msg m = {.kind = MSG_EVENT};
        trace_event_move(&m.event, &events[i]);
        talk_send(&m);
    }
    count = 0;
}
