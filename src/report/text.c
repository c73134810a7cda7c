/* text: the report for people, in a log: what happened, where, in which schedule, why, what to
 * read; then the interleaving. No colour, no escapes, nothing wider than asked but a token.
 */
#include "report/rows.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL = 10, MAX_COMPILER_LINES = 40, MAX_OUTPUT = 480 };

static bool failed(enum verdict v) { return v != VERDICT_PASS && v != VERDICT_UNJUDGED; }

/* ---- pieces ------------------------------------------------------------- */

char *report_schedule_words(const struct trace_result *r)
{
    char *steps = names_count(r->schedule.step_count, "step", "steps");
    char *switches =
        names_count((uint64_t)(r->switches > 0 ? r->switches : 0), "switch", "switches");
    char *preemptions = names_count((uint64_t)(r->preemptions > 0 ? r->preemptions : 0),
                                    "preemption", "preemptions");
    char *s = xasprintf("%s, %s, %s", steps, switches, preemptions);
    free(steps);
    free(switches);
    free(preemptions);
    return s;
}

char *report_basis(const struct trace_result *r)
{
    char *runs = names_count(r->runs, "run", "runs"), *s;
    if (r->caught != VERDICT_PASS)
        s = xasprintf("it fails, as it has to (%s); %s", verdict_id(r->caught), runs);
    else if (r->complete)
        s = xasprintf("every interleaving, %s", runs);
    else
        s = xasprintf("%s; %s", runs, r->bound ? r->bound : "not every interleaving");
    free(runs);
    return s;
}

char *report_basis_of_all(const struct report *r)
{
    size_t caught = 0;
    for (size_t i = 0; i < r->test_count; i++)
        caught += r->tests[i].result.caught != VERDICT_PASS;
    if (!caught)
        return xstrdup(r->complete ? "every interleaving of each" : "up to the bounds named above");
    if (caught == r->test_count)
        return xstrdup("all fail as they have to");
    return xasprintf("%zu of them %s to, %s", caught, caught == 1 ? "fails as it has" : "fail as they have",
                     r->complete ? "every interleaving of the others" : "the others up to the bounds named above");
}

char *report_so_far(int finished)
{
    if (finished <= 0)
        return NULL;
    return finished == 1 ? xstrdup("nothing wrong without preemptions")
                         : xasprintf("nothing wrong with up to %d preemption%s", finished - 1,
                                     finished == 2 ? "" : "s");
}

/* ---- lines with a label ------------------------------------------------- */

static void labelled(struct strbuf *b, const char *label, const char *text, size_t width)
{
    strbuf_addf(b, "%-*s", LABEL, label);
    names_wrap(b, text, LABEL, width);
    strbuf_addc(b, '\n');
}

static void upper(char *out, size_t size, const char *id)
{
    size_t i = 0;
    for (; id[i] && i + 1 < size; i++)
        out[i] = (char)toupper((unsigned char)id[i]);
    out[i] = '\0';
}

static void verdict_line(struct strbuf *b, enum verdict v, const char *message, size_t width)
{
    char word[32];
    upper(word, sizeof word, verdict_id(v));
    labelled(b, word, message ? message : verdict_meaning(v), width);
}

static void where_lines(struct strbuf *b, const struct report_test *t, size_t width)
{
    size_t n;
    char **where = report_where(t, &n);
    for (size_t i = 0; i < n; i++) {
        labelled(b, i ? "" : "where", where[i], width);
        free(where[i]);
    }
    free(where);
}

static void schedule_line(struct strbuf *b, const struct trace_result *r, size_t width)
{
    if (!r->schedule.step_count)
        return;
    char *words = report_schedule_words(r),
         *runs = names_count(r->runs, "interleaving", "interleavings");
    char *line = xasprintf("%s; found after %s", words, runs);
    labelled(b, "schedule", line, width);
    free(words);
    free(runs);
    free(line);
}

static void why_lines(struct strbuf *b, const struct report_test *t, size_t width)
{
    char *why = report_why(t);
    const char *right_if = report_right_if(t);
    if (why)
        labelled(b, "why", why, width);
    if (right_if)
        labelled(b, "right if", right_if, width);
    free(why);
}

static void optional_line(struct strbuf *b, const char *label, char *text, size_t width)
{
    if (text)
        labelled(b, label, text, width);
    free(text);
}

static void read_line(struct strbuf *b, const struct report_test *t, size_t width)
{
    if (!t->info.step || !*t->info.step)
        return;
    char *line =
        t->read_title ? xasprintf("%s \"%s\"", t->info.step, t->read_title) : xstrdup(t->info.step);
    labelled(b, "read", line, width);
    free(line);
}

static void interleaving(struct strbuf *b, const struct report_test *t, size_t width)
{
    size_t n;
    struct report_row *rows = report_test_rows(t, &n);
    char *text = columns_text(&t->run, rows, n, (int)width);
    if (n)
        strbuf_addf(b, "\n%s", text);
    free(text);
    report_rows_free(rows, n);
}

