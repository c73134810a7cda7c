/* sentence: what the engine says in kinds and numbers, as words. */
#include "report/facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- threads ----------------------------------------------------------- */

#define T4(a)                                                                                      \
    "T" #a "0", "T" #a "1", "T" #a "2", "T" #a "3", "T" #a "4", "T" #a "5", "T" #a "6",            \
        "T" #a "7", "T" #a "8", "T" #a "9"
static const char *const plain_names[] = {
    "main", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", T4(1), T4(2), T4(3), T4(4),
};
#undef T4

const char *report_thread_name(const struct trace_state *threads, int tid)
{
    const struct trace_thread *t = facts_thread(threads, tid);
    if (t && t->name)
        return t->name;
    if (tid < 0)
        return "a thread";
    return tid < (int)(sizeof plain_names / sizeof *plain_names) ? plain_names[tid] : "a thread";
}

const char *report_short_name(const struct trace_state *threads, int tid)
{
    const struct trace_thread *t = facts_thread(threads, tid);
    if (t && t->short_name)
        return t->short_name;
    return report_thread_name(t && tid > 0 && t->process == tid ? threads : NULL, tid);
}

/* ---- failures ---------------------------------------------------------- */

struct filling {
    const struct trace_failure *f;
    const struct trace_state *threads;
};

static void fill(struct strbuf *b, char what, const struct filling *in)
{
    const struct trace_failure *f = in->f;
    char *object;
    switch (what) {
    case 'T': strbuf_adds(b, report_thread_name(in->threads, f->tid)); break;
    case 'H':
        strbuf_adds(b, f->other < 0 ? "another thread" : report_thread_name(in->threads, f->other));
        break;
    case 'O':
        object = names_object(&f->object);
        strbuf_adds(b, object);
        free(object);
        break;
    case 'V': strbuf_addf(b, "%" PRId64, (int64_t)f->value); break;
    case 'W': strbuf_addf(b, "%" PRId64, (int64_t)f->value2); break;
    case 'X': strbuf_adds(b, f->detail ? f->detail : ""); break;
    default: strbuf_addc(b, what);
    }
}

/* A function that another thread may leave at any moment has not always returned in the run told. */
static const char *template(const struct trace_failure *f)
{
    if (f->reason == REASON_DEAD_STACK && f->other >= 0)
        return "%T uses %O, and %H may have left its function by then";
    return reason_sentence(f->reason);
}

char *report_sentence(const struct trace_failure *f, const struct trace_state *threads)
{
    struct strbuf b = STRBUF_INIT;
    struct filling in = {f, threads};
    for (const char *s = template(f); *s; s++) {
        if (*s == '%' && s[1])
            fill(&b, *++s, &in);
        else
            strbuf_addc(&b, *s);
    }
    return strbuf_take(&b);
}

/* ---- why a thread cannot run ------------------------------------------- */

static char *blocked_on_lock(const struct trace_state *st, const struct trace_thread *t)
{
    char *object = names_object(&t->object), *since = names_place(&t->since), *s;
    if (t->left_by)
        s = xasprintf("waits for its copy of %s, made while %s held it", object,
                      report_thread_name(st, t->left_by - 1));
    else if (t->holder < 0)
        s = xasprintf("waits for %s", object);
    else if (t->holder == t->tid)
        s = xasprintf("waits for %s, which it holds itself%s%s", object, *since ? " since " : "",
                      since);
    else
        s = xasprintf("waits for %s, held by %s%s%s", object, report_thread_name(st, t->holder),
                      *since ? " since " : "", since);
    free(object);
    free(since);
    return s;
}

/* Its next step is to take the mutex again; what it waits on is the other object. */
static char *blocked_at(const struct trace_thread *t, const char *words)
{
    char *object = names_object(&t->object);
    const char *at = strstr(words, "%s");
    char *s = xasprintf("%.*s%s%s", (int)(at - words), words, object, at + 2);
    free(object);
    return s;
}

static char *waiting_on_cond(const struct trace_thread *t)
{
    char *object = names_object(t->object2.kind != REF_NONE ? &t->object2 : &t->object);
    char *s = xasprintf("waits on %s until somebody signals it", object);
    free(object);
    return s;
}

