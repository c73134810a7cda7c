/* why: one sentence on why this happens, and the belief under which the program would be right. What
 * the interleaving itself shows for certain comes first, then the belief that the check names, then what values
 * suggest, then the exact reason (a race that only makes the program slow is still a race), then the belief the test
 * is about; a sentence that may not be true of this run is not said. */
#include "report/answers.h"
#include "report/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct why why_nothing = {0};

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

/* Is the belief about signals of condition variables, and what is waited for a semaphore? A token is remembered. */
static bool is_of_signals(const struct misbelief *b, enum reason r)
{
    return r == REASON_DEADLOCK_SEM &&
           (strcmp(b->id, "M27") == 0 || strcmp(b->id, "M29") == 0 || strcmp(b->id, "M31") == 0);
}

/* "M36 if a result were never NULL": a test whose every failure can come from that belief alone puts it in words. */
static const char *in_words_of_test(const struct report_test *t)
{
    const char *ids = t->info.misconception ? t->info.misconception : "";
    bool words = strlen(ids) > 7 && strncmp(ids + 3, " if ", 4) == 0 && belief(ids, 3);
    return words ? ids + 7 : NULL;
}

/* The first of the test's beliefs ("M11, M12") that this failure can come from. */
static const struct misbelief *of_test(const struct report_test *t)
{
    const char *ids = t->info.misconception ? t->info.misconception : "";
    const char *verdict = verdict_id(reason_verdict(telling_reason(t)));
    if (in_words_of_test(t))
        return belief(ids, 3);
    for (size_t n; *(ids += strspn(ids, " ,")); ids += n) {
        n = strcspn(ids, " ,");
        const struct misbelief *b = belief(ids, n);
        if (b && has_word(b->verdicts, verdict) && !is_of_signals(b, telling_reason(t)))
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

/* Did one side sleep first, while the other was there already? The time of lab_work is no sleep, and a pause in the
 * test is not the learner's. */
static bool side_slept(const struct trace_run *run, const struct trace_access *a, int other)
{
    bool slept = false;
    for (size_t i = 0; i < run->count; i++) {
        const struct trace_event *ev = &run->events[i];
        if (ev->tid != a->tid)
            continue;
        if (ev->kind == EVENT_SLEEP && !report_is_time_of_work(run, i) && !names_of_check(&ev->at))
            slept |= a->tid != 0 || knows_of(run, i, other);
        else if (slept && facts_is_access(ev) && names_same_place(&ev->at, &a->at))
            return true;
    }
    return false;
}

static struct why by_sleep(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    if (side_slept(&t->run, &f->race[0], f->race[1].tid) ||
        side_slept(&t->run, &f->race[1], f->race[0].tid))
        return (struct why){.text = xstrdup(report_misconception("M07")), .belief = "M07"};
    return why_nothing;
}

/* What followed from a race, or what failed. */
static enum reason telling_reason(const struct report_test *t)
{
    enum reason then = t->result.consequence.reason;
    enum verdict v = reason_verdict(then);
    bool tells = v != VERDICT_WRONG && v != VERDICT_SERIAL && v != VERDICT_LATE && v != VERDICT_LEAK;
    return then != REASON_NONE && tells ? then : t->result.failure.reason;
}

/* What a race led to, where that can be told better than the race. */
static struct why by_the_end(const struct report_test *t)
{
    switch (reason_verdict(telling_reason(t))) {
    case VERDICT_DEADLOCK: return why_of_stuck(t);
    case VERDICT_CRASH: return why_of_crash(t);
    case VERDICT_SPIN: return why_of_spin(t);
    case VERDICT_WRONG: return why_of_woken(t);
    case VERDICT_MISUSE: return why_of_destroyed(t);
    default: return why_nothing;
    }
}

static struct why of_plain_race(const struct report_test *t)
{
    const struct trace_failure *f = &t->result.failure;
    bool told = facts_is_volatile(&f->object); /* who writes that has more in mind than a sleep */
    struct why y = !told && facts_bare_race(f) ? by_sleep(t) : why_nothing;
    if (!y.text)
        y = why_of_race(t);
    return y.text ? y : why_of_woken(t);
}

/* A lock that only one side takes is the cause, whatever came of it; but a broken rule of the library tells more. */
static struct why recognise(const struct report_test *t)
{
    bool race = t->result.failure.has_race;
    bool rule = reason_verdict(telling_reason(t)) == VERDICT_MISUSE;
    struct why y = race && !rule ? why_of_locks(t) : why_nothing;
    if (!y.text && race && reason_verdict(telling_reason(t)) == VERDICT_DEADLOCK)
        y = why_of_lost_update(t, &t->result.failure.object);
    if (!y.text)
        y = by_the_end(t);
    bool led = telling_reason(t) != t->result.failure.reason;
    if (y.text || !race || (led && why_reason(telling_reason(t))->belief))
        return y;
    return of_plain_race(t);
}

/* ---- beliefs that the check, the reason or the test name --------------------- */

struct why why_named(const struct trace_failure *f)
{
    bool check = f->reason == REASON_CHECK || f->reason == REASON_SERIAL || f->reason == REASON_LATE ||
                 f->reason == REASON_NO_PROGRESS || f->reason == REASON_LEFT || f->reason == REASON_RULE ||
                 f->reason == REASON_LIMIT || f->reason == REASON_UNREACHED;
    char id[8];
    snprintf(id, sizeof id, "M%02u", check && f->value < 100 ? (unsigned)f->value : 0);
    const struct misbelief *b = belief(id, strlen(id));
    if (b)
        return (struct why){.belief = b->id, .right_if = f->right_if};
    return (struct why){.belief = check && f->value == 100 ? "M00" : NULL};
}

static struct why named(const struct report_test *t)
{
    struct why y = why_named(&t->result.failure);
    return y.belief ? y : why_named(&t->result.consequence);
}

/* A belief for a failure in which nothing was recognised, or for a sentence that names none. */
static struct why fall_back(const struct report_test *t)
{
    const struct reason_words *w = why_reason(telling_reason(t));
    struct why y = named(t);
    if (!y.belief && w->belief)
        y = (struct why){.belief = w->belief, .right_if = w->right_if};
    if (!y.belief && of_test(t))
        y = (struct why){.belief = of_test(t)->id, .right_if = in_words_of_test(t)};
    return y;
}

/* The truth is said beside a belief in its own words; for a belief in the words of a check it may not fit. */
static char *sentence_of(const struct report_test *t, const struct why *y)
{
    const char *text = why_reason(telling_reason(t))->text;
    bool own = y->belief && !y->right_if && strcmp(y->belief, "M00") != 0;
    if (!text && own && reason_verdict(telling_reason(t)) == VERDICT_WRONG)
        text = report_misconception(y->belief);
    return text ? xstrdup(text) : NULL;
}

static struct why find(const struct report_test *t)
{
    bool no_run_failed = t->result.failure.reason == REASON_UNREACHED;
    struct why y = no_run_failed ? why_nothing : recognise(t), other = fall_back(t);
    if (!y.text && !no_run_failed && !named(t).belief)
        y = why_of_values(t);
    if (!y.text) {
        y = other;
        y.text = sentence_of(t, &y);
    } else if (!y.belief) {
        y.belief = other.belief;
        y.right_if = other.right_if;
    }
    return y;
}

struct why why_find(const struct report_test *t)
{
    if (t->result.failure.reason == REASON_ANSWER)
        return answers_why(t);
    if (t->result.failure.reason == REASON_NONE)
        return why_nothing;
    struct why y = find(t);
    if (y.belief && strcmp(y.belief, "M00") == 0)
        y.belief = y.right_if = NULL;
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
    struct why y = why_find(t);
    free(y.text);
    return !y.belief ? NULL : y.right_if ? y.right_if : belief(y.belief, strlen(y.belief))->right_if;
}
