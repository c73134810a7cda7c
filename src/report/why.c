/* why: one sentence on why this happens, and the belief under which the program would be right. What
 * the interleaving itself shows comes first, then the exact reason (a race that only makes the program
 * slow is still a race), then the belief the test is about; a sentence that may not be true of this run
 * is not said. */
#include "report/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const by_reason[REASON_COUNT] = {
    [REASON_DATA_RACE] =
        "the same memory is used by both, one writes, and no lock, create or join comes between: "
        "the language promises nothing about what happens then",
    [REASON_DEADLOCK_CYCLE] =
        "each holds what the next one needs, and none gives anything back before it has both",
    [REASON_DEADLOCK_SELF] = "a lock that is taken twice by one thread waits for itself",
    [REASON_DEADLOCK_HELD] = "every way out of a function needs its unlock; one way here has none",
    [REASON_DEADLOCK_LOST_SIGNAL] = "a signal that nobody is waiting for is forgotten",
    [REASON_DEADLOCK_NO_SIGNAL] = "nobody is left who could change what it waits for",
    [REASON_DEADLOCK_SEM] = "every wait takes one away, and nobody is left to give one back",
    [REASON_DEADLOCK_BARRIER] =
        "a barrier opens only when as many threads have come as it was made for",
    [REASON_DEADLOCK_JOIN] = "join waits until that thread has ended, and that thread cannot go on",
    [REASON_LIVELOCK] = "it waits in a loop for a change that nobody is left to make",
    [REASON_EXIT_EARLY] = "exit ends the whole program, with every thread in it",
    [REASON_UNLOCK_NOT_OWNER] = "only the thread that took a mutex may give it back",
    [REASON_UNLOCK_FREE] =
        "an unlock needs its lock: this one was given back already, or never taken",
    [REASON_DESTROY_HELD] = "what somebody still uses must not be destroyed",
    [REASON_DESTROY_WAITED] = "what somebody still waits on must not be destroyed",
    [REASON_NOT_INITIALISED] = "memory is not a lock yet: it must be initialised once, before its first use",
    [REASON_COPIED] =
        "a mutex or condition variable is where it was initialised; share a pointer to it instead",
    [REASON_WAIT_WITHOUT_MUTEX] =
        "between the test and the wait the condition may change, so the wait must hold the mutex",
    [REASON_JOIN_TWICE] =
        "after the first join the thread is gone; its id may belong to another one",
    [REASON_JOIN_DETACHED] = "a detached thread cleans up behind itself, nobody can join it",
    [REASON_DEAD_STACK] =
        "a local variable lives until its function returns; a thread may live longer",
    [REASON_USE_AFTER_FREE] = "in this order the memory is freed before its last use",
    [REASON_DOUBLE_FREE] = "two owners each believed that freeing was up to them",
    [REASON_THREAD_NOT_JOINED] =
        "a thread that nobody joins keeps its memory until the process ends",
    [REASON_THREAD_RUNNING] =
        "when main returns the process ends, and every thread with it, wherever it is",
    [REASON_DEADLOCK_READ] = "a read waits until there is something to read, or nobody left who could write",
    [REASON_DEADLOCK_TIMER] = "a timer is readable once it has expired, until it is read; then it waits for its next expiry",
    [REASON_DEADLOCK_EOF] = "the end of a pipe comes when the last write end is closed, in every process",
    [REASON_BROKEN_PIPE] =
        "who writes to a pipe without readers gets the signal SIGPIPE, which ends the process; where it is ignored, the "
        "write fails with EPIPE",
    [REASON_DEADLOCK_WRITE] = "a pipe holds only so much: who writes more waits for a reader",
    [REASON_DEADLOCK_POLL] = "nobody is left who could make any of its descriptors ready",
    [REASON_POLLING] = "looking again and again keeps a core busy and may keep others from working",
    [REASON_BUSY_POLL] = "a timeout of 0 does not wait: the loop burns a core until the time has come",
    [REASON_BUSY_LOOP] = "what is ready stays ready until it is read, taken out, or no longer asked for",
    [REASON_BLOCKED] = "one thread serves all: while it waits in one call, everybody else waits for it",
    [REASON_BLOCKED_BEATS] = "one thread serves all: while it waits in one call, everybody else waits for it",
    [REASON_FD_CLOSED] = "a closed number is free: the next descriptor that is opened may get it",
    [REASON_FD_CLOSED_TWICE] = "a closed number is free: a second close may hit a descriptor of somebody else",
    [REASON_FD_LEFT] = "an open descriptor keeps its other end waiting, and a process has only so many",
    [REASON_END_HOLDING] = "every way out of a function needs its unlock; one way here has none",
    [REASON_DEADLOCK_WAIT] = "a wait ends when the child does, and the child cannot go on",
    [REASON_DEADLOCK_CHILDREN] = "a wait ends when a child does, and no child can go on",
    [REASON_DEADLOCK_FORKED] =
        "fork copies locks as they are, but of all threads only the one that forks comes along",
    [REASON_CHILD_ESCAPED] = "fork comes back twice: the child has to end where its work ends",
    [REASON_EXEC_EARLY] = "exec replaces the whole process: only a child of its own may call it",
    [REASON_FD_INHERITED] = "a new program keeps every descriptor that is not close-on-exec, and keeps its other end waiting",
    [REASON_UNSAFE_IN_CHILD] =
        "fork copies the locks inside the library, too, but not the threads that would give them back: until exec, only what "
        "is async-signal-safe",
    [REASON_NOT_SHARED] = "locks work between processes only if their attributes say so",
    [REASON_ZOMBIE] = "the system keeps a process that ended until its parent has asked how",
    [REASON_ORPHAN] = "who starts a process has to wait for it",
    [REASON_MAPPING_LEFT] = "a mapping stays until it is unmapped, or the process ends",
    [REASON_SERIAL] = "one waits for the other where both could wait at the same time",
    [REASON_STARVED] = "nothing promises that who has waited longest goes first, unless the lock sees to it",
};