static char *asleep_until(const struct trace_thread *t)
{
    char *when = names_duration(t->wake_ns);
    char *s = xasprintf("%s until the clock says %s", t->computes ? "computes" : "sleeps", when);
    free(when);
    return s;
}

static char *blocked(const struct trace_state *st, const struct trace_thread *t)
{
    if ((t->next == EVENT_JOIN || t->next == EVENT_TRYJOIN) && t->value < TRACE_MAX_THREADS)
        return xasprintf("waits for %s to end", report_thread_name(st, (int)t->value));
    if (t->next == EVENT_ONCE && t->holder >= 0)
        return xasprintf("waits until %s has finished the one-time call",
                         report_thread_name(st, t->holder));
    if (t->next == EVENT_SEM_WAIT)
        return blocked_at(t, "waits until somebody posts %s");
    if (t->next == EVENT_SIGWAIT)
        return xstrdup("waits until somebody sends it a signal");
    if (t->next == EVENT_BARRIER_LEAVE)
        return blocked_at(t, "waits at %s until more threads come");
    if (t->next == EVENT_WAIT)
        return xstrdup("waits for a process to end");
    if (t->next == EVENT_FD_READ && t->object.kind == REF_FILE && t->object.block == FILE_TIMER)
        return blocked_at(t, "waits for %s to expire");
    if (t->next == EVENT_FD_READ)
        return blocked_at(t, "waits until somebody writes to %s");
    if (t->next == EVENT_FD_WRITE)
        return blocked_at(t, "waits until somebody reads from %s");
    if (t->next == EVENT_POLL)
        return blocked_at(t, "waits for an event on %s");
    return blocked_on_lock(st, t);
}

char *report_blocked_because(const struct trace_state *st, const struct trace_thread *t)
{
    switch (t->status) {
    case THREAD_BLOCKED: return blocked(st, t);
    case THREAD_WAITING: return waiting_on_cond(t);
    case THREAD_ASLEEP: return asleep_until(t);
    case THREAD_SPINNING: return xstrdup("goes round in its loop until what it reads changes");
    case THREAD_ENDED: return xstrdup("has ended");
    case THREAD_NONE:
    case THREAD_READY: break;
    }
    return NULL;
}

/* ---- operations and events --------------------------------------------- */

