/* lab: the functions of lab/check.h and lab/lab.h under the checker. */
#include "engine/named.h"
#include "engine/sync/sync.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

/* ---- threads of the scenario's own ------------------------------------------------ */

static struct {
    uint32_t run;
    int count;
    pthread_t ids[MAX_THREADS];
} gone;

DECLARE(void, __wrap_lab_go, void *(*start)(void *), void *arg)
{
    if (gone.run != engine.run.id) {
        gone.run = engine.run.id;
        gone.count = 0;
    }
    ENTER(CALLER);
    thread_create(&gone.ids[gone.count++], CREATE_LAB, start, arg, CALLER);
}

DECLARE(void, __wrap_lab_join_all, void)
{
    for (int i = 0; gone.run == engine.run.id && i < gone.count; i++) {
        ENTER(CALLER);
        if (!thread_of(gone.ids[i])->joined)
            thread_join(gone.ids[i], CALLER);
    }
}

/* ---- turns: how many others had since a thread began to wait ------------------------- */

static struct {
    uint32_t run;
    int turns;
    bool waits[MAX_THREADS];
    int since[MAX_THREADS]; /* turns when it began */
} queue;

static void queue_use(void)
{
    if (queue.run != engine.run.id)
        memset(&queue, 0, sizeof queue);
    queue.run = engine.run.id;
    engine.run.observed = true; /* whose turn comes first is what it is about */
    spin_effect(me());
}

DECLARE(void, __wrap_lab_queue, void)
{
    queue_use();
    queue.waits[me()->tid] = true;
    queue.since[me()->tid] = queue.turns;
}

static void note_check(bool holds, const char *text, uint64_t pc);

DECLARE(void, __wrap_lab_turn_at, int most, const char *what, const char *file, int line)
{
    (void)file, (void)line;
    ENTER(CALLER);
    queue_use();
    int tid = me()->tid, others = queue.waits[tid] ? queue.turns - queue.since[tid] : 0;
    char text[256];
    queue.turns++;
    queue.waits[tid] = false;
    if (others <= most)
        return;
    snprintf(text, sizeof text, "%.150s waited through %d turns of others; %d would be fair", what, others, most);
    note_check(false, text, CALLER);
    fail(.reason = REASON_STARVED, .detail = text, .pc = CALLER);
}

static void queue_digest(struct digest *out)
{
    if (queue.run != engine.run.id)
        return;
    digest_word(out, (uint64_t)queue.turns);
    for (int i = 0; i < engine.run.thread_count; i++)
        digest_word(out, queue.waits[i] ? (uint64_t)queue.since[i] + 1 : 0);
}

void lab_digest(struct digest *out)
{
    queue_digest(out);
    int n = gone.run == engine.run.id ? gone.count : 0;
    digest_word(out, (uint64_t)n << 1 | engine.run.no_polling);
    digest_bytes(out, gone.ids, (size_t)n * sizeof *gone.ids);
}

/* ---- properties --------------------------------------------------------------------- */

static void note_check(bool holds, const char *text, uint64_t pc)
{
    struct trace_event *ev = record(EVENT_CHECK, NULL, holds, pc);
    if (ev)
        ev->text = xstrdup(text);
}

/* The message, with what its name says of it. */
static _Noreturn void check_fails(enum reason why, const char *fmt, va_list ap, uint64_t pc)
{
    char text[768];
    vsnprintf(text, sizeof text, fmt, ap);
    struct named n = named_of(text);
    note_check(false, n.text, pc);
    fail(.reason = why, .detail = n.text, .value = n.belief, .right_if = n.words, .pc = pc);
}

DECLARE(void, __wrap_lab_check_at, bool holds, const char *file, int line, const char *fmt, ...)
{
    (void)file, (void)line;
    ENTER(CALLER);
    if (holds) {
        note_check(true, "", CALLER);
        return;
    }
    va_list ap;
    va_start(ap, fmt);
    check_fails(REASON_CHECK, fmt, ap, CALLER);
}

static enum reason reason_for(const char *verdict)
{
    switch (verdict_parse(verdict)) {
    case VERDICT_SERIAL:
        return REASON_SERIAL;
    case VERDICT_LATE:
        return REASON_LATE;
    case VERDICT_STARVED:
        return REASON_NO_PROGRESS;
    case VERDICT_LIMIT:
        return REASON_LIMIT;
    case VERDICT_LEAK:
        return REASON_LEFT;
    case VERDICT_MISUSE:
        return REASON_RULE;
    default:
        return REASON_CHECK;
    }
}

DECLARE(void, __wrap_lab_require_at, const char *verdict, bool holds, const char *file, int line, const char *fmt, ...)
{
    (void)file, (void)line;
    ENTER(CALLER);
    if (holds)
        return;
    va_list ap;
    va_start(ap, fmt);
    check_fails(reason_for(verdict), fmt, ap, CALLER);
}

