/* report: from what the engine found to one verdict: messages, answers, totals. */
#include "report/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_fini(struct report_test *t)
{
    free(t->info.name);
    free(t->info.title);
    free(t->info.misconception);
    free(t->info.step);
    trace_result_fini(&t->result);
    trace_run_fini(&t->run);
    free(t->token);
    free(t->message);
    free(t->read_title);
}

void report_free(struct report *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->test_count; i++)
        test_fini(&r->tests[i]);
    for (size_t i = 0; i < r->outcome_count; i++)
        trace_outcome_fini(&r->outcomes[i]);
    free(r->tests);
    free(r->outcomes);
    free(r->subject);
    free(r->file);
    free(r->message);
    free(r->build_output);
    free(r);
}

/* The engine only collects races for an answer; right and wrong is decided here. */
static void judge_answer(struct report_test *t)
{
    if (!t->result.answer || t->result.verdict != VERDICT_PASS)
        return;
    char *objection = answers_objection(t);
    if (!objection)
        return;
    t->result.verdict = VERDICT_WRONG;
    t->result.failure.reason = REASON_ANSWER;
    free(t->result.failure.detail);
    t->result.failure.detail = objection;
}

static char *compose(const struct report_test *t)
{
    const struct trace_result *r = &t->result;
    if (r->verdict == VERDICT_PASS)
        return NULL;
    if (r->failure.reason == REASON_NONE)
        return xstrdup(verdict_meaning(r->verdict));
    char *first = report_sentence(&r->failure, &t->run.state);
    if (r->consequence.reason == REASON_NONE)
        return first;
    char *then = report_sentence(&r->consequence, &t->run.state);
    char *both = xasprintf("%s; here: %s", first, then);
    free(first);
    free(then);
    return both;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("._-", c);
}

char *report_token(const struct report *r, const struct trace_schedule *s)
{
    char *name = xstrdup(path_basename(r->subject)), *schedule = trace_schedule_token(s);
    if (str_ends(name, ".c"))
        name[strlen(name) - 2] = '\0';
    for (char *c = name; *c; c++)
        if (!is_plain(*c))
            *c = '_';
    char *token = xasprintf("%s@%s", *name ? name : "program", schedule);
    free(name);
    free(schedule);
    return token;
}

/* Ours before theirs, a failure before "not judged"; the first of equals is the one shown. */
static int rank(enum verdict v)
{
    switch (v) {
    case VERDICT_PASS: return 0;
    case VERDICT_UNJUDGED: return 1;
    case VERDICT_TROUBLE: return 3;
    default: return 2;
    }
}

static void take_test(struct report *r, const struct report_test *t)
{
    if (rank(t->result.verdict) > rank(r->verdict))
        r->verdict = t->result.verdict;
    r->runs += t->result.runs;
    r->complete &= t->result.complete;
}

void report_judge(struct report *r)
{
    r->runs = 0;
    r->complete = r->test_count > 0;
    for (size_t i = 0; i < r->test_count; i++) {
        struct report_test *t = &r->tests[i];
        judge_answer(t);
        free(t->message);
        t->message = compose(t);
        take_test(r, t);
    }
}