/* event.def has the third person; this is the announcement: "next: lock lock_a". */
static const char *const announcements[EVENT_COUNT] = {
    [EVENT_NONE] = "go on",
    [EVENT_START] = "start",
    [EVENT_END] = "end",
    [EVENT_CREATE] = "create",
    [EVENT_JOIN] = "join",
    [EVENT_DETACH] = "detach",
    [EVENT_LOCK] = "lock",
    [EVENT_TRYLOCK] = "try to lock",
    [EVENT_UNLOCK] = "unlock",
    [EVENT_MUTEX_INIT] = "initialise",
    [EVENT_MUTEX_DESTROY] = "destroy",
    [EVENT_COND_WAIT] = "wait on",
    [EVENT_COND_WAKE] = "wake from",
    [EVENT_RELOCK] = "lock again",
    [EVENT_SIGNAL] = "signal",
    [EVENT_BROADCAST] = "broadcast to",
    [EVENT_COND_INIT] = "initialise",
    [EVENT_COND_DESTROY] = "destroy",
    [EVENT_ONCE] = "run once",
    [EVENT_ONCE_DONE] = "finish once",
    [EVENT_SLEEP] = "sleep",
    [EVENT_WAKE] = "wake up",
    [EVENT_YIELD] = "yield",
    [EVENT_WORK] = "compute",
    [EVENT_CLOCK] = "read the clock",
    [EVENT_READ] = "read",
    [EVENT_WRITE] = "write",
    [EVENT_ATOMIC_LOAD] = "load",
    [EVENT_ATOMIC_STORE] = "store",
    [EVENT_ATOMIC_RMW] = "update",
    [EVENT_FENCE] = "fence",
    [EVENT_ALLOC] = "allocate",
    [EVENT_FREE] = "free",
    [EVENT_OUTPUT] = "print",
    [EVENT_CHECK] = "check",
    [EVENT_SPIN] = "go round in the same loop",
    [EVENT_EXIT] = "end the program",
    [EVENT_KILLED] = "be ended with the program",
    [EVENT_FAIL] = "fail",
    [EVENT_RWLOCK_INIT] = "initialise",
    [EVENT_RWLOCK_DESTROY] = "destroy",
    [EVENT_RDLOCK] = "read-lock",
    [EVENT_TRYRDLOCK] = "try to read-lock",
    [EVENT_WRLOCK] = "write-lock",
    [EVENT_TRYWRLOCK] = "try to write-lock",
    [EVENT_RWUNLOCK] = "unlock",
    [EVENT_BARRIER_INIT] = "initialise",
    [EVENT_BARRIER_DESTROY] = "destroy",
    [EVENT_BARRIER_WAIT] = "come to",
    [EVENT_BARRIER_LEAVE] = "leave",
    [EVENT_TIMEDLOCK] = "lock in time",
    [EVENT_TIMEOUT] = "give up waiting for",
    [EVENT_CANCEL] = "cancel",
    [EVENT_CANCELLED] = "end, as it was asked to",
    [EVENT_TESTCANCEL] = "look whether it is to end",
    [EVENT_OPEN] = "open a new descriptor",
    [EVENT_CLOSE] = "close",
    [EVENT_FD_READ] = "read from",
    [EVENT_FD_WRITE] = "write to",
    [EVENT_FD_SET] = "set",
    [EVENT_POLL] = "wait for events on",
    [EVENT_FORK] = "start a process",
    [EVENT_EXEC] = "become another program",
    [EVENT_WAIT] = "wait for a process",
    [EVENT_KILL] = "send a signal to a process",
    [EVENT_GETPPID] = "ask about its family",
    [EVENT_INTERRUPTED] = "be interrupted at",
    [EVENT_SEM_INIT] = "initialise",
    [EVENT_SEM_DESTROY] = "destroy",
    [EVENT_SEM_WAIT] = "take one from",
    [EVENT_SEM_TRYWAIT] = "try to take one from",
    [EVENT_SEM_POST] = "post",
    [EVENT_SEM_VALUE] = "read the count of",
    [EVENT_SEM_OPEN] = "open",
    [EVENT_SEM_CLOSE] = "close",
    [EVENT_SEM_UNLINK] = "remove a name from",
    [EVENT_TRYJOIN] = "look at the end of",
    [EVENT_FINISH] = "come to its end",
    [EVENT_SIGMASK] = "change",
    [EVENT_SIGWAIT] = "wait for",
    [EVENT_SENDSIG] = "send a signal to",
    [EVENT_SIGACTION] = "say what is to be done about a signal",
};

static const char *announcement(enum event_kind k)
{
    return k < EVENT_COUNT && announcements[k] ? announcements[k] : event_verb(k);
}

static void add_object(struct strbuf *b, const struct trace_ref *ref)
{
    if (ref->kind == REF_NONE && !ref->name)
        return;
    char *object = names_short(ref);
    strbuf_addf(b, " %s", object);
    free(object);
}

char *report_next(const struct trace_state *st, const struct trace_thread *t)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, t->next == EVENT_EXIT && t->process ? "end its process"
                    : t->computes                     ? "finish computing"
                                                      : announcement(t->next));
    if ((t->next == EVENT_JOIN || t->next == EVENT_TRYJOIN) && t->value < TRACE_MAX_THREADS)
        strbuf_addf(&b, " %s", report_short_name(st, (int)t->value));
    else if (t->next == EVENT_SLEEP || t->next == EVENT_WORK) {
        char *d = names_duration((int64_t)t->value);
        strbuf_addf(&b, " %s", d);
        free(d);
    } else if (t->next == EVENT_OPEN && t->object.kind == REF_OTHER)
        strbuf_adds(&b, " a descriptor"); /* which has no number yet */
    else if (t->next != EVENT_CLOCK)      /* which is the lab's own */
        add_object(&b, &t->object);
    return strbuf_take(&b);
}

static void add_value(struct strbuf *b, const struct trace_event *ev)
{
    if (!ev->has_value)
        return;
    char *v = names_value(ev);
    strbuf_addf(b, " = %s", v);
    free(v);
}