static void output_lines(struct strbuf *b, const struct report_test *t, size_t width)
{
    const char *out = t->run.state.output;
    if (!out || !*out)
        return;
    struct strbuf line = STRBUF_INIT;
    const char *end = out + strlen(out);
    for (; *out && line.len < MAX_OUTPUT; out++)
        if (*out == '\n')
            strbuf_adds(&line, out[1] ? " | " : "");
        else
            strbuf_addc(&line, (unsigned char)*out < ' ' || *out == 127 ? ' ' : *out);
    while ((*out & 0xc0) == 0x80) /* no half characters */
        strbuf_addc(&line, *out++);
    if (*out)
        strbuf_addf(&line, " ... (%zu more bytes)", (size_t)(end - out));
    labelled(b, "printed", line.s, width);
    strbuf_fini(&line);
}

/* ---- a test ------------------------------------------------------------- */

static bool is_main(const struct report *r, const struct report_test *t)
{
    return !r->exercise && t->info.name && strcmp(t->info.name, "main") == 0;
}

static void subject_line(struct strbuf *b, const struct report *r, const struct report_test *t,
                         size_t width)
{
    struct strbuf line = STRBUF_INIT;
    strbuf_addf(&line, "%s %s", r->exercise ? "exercise" : "program", r->subject);
    if (t && !is_main(r, t)) {
        strbuf_addf(&line, " \xc2\xb7 test %s", t->info.name);
        if (t->info.title && *t->info.title)
            strbuf_addf(&line, ": %s", t->info.title);
    }
    names_wrap(b, line.s, 2, width);
    strbuf_addc(b, '\n');
    strbuf_fini(&line);
}

static void failing_test(struct strbuf *b, const struct report *r, const struct report_test *t,
                         size_t width)
{
    subject_line(b, r, t, width);
    verdict_line(b, t->result.verdict, t->message, width);
    where_lines(b, t, width);
    schedule_line(b, &t->result, width);
    output_lines(b, t, width);
    why_lines(b, t, width);
    read_line(b, t, width);
    optional_line(b, t->result.explained.always ? "always" : "too late", report_no_return(t), width);
    optional_line(b, "passes if", report_nearest(t), width);
    if (t->result.failure.reason != REASON_ANSWER)
        interleaving(b, t, width);
    if (t->token)
        strbuf_addf(b, "%sreplay: threadmill replay %s\n", t->run.count ? "\n" : "", t->token);
    strbuf_addc(b, '\n');
}

/* A log that tells the same story three times is read by nobody: after the first failure the others
 * are told in short. */
static void failing_test_in_short(struct strbuf *b, const struct report_test *t, size_t width)
{
    char word[32];
    upper(word, sizeof word, verdict_id(t->result.verdict));
    char *line = xasprintf("%s: %s", t->info.name, t->message);
    labelled(b, word, line, width);
    if (t->token)
        strbuf_addf(b, "%*sreplay: threadmill replay %s\n", LABEL, "", t->token);
    free(line);
}

static void other_test(struct strbuf *b, const struct report_test *t, size_t width)
{
    char *basis = report_basis(&t->result);
    const char *label = t->result.verdict == VERDICT_PASS ? "passed" : "undecided";
    char *line = xasprintf("%s: %s", t->info.name, basis);
    labelled(b, label, line, width);
    free(basis);
    free(line);
}

/* ---- outcomes ------------------------------------------------------------ */

static void outcome_line(struct strbuf *b, const struct report *r, const struct trace_outcome *o,
                         size_t width)
{
    struct trace_failure f = {
        .reason = o->reason, .tid = TRACE_NO_THREAD, .other = TRACE_NO_THREAD};
    struct strbuf line = STRBUF_INIT;
    char *token = report_token(r, &o->witness);
    if (o->reason == REASON_NONE)
        strbuf_adds(&line, "ends well");
    else
        strbuf_addf(&line, "%s: %s", verdict_id(reason_verdict(o->reason)), reason_id(f.reason));
    if (o->output && *o->output) {
        strbuf_adds(&line, ", prints \"");
        for (const char *s = o->output; *s; s++)
            if ((unsigned char)*s >= ' ' && *s != 127)
                strbuf_addc(&line, *s);
            else if (*s == '\n' && s[1])
                strbuf_adds(&line, "\\n");
        strbuf_addc(&line, '"');
    }
    strbuf_addf(b, "%10" PRIu64 "  ", o->schedules);
    names_wrap(b, line.s, 12, width);
    strbuf_addf(b, "\n            e.g. %s\n", token);
    free(token);
    strbuf_fini(&line);
}

static void outcomes(struct strbuf *b, const struct report *r, size_t width)
{
    if (!r->outcome_count)
        return;
    char *n = names_count(r->counted, "interleaving", "interleavings");
    char *ends = names_count(r->outcome_count, "way to end", "ways to end");
    const char *bound = r->test_count && !r->complete ? r->tests[0].result.bound : NULL;
    strbuf_addf(b, "%s, %s", n, ends);
    if (bound)
        strbuf_addf(b, " (%s)", bound);
    strbuf_adds(b, ":\n");
    free(n);
    free(ends);
    for (size_t i = 0; i < r->outcome_count; i++)
        outcome_line(b, r, &r->outcomes[i], width);
    strbuf_addc(b, '\n');
}

