/* moment: see moment.h. One pass over the events; objects are found by place, not by name. */
#include "session/moment.h"

#include "report/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* In whichever process. */
static bool same_place(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->kind != REF_NONE && a->kind == b->kind && a->offset == b->offset &&
           (a->kind == REF_GLOBAL || a->kind == REF_OTHER ||
            (a->tid == b->tid && a->block == b->block));
}

bool moment_same(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->process == b->process && same_place(a, b);
}

bool moment_is_lock(const struct moment_lock *l, const struct trace_ref *object)
{
    return l->process == object->process && same_place(l->object, object);
}

char *moment_name(const struct trace_ref *object)
{
    if (object->name) {
        const char *block = strstr(object->name, " in the block ");
        return xstrndup(object->name, block ? (size_t)(block - object->name) : strlen(object->name));
    }
    switch (object->kind) {
    case REF_HEAP: return xstrdup("memory from malloc");
    case REF_STACK: return xstrdup("a local variable");
    case REF_GLOBAL: return xstrdup("a global variable");
    case REF_SHARED: return xstrdup("shared memory");
    default: return xstrdup("an address");
    }
}

char *moment_name_in(const struct trace_state *st, const struct trace_ref *object, int process)
{
    char *name = moment_name(object);

    if (!process)
        return name;
    char *whole = xasprintf("%s in %s", name, report_short_name(st, process));
    free(name);
    return whole;
}

char *moment_value_text(const struct trace_event *ev)
{
    unsigned unused =
        ev->object.size >= 1 && ev->object.size < 8 ? 64 - 8 * (unsigned)ev->object.size : 0;

    if (ev->value_text)
        return xstrdup(ev->value_text);
    return xasprintf("%" PRId64, (int64_t)(ev->value << unused) >> unused);
}

static bool is_write(const struct trace_event *ev)
{
    return ev->kind == EVENT_WRITE || ev->kind == EVENT_ATOMIC_STORE || ev->kind == EVENT_ATOMIC_RMW;
}

static bool tells(const struct trace_event *ev)
{
    return ev->has_value && ev->object.kind != REF_NONE &&
           (is_write(ev) || ev->kind == EVENT_READ || ev->kind == EVENT_ATOMIC_LOAD);
}

bool moment_tells(const struct trace_event *ev, const struct trace_ref *object)
{
    return tells(ev) && moment_same(&ev->object, object);
}

/* ---- an index, so that long runs with much memory stay quick -------------- */

static size_t slot_of(const struct moment *m, const struct trace_ref *object)
{
    uint64_t place[5] = {(uint64_t)object->kind, (uint64_t)object->offset, 0, 0, (uint64_t)object->process};

    if (object->kind != REF_GLOBAL && object->kind != REF_OTHER) {
        place[2] = (uint64_t)object->tid;
        place[3] = object->block;
    }
    size_t at = (size_t)hash_bytes(place, sizeof place, HASH_SEED) & (m->index_cap - 1);
    while (m->index[at] && !moment_same(m->values[m->index[at] - 1].object, object))
        at = (at + 1) & (m->index_cap - 1);
    return at;
}

static void index_grow(struct moment *m)
{
    free(m->index);
    m->index_cap = m->index_cap ? 2 * m->index_cap : 64;
    m->index = xcalloc(m->index_cap, sizeof *m->index);
    for (size_t i = 0; i < m->value_count; i++)
        m->index[slot_of(m, m->values[i].object)] = (uint32_t)i + 1;
}

static struct moment_value *value_of(struct moment *m, const struct trace_ref *object)
{
    if (2 * m->value_count >= m->index_cap)
        index_grow(m);
    size_t at = slot_of(m, object);
    if (m->index[at])
        return &m->values[m->index[at] - 1];
    ARRAY_GROW(m->values, m->value_count, m->value_cap);
    m->values[m->value_count] = (struct moment_value){.object = object, .by = TRACE_NO_THREAD};
    m->index[at] = (uint32_t)++m->value_count;
    return &m->values[m->value_count - 1];
}