static void event_access(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    static const char *const words[EVENT_COUNT] = {[EVENT_READ] = "read",
                                                   [EVENT_WRITE] = "write",
                                                   [EVENT_ATOMIC_LOAD] = "load",
                                                   [EVENT_ATOMIC_STORE] = "store",
                                                   [EVENT_ATOMIC_RMW] = "update"};
    bool left = ev->kind == EVENT_ATOMIC_RMW && ev->has_value && ev->value == ev->before; /* a failed exchange */
    strbuf_adds(b, left ? "leave" : words[ev->kind]);
    add_object(b, &ev->object);
    add_value(b, ev);
}

static void event_thread(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, announcement(ev->kind));
    if (ev->value < TRACE_MAX_THREADS)
        strbuf_addf(b, " %s", report_short_name(st, (int)ev->value));
}

static void event_process(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    if (ev->value < TRACE_MAX_THREADS)
        strbuf_addf(b, "%s %s", event_verb(ev->kind), report_short_name(st, (int)ev->value));
    else
        strbuf_adds(b, ev->kind == EVENT_FORK ? "tries to start a process, and cannot"
                                              : "waits for a process, and finds none");
}

static void event_signo(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    const char *name = ev->value < 65 ? sigabbrev_np((int)ev->value) : NULL;
    strbuf_adds(b, ev->kind == EVENT_SIGACTION && ev->before ? "asks what is to be done about signal" : event_verb(ev->kind));
    if (name)
        strbuf_addf(b, " SIG%s", name);
    else
        strbuf_addf(b, " %d", (int)ev->value);
}

static void event_alarm(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, ev->before ? "asks about its alarm" : event_verb(ev->kind));
}

static void event_exit(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, ev->before ? "ends its process" : event_verb(ev->kind));
}

static void event_signal(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(ev->kind));
    add_object(b, &ev->object);
    if (ev->kind == EVENT_SIGNAL && ev->value < TRACE_MAX_THREADS)
        strbuf_addf(b, ": wakes %s", report_short_name(st, (int)ev->value));
    else if (ev->kind == EVENT_SIGNAL || ev->value == 0)
        strbuf_adds(b, ": nobody waits");
}

static void event_time(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    char *d = names_duration((int64_t)ev->value);
    strbuf_addf(b, "%s %s", event_verb(ev->kind), d);
    free(d);
}

static void event_output(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, "prints \"");
    for (const char *s = ev->text ? ev->text : ""; *s; s++) {
        if (*s == '\n')
            strbuf_adds(b, s[1] ? "\\n" : "");
        else if ((unsigned char)*s >= ' ' && *s != 127)
            strbuf_addc(b, *s);
    }
    strbuf_addc(b, '"');
}

static void event_wake(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(ev->kind));
    add_object(b, &ev->object);
    if (ev->kind == EVENT_WAKE) {
        char *when = names_duration(ev->clock_ns);
        strbuf_addf(b, " at %s", when);
        free(when);
    }
    if (ev->variant == CHOICE_SPURIOUS)
        strbuf_adds(b, " without a signal");
    else if (ev->variant == CHOICE_EARLY)
        strbuf_adds(b, " before its time");
}

static void event_text(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(ev->kind));
    if (ev->text)
        strbuf_addf(b, " %s", ev->text);
}

static void event_exec(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    event_text(b, st, ev);
    if (ev->value)
        strbuf_adds(b, ", and finds none of that name");
}

static void event_object(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(ev->kind));
    add_object(b, &ev->object);
}

/* Only of what carries bytes; an event counter or a clock is read as a whole. */
static bool tells_bytes(const struct trace_event *ev)
{
    return ev->has_value && ev->object.kind == REF_FILE && (ev->object.block == FILE_PIPE || ev->object.block == FILE_SOCKET);
}

static void event_bytes(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    bool reads = ev->kind == EVENT_FD_READ;
    if (!tells_bytes(ev)) {
        event_object(b, st, ev);
        return;
    }
    char *object = names_short(&ev->object);
    if (ev->value)
        strbuf_addf(b, "%s %" PRIu64 " byte%s %s %s", reads ? "reads" : "writes", ev->value, ev->value == 1 ? "" : "s",
                    reads ? "from" : "to", object);
    else if (reads && !ev->before)
        strbuf_addf(b, "finds the end of %s", object);
    else
        strbuf_addf(b, reads ? "reads from %s, and gets nothing" : "writes to %s, and it takes nothing", object);
    free(object);
}