/* ---- the whole ----------------------------------------------------------- */

static bool holds(const char *line, size_t len, const char *word)
{
    return memmem(line, len, word, strlen(word)) != NULL;
}

/* "x.c:3:5: error: ..." or what leads to such a line. */
static bool begins_message(const char *line, size_t len)
{
    return holds(line, len, ": error: ") || holds(line, len, ": warning: ") ||
           holds(line, len, ": In function ") || holds(line, len, ": At top level") ||
           (len > 21 && strncmp(line, "In file included from", 21) == 0);
}

/* The compiler's own words about the first error; the others often follow from it. */
static void compiler_text(struct strbuf *b, const char *text)
{
    int lines = 0;
    bool error = false;
    strbuf_addc(b, '\n');
    while (*text && lines++ < MAX_COMPILER_LINES) {
        size_t len = strcspn(text, "\n");
        if (error && begins_message(text, len))
            break;
        error |= holds(text, len, ": error: ");
        strbuf_add(b, text, len);
        strbuf_addc(b, '\n');
        text += len + (text[len] == '\n');
    }
    if (*text)
        strbuf_adds(b, "...\n");
}

static void without_tests(struct strbuf *b, const struct report *r, size_t width)
{
    subject_line(b, r, NULL, width);
    verdict_line(b, r->verdict, r->message, width);
    if (r->line && r->file) {
        char *place = xasprintf("%s:%d", path_basename(r->file), r->line);
        labelled(b, "where", place, width);
        free(place);
    }
    if (r->build_output && *r->build_output && r->verdict == VERDICT_COMPILE)
        compiler_text(b, r->build_output);
}

static void count_tests(const struct report *r, size_t *ret_failed, size_t *ret_open)
{
    *ret_failed = *ret_open = 0;
    for (size_t i = 0; i < r->test_count; i++) {
        *ret_failed += failed(r->tests[i].result.verdict);
        *ret_open += r->tests[i].result.verdict == VERDICT_UNJUDGED;
    }
}

static bool is_undecided_by(const struct report *r, const char *words)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict == VERDICT_UNJUDGED && r->tests[i].result.bound &&
            strstr(r->tests[i].result.bound, words))
            return true;
    return false;
}

const char *report_next_for_unjudged(const struct report *r)
{
    if (is_undecided_by(r, "same thing twice"))
        return "find what differs from run to run (a random number, an address that is printed or "
               "compared) and take it out; then every interleaving can be judged";
    if (is_undecided_by(r, "were cut"))
        return "make the program take fewer steps: a loop that waits should wait for something, and two "
               "rounds show what a thousand do";
    if (is_undecided_by(r, " seconds"))
        return "what was not run may still fail: a greater --seconds gives it more time, or none a limit";
    return "what was not run may still fail: fewer threads or fewer rounds make all of it possible, or "
           "explore with a greater --runs";
}

static void last_line(struct strbuf *b, const struct report *r, size_t width)
{
    size_t bad, open;
    count_tests(r, &bad, &open);
    char *runs = names_count(r->runs, "run", "runs"),
         *tests = names_count(r->test_count, "test", "tests"), *basis = report_basis_of_all(r);
    char *line;
    if (bad)
        line = xasprintf("%zu of %s, %s, %.2f s", bad, tests, runs, r->seconds);
    else if (open)
        line = xasprintf(
            "%zu of %s; this is not a pass: nothing was found and nothing is proved (%s, %.2f s)",
            open, tests, runs, r->seconds);
    else
        line = xasprintf("%s, %s (%s, %.2f s)", tests, basis, runs, r->seconds);
    labelled(b, bad ? "FAILED" : open ? "UNJUDGED" : "PASSED", line, width);
    if (open && !bad)
        labelled(b, "next", report_next_for_unjudged(r), width);
    free(runs);
    free(tests);
    free(basis);
    free(line);
}

const struct report_test *report_first_failing(const struct report *r)
{
    for (size_t i = 0; i < r->test_count; i++)
        if (failed(r->tests[i].result.verdict) && r->tests[i].result.verdict == r->verdict)
            return &r->tests[i];
    return NULL;
}

char *report_text(const struct report *r, int columns)
{
    struct strbuf b = STRBUF_INIT;
    size_t width = columns < 40 ? 40 : (size_t)columns;
    if (!r->test_count || r->message) {
        without_tests(&b, r, width);
        return strbuf_take(&b);
    }
    const struct report_test *first = report_first_failing(r);
    if (first)
        failing_test(&b, r, first, width);
    else
        subject_line(&b, r, NULL, width);
    for (size_t i = 0; i < r->test_count; i++) {
        if (!failed(r->tests[i].result.verdict))
            other_test(&b, &r->tests[i], width);
        else if (&r->tests[i] != first)
            failing_test_in_short(&b, &r->tests[i], width);
    }
    outcomes(&b, r, width);
    last_line(&b, r, width);
    return strbuf_take(&b);
}