static void see_value(struct moment *m, const struct trace_event *ev, bool new)
{
    struct moment_value *v;

    if (!tells(ev))
        return;
    v = value_of(m, &ev->object);
    v->told = ev;
    if (!is_write(ev))
        return;
    v->by = ev->tid;
    v->changed = new && ev->value != ev->before;
}

static struct moment_lock *lock_of(struct moment *m, const struct trace_ref *object)
{
    for (size_t i = 0; i < m->lock_count; i++)
        if (moment_is_lock(&m->locks[i], object))
            return &m->locks[i];
    ARRAY_GROW(m->locks, m->lock_count, m->lock_cap);
    m->locks[m->lock_count] =
        (struct moment_lock){.object = object, .process = object->process, .holder = TRACE_NO_THREAD};
    return &m->locks[m->lock_count++];
}

static void hand_to(struct moment *m, const struct trace_event *ev, const struct trace_ref *mutex,
                    int holder)
{
    struct moment_lock *l = mutex->kind != REF_NONE ? lock_of(m, mutex) : NULL;

    if (!l)
        return;
    l->holder = holder;
    l->left = false;
    l->since = &ev->at;
}

bool moment_lock_free(const struct moment_lock *l)
{
    for (int i = 0; i < TRACE_MAX_THREADS; i++)
        if (l->readers[i])
            return false;
    return l->holder == TRACE_NO_THREAD;
}

/* A read-write lock: by its readers, or by the one who writes. */
static void see_rwlock(struct moment *m, const struct trace_event *ev)
{
    bool known = ev->tid >= 0 && ev->tid < TRACE_MAX_THREADS;
    struct moment_lock *l = known && ev->value == 0 ? lock_of(m, &ev->object) : NULL;

    if (!l)
        return;
    if (ev->kind == EVENT_WRLOCK || ev->kind == EVENT_TRYWRLOCK)
        l->holder = ev->tid;
    else if (ev->kind != EVENT_RWUNLOCK)
        l->readers[ev->tid]++;
    else if (l->holder == ev->tid)
        l->holder = TRACE_NO_THREAD;
    else if (l->readers[ev->tid])
        l->readers[ev->tid]--;
    l->since = &ev->at;
}

static struct moment_count *count_of(struct moment *m, const struct trace_ref *object)
{
    for (size_t i = 0; i < m->count_count; i++)
        if (moment_same(m->counts[i].object, object))
            return &m->counts[i];
    ARRAY_GROW(m->counts, m->count_count, m->count_cap);
    m->counts[m->count_count] = (struct moment_count){.object = object};
    return &m->counts[m->count_count++];
}

static void see_count(struct moment *m, const struct trace_event *ev, bool new)
{
    if (ev->object.kind == REF_NONE || (ev->kind == EVENT_SEM_TRYWAIT && ev->value != 0))
        return;
    struct moment_count *n = count_of(m, &ev->object);
    uint64_t value = ev->kind != EVENT_SEM_TRYWAIT ? ev->value : n->value ? n->value - 1 : 0;
    n->changed = new && value != n->value;
    n->value = value;
}

static int process_of(const struct moment *m, int tid)
{
    return tid >= 0 && tid < TRACE_MAX_THREADS ? m->process_of[tid] : 0;
}

/* What the one that forked had, the child's only thread has in its copy; what others had nobody can give back. */
static void hand_down(struct moment_lock *l, int parent, int child)
{
    l->process = child;
    l->left = l->left || (l->holder != TRACE_NO_THREAD && l->holder != parent);
    if (l->holder == parent)
        l->holder = child;
    l->readers[child] = l->readers[parent];
    l->readers[parent] = 0;
    for (int i = 0; i < TRACE_MAX_THREADS; i++)
        l->left = l->left || (l->readers[i] && i != child);
}