/* The belief that goes with a reason whatever the interleaving was. */
static const char *const belief_of_reason[REASON_COUNT] = {
    [REASON_DEADLOCK_SELF] = "M20",     [REASON_DEADLOCK_LOST_SIGNAL] = "M27",
    [REASON_DEAD_STACK] = "M26",        [REASON_WAIT_WITHOUT_MUTEX] = "M29",
    [REASON_THREAD_RUNNING] = "M24",    [REASON_THREAD_NOT_JOINED] = "M24",
    [REASON_END_HOLDING] = "M17",       [REASON_BLOCKED] = "M44",
    [REASON_BLOCKED_BEATS] = "M44",
};

/* lessons/misconceptions.txt has what people believe; here is what is true instead. */
static const struct misbelief {
    const char *id, *truth, *right_if, *verdicts;
} beliefs[] = {
#define M(id, truth, right_if, verdicts) {id, truth, right_if, verdicts},
#include "report/misconception.def"
#undef M
};

static const struct misbelief *belief(const char *id, size_t len)
{
    for (size_t i = 0; i < sizeof beliefs / sizeof *beliefs; i++)
        if (strlen(beliefs[i].id) == len && strncmp(beliefs[i].id, id, len) == 0)
            return &beliefs[i];
    return NULL;
}

const char *report_misconception(const char *id)
{
    const struct misbelief *b = belief(id, strlen(id));
    return b ? b->truth : NULL;
}

const char *why_name(const struct trace_state *st, int tid) { return report_short_name(st, tid); }

const char *why_thread(const struct trace_thread *t)
{
    return t->tid > 0 && t->process == t->tid && t->name ? t->name : report_thread_name(NULL, t->tid);
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *w = words; *w; w += strcspn(w, " "), w += strspn(w, " "))
        if (strcspn(w, " ") == n && strncmp(w, word, n) == 0)
            return true;
    return false;
}

static enum reason telling_reason(const struct report_test *t);

/* The first of the test's beliefs ("M11, M12") that this failure can come from. */
static const struct misbelief *of_test(const struct report_test *t)
{
    const char *ids = t->info.misconception ? t->info.misconception : "";
    const char *verdict = verdict_id(reason_verdict(telling_reason(t)));
    if (telling_reason(t) == REASON_MEMORY_LEFT) /* forgotten, whatever one believes */
        return NULL;
    for (size_t n; *(ids += strspn(ids, " ,")); ids += n) {
        n = strcspn(ids, " ,");
        const struct misbelief *b = belief(ids, n);
        if (b && has_word(b->verdicts, verdict))
            return b;
    }
    return NULL;
}