/* ---- REACHABLE ------------------------------------------------------------------------ */

static struct possible {
    uint64_t pc;
    bool reached;
    enum reason reason;
    char message[512];
} *possibles;
static size_t possible_count, possible_cap;

void possible_reset(void) { possible_count = 0; }

DECLARE(void, __wrap_lab_possible_at, const char *verdict, bool reached, const char *file, int line, const char *message)
{
    (void)file, (void)line;
    uint64_t pc = CALLER;
    ENTER(pc);
    for (size_t i = 0; i < possible_count; i++)
        if (possibles[i].pc == pc) {
            possibles[i].reached |= reached;
            return;
        }
    ARRAY_GROW(possibles, possible_count, possible_cap);
    struct possible *p = &possibles[possible_count++];
    *p = (struct possible){pc, reached, strcmp(verdict, "serial") == 0 ? REASON_SERIAL : REASON_UNREACHED, ""};
    snprintf(p->message, sizeof p->message, "%s", message);
}

size_t possible_reached(void)
{
    size_t n = possible_count;
    for (size_t i = 0; i < possible_count; i++)
        n += possibles[i].reached;
    return n;
}

void failure_say(struct trace_failure *f, const char *message)
{
    struct named n = named_of(message);
    f->value = n.belief;
    f->detail = xstrdup(n.text);
    f->right_if = *n.words ? xstrdup(n.words) : NULL;
}

bool possible_missing(struct trace_failure *out)
{
    for (size_t i = 0; i < possible_count; i++)
        if (!possibles[i].reached) {
            *out = (struct trace_failure){.reason = possibles[i].reason, .tid = TRACE_NO_THREAD,
                                          .other = TRACE_NO_THREAD, .at = place_of(possibles[i].pc)};
            failure_say(out, possibles[i].message);
            return true;
        }
    return false;
}

/* ---- questions --------------------------------------------------------------------------- */

DECLARE(long, __wrap_lab_now_ms, void)
{
    spin_effect(me());
    clock_point(CALLER);
    return lab_elapsed_ms();
}
DECLARE(bool, __wrap_lab_ideal_clock, void) { return !engine.set.hostile; }
DECLARE(int, __wrap_lab_threads_started, void) { return engine.run.started; }
DECLARE(int, __wrap_lab_threads_at_once, void) { return engine.run.at_once; }
DECLARE(int, __wrap_lab_threads_running, void)
{
    int n = 0;
    engine.run.observed = true;
    for (int i = 1; i < engine.run.thread_count; i++)
        n += !engine.threads[i].ended;
    return n;
}
DECLARE(size_t, __wrap_lab_heap_live, void)
{
    engine.run.observed = true;
    return (size_t)heap_live();
}
DECLARE(void, __wrap_lab_fail_create, int k, int error)
{
    engine.run.fail_create_in = k;
    engine.run.fail_create_error = error;
}
DECLARE(void, __wrap_lab_invariant, bool (*holds)(void), const char *message)
{
    engine.run.invariant = holds;
    engine.run.invariant_message = message;
}
DECLARE(void, __wrap_lab_no_polling, void) { engine.run.no_polling = true; }
DECLARE(void, __wrap_lab_preemptions, int most) { engine.run.enough = most > 1 ? most : 1; }
DECLARE(void, __wrap_lab_answer_races, const char *label, const char *answer)
{
    static char copy[1024];
    (void)label;
    ENTER(CALLER);
    size_t n = answer ? access_string(answer, sizeof copy - 1, CALLER) : 0;
    memcpy(copy, answer ? answer : "", n);
    copy[n] = '\0';
    engine.collect_races = true;
    engine.answer = copy;
}

/* ---- for demos: under the checker they only show ------------------------------------------- */

DECLARE(void, __wrap_lab_name, const char *name)
{
    ENTER(CALLER);
    access_string(name, 16, CALLER);
    snprintf(me()->name, sizeof me()->name, "%.15s", name);
}
DECLARE(void, __wrap_lab_report, const char *what, double value, const char *unit) { (void)what, (void)value, (void)unit; }
DECLARE(void, __wrap_lab_sample, const char *histogram, double value) { (void)histogram, (void)value; }
DECLARE(void, __wrap_lab_say, const char *fmt, ...) { (void)fmt; }
DECLARE(void, __wrap_lab_section, const char *title) { (void)title; }
DECLARE(void, __wrap_lab_unseen, void) {}
DECLARE(int, __wrap_lab_task, const char *name) { (void)name; return -1; }
DECLARE(void, __wrap_lab_task_is, int task, int what) { (void)task, (void)what; }