/* A descriptor is called by the number that was its first; others may lead to the same. */
static bool is_other_number(const struct trace_event *ev)
{
    return ev->object.kind == REF_FILE && ev->value && ev->value != (uint64_t)ev->object.offset;
}

static void event_close(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    char *was = names_short(&ev->object), *now = names_short(&ev->object2);
    if (ev->object2.kind == REF_FILE && strcmp(was, now) == 0)
        strbuf_addf(b, "lets %d lead to %s, as before", (int)ev->value, now);
    else if (ev->object2.kind == REF_FILE)
        strbuf_addf(b, "lets %d lead to %s, no more to %s", (int)ev->value, now, was);
    else if (is_other_number(ev))
        strbuf_addf(b, "closes %d, which leads to %s", (int)ev->value, was);
    else
        event_object(b, st, ev);
    free(was);
    free(now);
}

static void event_open(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    char *object = names_short(&ev->object), *other = names_short(&ev->object2);
    if (ev->object2.kind == REF_FILE)
        strbuf_addf(b, "opens %s and %s", object, other);
    else if (is_other_number(ev))
        strbuf_addf(b, "lets %d lead to %s, too", (int)ev->value, object);
    else
        event_object(b, st, ev);
    free(object);
    free(other);
}

static void event_again(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(EVENT_LOCK));
    add_object(b, &ev->object);
    strbuf_adds(b, " again");
}

static void event_try(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev)
{
    strbuf_adds(b, event_verb(ev->kind));
    add_object(b, &ev->object);
    strbuf_adds(b, ev->value == 0 ? ": gets it" : ev->kind == EVENT_SEM_TRYWAIT ? ": there is none" : ": does not get it");
}

typedef void event_writer(struct strbuf *b, const struct trace_state *st, const struct trace_event *ev);
static event_writer *const writers[EVENT_COUNT] = {
    [EVENT_READ] = event_access,        [EVENT_WRITE] = event_access,
    [EVENT_ATOMIC_LOAD] = event_access, [EVENT_ATOMIC_STORE] = event_access,
    [EVENT_ATOMIC_RMW] = event_access,  [EVENT_CREATE] = event_thread,
    [EVENT_JOIN] = event_thread,        [EVENT_TRYJOIN] = event_thread,
    [EVENT_SENDSIG] = event_thread,
    [EVENT_RELOCK] = event_again,       [EVENT_TRYLOCK] = event_try,
    [EVENT_TRYRDLOCK] = event_try,      [EVENT_TRYWRLOCK] = event_try,
    [EVENT_SEM_TRYWAIT] = event_try,
    [EVENT_CANCEL] = event_thread,        [EVENT_DETACH] = event_thread,
    [EVENT_SIGNAL] = event_signal,      [EVENT_BROADCAST] = event_signal,
    [EVENT_FORK] = event_process,       [EVENT_WAIT] = event_process,
    [EVENT_KILL] = event_process,       [EVENT_EXIT] = event_exit,
    [EVENT_FD_READ] = event_bytes,      [EVENT_FD_WRITE] = event_bytes,
    [EVENT_EXEC] = event_exec,          [EVENT_HANDLE] = event_signo,
    [EVENT_HANDLER] = event_signo,      [EVENT_SIGACTION] = event_signo,
    [EVENT_SETALARM] = event_alarm,
    [EVENT_CLOSE] = event_close,        [EVENT_OPEN] = event_open,
    [EVENT_SLEEP] = event_time,         [EVENT_WORK] = event_time,
    [EVENT_OUTPUT] = event_output,      [EVENT_COND_WAKE] = event_wake,
    [EVENT_WAKE] = event_wake,          [EVENT_CHECK] = event_text,
    [EVENT_FAIL] = event_text,
};

char *report_event(const struct trace_state *st, const struct trace_event *ev)
{
    struct strbuf b = STRBUF_INIT;
    event_writer *write = ev->kind < EVENT_COUNT ? writers[ev->kind] : NULL;
    (write ? write : event_object)(&b, st, ev);
    return strbuf_take(&b);
}