static bool knows_of(const struct trace_run *run, size_t before, int tid)
{
    for (size_t i = 0; i < before; i++)
        if (run->events[i].kind == EVENT_CREATE && run->events[i].value == (uint64_t)tid)
            return true;
    return false;
}

static bool of_the_check(const struct trace_place *at)
{
    return at->file && strcmp(path_basename(at->file), "check.c") == 0;
}

/* Did one side sleep first, while the other was there already? The time of lab_work is no sleep, and a pause in the
 * test is not the learner's. */
static bool side_slept(const struct trace_run *run, const struct trace_access *a, int other)
{
    bool slept = false, computes = false;
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid != a->tid)
            continue;
        if (ev->kind == EVENT_SLEEP && !computes && !of_the_check(&ev->at))
            slept |= a->tid != 0 || knows_of(run, i, other);
        else if (slept && facts_is_access(ev) && names_same_place(&ev->at, &a->at))
            return true;
        computes = ev->kind == EVENT_WORK;
    }
    return false;
}

static struct why by_sleep(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (side_slept(&t->run, &f->race[0], f->race[1].tid) ||
        side_slept(&t->run, &f->race[1], f->race[0].tid))
        return (struct why){.text = xstrdup(report_misconception("M07")), .belief = "M07"};
    return (struct why){0};
}

/* What followed from a race, or what failed. */
static enum reason telling_reason(const struct report_test *t)
{
    enum reason then = t->result.consequence.reason;
    enum verdict v = reason_verdict(then);
    bool tells = v != VERDICT_WRONG && v != VERDICT_SERIAL && v != VERDICT_LATE;
    return then != REASON_NONE && tells ? then : t->result.failure.reason;
}

static struct why recognise(const struct report_test *t)
{
    struct why y = {0};
    bool race = t->result.failure.has_race;
    switch (reason_verdict(telling_reason(t))) {
    case VERDICT_DEADLOCK: y = why_of_stuck(t); break;
    case VERDICT_CRASH: y = why_of_crash(t); break;
    case VERDICT_WRONG: y = why_of_wrong(t); break;
    default: break;
    }
    bool led = telling_reason(t) != t->result.failure.reason; /* it tells more than the race does */
    if (y.text || !race || (led && by_reason[telling_reason(t)]))
        return y;
    const struct trace_access *side = t->result.failure.race;
    if (!side[0].lock_count && !side[1].lock_count)
        y = by_sleep(t);
    return y.text ? y : why_of_race(t);
}

/* The belief that the check itself names. */
static const struct misbelief *of_check(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    bool check = f->reason == REASON_CHECK || f->reason == REASON_SERIAL || f->reason == REASON_LATE ||
                 f->reason == REASON_NO_PROGRESS || f->reason == REASON_LEFT || f->reason == REASON_RULE;
    char id[8];
    snprintf(id, sizeof id, "M%02u", check && f->value < 100 ? (unsigned)f->value : 0);
    return belief(id, strlen(id));
}

/* The sentence for the exact reason; a wrong result has none but the belief the test is about. */
static struct why by_the_reason(const struct report_test *t)
{
    enum reason r = telling_reason(t);
    const struct misbelief *b = of_check(t) ? of_check(t) : of_test(t);
    const char *text = by_reason[r], *id = belief_of_reason[r];
    if (!text && reason_verdict(r) == VERDICT_WRONG && b)
        text = b->truth;
    if (!id && b)
        id = b->id;
    return (struct why){.text = text ? xstrdup(text) : NULL, .belief = id};
}

struct why why_find(const struct report_test *t)
{
    if (t->result.failure.reason == REASON_ANSWER || t->result.failure.reason == REASON_NONE)
        return (struct why){0};
    bool no_run_failed = t->result.failure.reason == REASON_UNREACHED;
    struct why y = no_run_failed ? (struct why){0} : recognise(t);
    if (!y.text)
        return by_the_reason(t);
    if (!y.belief)
        y.belief = of_check(t) ? of_check(t)->id : belief_of_reason[telling_reason(t)];
    return y;
}

char *report_why(const struct report_test *t) { return why_find(t).text; }

const char *report_belief(const struct report_test *t)
{
    struct why y = why_find(t);
    free(y.text);
    return y.belief;
}

const char *report_right_if(const struct report_test *t)
{
    const char *id = report_belief(t);
    return id ? belief(id, strlen(id))->right_if : NULL;
}