static void copy_locks(struct moment *m, int parent, int child)
{
    size_t n = m->lock_count;

    for (size_t i = 0; i < n; i++) {
        struct moment_lock l = m->locks[i];
        if (l.process != process_of(m, parent) || l.object->kind == REF_SHARED || moment_lock_free(&l))
            continue;
        hand_down(&l, parent, child);
        ARRAY_GROW(m->locks, m->lock_count, m->lock_cap);
        m->locks[m->lock_count++] = l;
    }
}

static void see_new(struct moment *m, const struct trace_event *ev)
{
    int new = ev->value < TRACE_MAX_THREADS ? (int)ev->value : TRACE_NO_THREAD;

    if (new == TRACE_NO_THREAD)
        return;
    m->process_of[new] = ev->kind == EVENT_FORK ? new : process_of(m, ev->tid);
    if (ev->kind == EVENT_FORK)
        copy_locks(m, ev->tid, new);
}

static void see(struct moment *m, const struct trace_run *run, size_t i, bool new)
{
    const struct trace_event *ev = &run->events[i];
    bool known = ev->tid >= 0 && ev->tid < TRACE_MAX_THREADS;

    m->clock_ns = ev->clock_ns;
    if (!report_is_free(run, i))
        see_value(m, ev, new);
    switch (ev->kind) {
    case EVENT_CREATE:
    case EVENT_FORK: see_new(m, ev); break;
    case EVENT_LOCK:
    case EVENT_TIMEDLOCK: hand_to(m, ev, &ev->object, ev->tid); break;
    case EVENT_TRYLOCK:
        if (ev->value == 0)
            hand_to(m, ev, &ev->object, ev->tid);
        break;
    case EVENT_UNLOCK: hand_to(m, ev, &ev->object, TRACE_NO_THREAD); break;
    case EVENT_RDLOCK:
    case EVENT_TRYRDLOCK:
    case EVENT_WRLOCK:
    case EVENT_TRYWRLOCK:
    case EVENT_RWUNLOCK: see_rwlock(m, ev); break;
    case EVENT_SEM_INIT:
    case EVENT_SEM_WAIT:
    case EVENT_SEM_TRYWAIT:
    case EVENT_SEM_POST:
    case EVENT_SEM_VALUE: see_count(m, ev, new); break;
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
        for (int tid = 0; tid < TRACE_MAX_THREADS; tid++)
            if (m->waits_on[tid] && moment_same(m->waits_on[tid], &ev->object))
                m->waits_on[tid] = NULL;
        break;
    default: break;
    }
}

void moment_at(struct moment *m, const struct trace_run *run, size_t events, size_t newest)
{
    *m = (struct moment){0};
    for (size_t i = 0; i < run->count && i < events; i++)
        see(m, run, i, i >= newest);
    for (size_t i = 0; i < m->value_count; i++)
        m->values[i].text = moment_value_text(m->values[i].told);
}

void moment_fini(struct moment *m)
{
    for (size_t i = 0; i < m->value_count; i++)
        free(m->values[i].text);
    free(m->values);
    free(m->index);
    free(m->locks);
    free(m->counts);
    *m = (struct moment){0};
}

char *moment_held(const struct moment *m, int tid)
{
    struct strbuf b = STRBUF_INIT;

    for (size_t i = 0; i < m->lock_count; i++) {
        const struct moment_lock *l = &m->locks[i];
        bool reads = tid >= 0 && tid < TRACE_MAX_THREADS && l->readers[tid];
        if (tid == TRACE_NO_THREAD || l->left || (l->holder != tid && !reads))
            continue;
        char *name = moment_name(l->object);
        strbuf_addf(&b, "%s%s%s", b.len ? ", " : "", name, reads ? " (reading)" : "");
        free(name);
    }
    if (b.len)
        return strbuf_take(&b);
    strbuf_fini(&b);
    return NULL;
}
