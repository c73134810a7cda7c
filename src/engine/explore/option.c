/* option: see option.h. The table of what commutes is spread over sync/: each primitive says it on top. */
#include "engine/explore/option.h"

struct option option_of(const struct thread *t, int variant, uint8_t cost, bool preempts)
{
    struct option o = {(uint8_t)t->tid, (uint8_t)variant, cost, preempts, (uint8_t)t->op.kind,
                       t->op.object, t->op.object2, t->op.value};
    if (variant == CHOICE_SPURIOUS) {
        o.kind = EVENT_COND_WAKE;
        o.object = cond_of(t);
        o.object2 = NULL;
    } else if (t->op.kind == EVENT_RELOCK) {
        o.object2 = NULL; /* it was woken: only the mutex matters now */
    }
    return o;
}

static bool is_read(uint8_t kind) { return kind == EVENT_READ || kind == EVENT_ATOMIC_LOAD; }

static bool is_memory(uint8_t kind)
{
    return is_read(kind) || kind == EVENT_WRITE || kind == EVENT_ATOMIC_STORE || kind == EVENT_ATOMIC_RMW;
}

static bool overlap(const struct option *a, const struct option *b)
{
    const char *x = a->object, *y = b->object;
    return x < y + b->value && y < x + a->value;
}

static bool touches(const struct option *o, const void *object)
{
    return o->object == object || (o->object2 && o->object2 == object);
}

/* Giving a mutex back: nobody else could have taken it just before, so only trying matters. */
static bool gives_back(const struct option *o, const void *mutex)
{
    return (o->kind == EVENT_UNLOCK && o->object == mutex) || (o->kind == EVENT_COND_WAIT && o->object2 == mutex);
}

static bool takes(const struct option *o) { return o->kind == EVENT_LOCK || o->kind == EVENT_RELOCK; }

bool options_conflict(const struct option *a, const struct option *b)
{
    if (a->kind == EVENT_EXIT || b->kind == EVENT_EXIT)
        return true;
    if (is_memory(a->kind) || is_memory(b->kind))
        return is_memory(a->kind) && is_memory(b->kind) && !(is_read(a->kind) && is_read(b->kind)) && overlap(a, b);
    if (a->kind == EVENT_COND_WAKE && b->kind == EVENT_COND_WAKE)
        return true; /* both use up the run's spurious wakeups */
    if (a->kind == EVENT_OUTPUT && b->kind == EVENT_OUTPUT)
        return true;
    if (a->kind == EVENT_SPIN || b->kind == EVENT_SPIN)
        return true;
    if ((takes(a) && gives_back(b, a->object)) || (takes(b) && gives_back(a, b->object)))
        return false;
    return (a->object && touches(b, a->object)) || (a->object2 && touches(b, a->object2));
}
