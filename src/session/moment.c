/* moment: see moment.h. One pass over the events; objects are found by place, not by name. */
#include "session/moment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool moment_same(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->kind != REF_NONE && a->kind == b->kind && a->offset == b->offset &&
           (a->kind == REF_GLOBAL || a->kind == REF_OTHER ||
            (a->tid == b->tid && a->block == b->block));
}

char *moment_name(const struct trace_ref *object)
{
    if (object->name)
        return xstrdup(object->name);
    switch (object->kind) {
    case REF_HEAP: return xstrdup("memory from malloc");
    case REF_STACK: return xstrdup("a local variable");
    case REF_GLOBAL: return xstrdup("a global variable");
    default: return xstrdup("an address");
    }
}

static char *value_text(const struct trace_event *ev)
{
    unsigned unused =
        ev->object.size >= 1 && ev->object.size < 8 ? 64 - 8 * (unsigned)ev->object.size : 0;

    if (ev->value_text)
        return xstrdup(ev->value_text);
    return xasprintf("%" PRId64, (int64_t)(ev->value << unused) >> unused);
}

static struct moment_value *value_of(struct moment *m, const struct trace_ref *object)
{
    for (size_t i = 0; i < m->value_count; i++)
        if (moment_same(m->values[i].object, object))
            return &m->values[i];
    ARRAY_GROW(m->values, m->value_count, m->value_cap);
    m->values[m->value_count] = (struct moment_value){.object = object, .by = TRACE_NO_THREAD};
    return &m->values[m->value_count++];
}

static void see_value(struct moment *m, const struct trace_event *ev, bool write, bool new)
{
    struct moment_value *v;

    if (!ev->has_value || ev->object.kind == REF_NONE)
        return;
    v = value_of(m, &ev->object);
    free(v->text);
    v->text = value_text(ev);
    if (!write)
        return;
    v->by = ev->tid;
    v->changed = new && ev->value != ev->before;
}

static struct moment_lock *lock_of(struct moment *m, const struct trace_ref *object)
{
    for (size_t i = 0; i < m->lock_count; i++)
        if (moment_same(m->locks[i].object, object))
            return &m->locks[i];
    ARRAY_GROW(m->locks, m->lock_count, m->lock_cap);
    m->locks[m->lock_count] = (struct moment_lock){.object = object};
    return &m->locks[m->lock_count++];
}

static void hand_to(struct moment *m, const struct trace_event *ev, const struct trace_ref *mutex,
                    int holder)
{
    struct moment_lock *l = mutex->kind != REF_NONE ? lock_of(m, mutex) : NULL;

    if (!l)
        return;
    l->holder = holder;
    l->since = &ev->at;
}

static void see(struct moment *m, const struct trace_event *ev, bool new)
{
    bool known = ev->tid >= 0 && ev->tid < TRACE_MAX_THREADS;

    m->clock_ns = ev->clock_ns;
    switch (ev->kind) {
    case EVENT_READ:
    case EVENT_ATOMIC_LOAD: see_value(m, ev, false, new); break;
    case EVENT_WRITE:
    case EVENT_ATOMIC_STORE:
    case EVENT_ATOMIC_RMW: see_value(m, ev, true, new); break;
    case EVENT_LOCK: hand_to(m, ev, &ev->object, ev->tid); break;
    case EVENT_TRYLOCK:
        if (ev->value == 0)
            hand_to(m, ev, &ev->object, ev->tid);
        break;
    case EVENT_UNLOCK: hand_to(m, ev, &ev->object, TRACE_NO_THREAD); break;
    case EVENT_COND_WAIT:
        hand_to(m, ev, &ev->object2, TRACE_NO_THREAD);
        if (known)
            m->waits_on[ev->tid] = &ev->object;
        break;
    case EVENT_COND_WAKE:
    case EVENT_RELOCK:
        if (known)
            m->waits_on[ev->tid] = NULL;
        if (ev->kind == EVENT_RELOCK)
            hand_to(m, ev, &ev->object, ev->tid);
        break;
    case EVENT_SIGNAL:
        if (ev->value < TRACE_MAX_THREADS)
            m->waits_on[ev->value] = NULL;
        break;
    case EVENT_BROADCAST:
        for (int i = 0; i < TRACE_MAX_THREADS; i++)
            if (m->waits_on[i] && moment_same(m->waits_on[i], &ev->object))
                m->waits_on[i] = NULL;
        break;
    default: break;
    }
}

void moment_at(struct moment *m, const struct trace_run *run, size_t events, size_t newest)
{
    *m = (struct moment){0};
    for (size_t i = 0; i < run->count && i < events; i++)
        see(m, &run->events[i], i >= newest);
}

void moment_fini(struct moment *m)
{
    for (size_t i = 0; i < m->value_count; i++)
        free(m->values[i].text);
    free(m->values);
    free(m->locks);
    *m = (struct moment){0};
}

char *moment_held(const struct moment *m, int tid)
{
    struct strbuf b = STRBUF_INIT;

    for (size_t i = 0; i < m->lock_count; i++) {
        if (m->locks[i].holder != tid || tid == TRACE_NO_THREAD)
            continue;
        char *name = moment_name(m->locks[i].object);
        strbuf_addf(&b, "%s%s", b.len ? ", " : "", name);
        free(name);
    }
    if (b.len)
        return strbuf_take(&b);
    strbuf_fini(&b);
    return NULL;
}
