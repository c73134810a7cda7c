/* lint_exercises: starters fail as documented, solutions and variants pass, mutants are rejected
 * with the verdict, the scenario and the words their first lines promise.
 *
 * All files of the course are judged by a queue that keeps two judges busy, while other parts of the lint turn the
 * same loop; the answers wait until all are in and are then looked at in the order of the course.
 */
#include "app/lint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 2 };
enum job_kind { JOB_STARTER, JOB_SOLUTION, JOB_VARIANT, JOB_MUTANT, JOB_ARRANGED };

struct job {
    struct lint_queue *queue;
    enum job_kind kind;
    const struct exercise *ex;
    const struct mutant *mutant;
    char *file;
    struct report *report;
};

struct lint_queue {
    struct lint *lint;
    struct job *jobs;
    size_t count, cap, next, done;
    struct judge_options options;
};

/* ---- the queue ---------------------------------------------------------------- */

static void feed(struct lint_queue *q);

static void judged(void *data, struct report *r)
{
    struct job *j = data;
    j->report = r;
    j->queue->done++;
    feed(j->queue);
}

static void feed(struct lint_queue *q)
{
    while (q->next < q->count && q->next - q->done < AT_ONCE) {
        struct job *j = &q->jobs[q->next++];
        struct judge_callbacks cb = {.done = judged, .data = j};
        judge_start(q->lint->app->loop, &q->lint->app->paths, j->ex, j->ex->id, j->file,
                    &q->options, &cb);
    }
}

static void add(struct lint_queue *q, enum job_kind kind, const struct exercise *ex,
                const struct mutant *m, char *file)
{
    ARRAY_GROW(q->jobs, q->count, q->cap);
    q->jobs[q->count++] = (struct job){.kind = kind, .ex = ex, .mutant = m, .file = file};
}

/* ---- an arrangement put in place ------------------------------------------------ */

static bool is_mark(const char *line, size_t len, const char *word)
{
    char *copy = xstrndup(line, len), *s = str_trim(copy);
    bool comment = str_starts(s, "//") || str_starts(s, "/*");
    s += comment ? 2 : 0;
    while (*s == ' ')
        s++;
    if (str_ends(s, "*/"))
        s[strlen(s) - 2] = '\0';
    bool yes = comment && strcmp(str_trim(s), word) == 0;
    free(copy);
    return yes;
}

static void add_arranged_lines(struct strbuf *b, const struct hint *h, const char *mark,
                               size_t mark_len)
{
    size_t indent = 0;
    while (indent < mark_len && (mark[indent] == ' ' || mark[indent] == '\t'))
        indent++;
    for (size_t i = 0; i < h->line_count; i++) {
        strbuf_add(b, mark, indent);
        strbuf_addf(b, "%s\n", h->lines[i]);
    }
}

/* The starter with its region `arrange` replaced; NULL when there is no such region. */
static char *arranged_text(const char *starter, const struct hint *h)
{
    struct strbuf b = STRBUF_INIT;
    int depth = 0;
    bool found = false;
    for (const char *s = starter; *s;) {
        size_t len = strcspn(s, "\n");
        bool region = is_mark(s, len, "region: arrange"), end = is_mark(s, len, "endregion");
        if (region && !depth) {
            add_arranged_lines(&b, h, s, len);
            found = true;
            depth = 1;
        } else if (depth && end)
            depth--;
        else if (!depth)
            strbuf_addf(&b, "%.*s\n", (int)len, s);
        s += len + (s[len] == '\n');
    }
    if (found && !depth)
        return strbuf_take(&b);
    strbuf_fini(&b);
    return NULL;
}

static const struct hint *arrangement(const struct exercise *ex)
{
    for (size_t i = 0; i < ex->hint_count; i++)
        if (ex->hints[i].arrange)
            return &ex->hints[i];
    return NULL;
}

static void add_arranged(struct lint_queue *q, const struct exercise *ex)
{
    struct lint *l = q->lint;
    const struct hint *h = arrangement(ex);
    char *starter_path = path_join(ex->dir, ex->edit),
         *statement = path_join(ex->dir, "exercise.md");
    char *starter = h ? file_read(starter_path, 1 << 20, NULL, NULL) : NULL;
    char *text = starter ? arranged_text(starter, h) : NULL;
    char *dir = xasprintf("%s/lint/%s", l->app->paths.cache, ex->name),
         *file = path_join(dir, ex->edit);
    struct err e = {0};
    if (h && !text)
        lint_problem(l, statement, 0,
                     "the third hint arranges lines, but %s has no region 'arrange'", ex->edit);
    else if (text && dir_make_all(dir, &e) && file_write_atomic(file, text, strlen(text), &e))
        add(q, JOB_ARRANGED, ex, NULL, xstrdup(file));
    else if (text)
        lint_problem(l, statement, 0, "the arrangement cannot be checked: %s", e.msg);
    free(file);
    free(dir);
    free(text);
    free(starter);
    free(statement);
    free(starter_path);
}

static void add_exercise(struct lint_queue *q, const struct exercise *ex)
{
    q->lint->exercises++;
    add(q, JOB_STARTER, ex, NULL, path_join(ex->dir, ex->edit));
    if (ex->solution)
        add(q, JOB_SOLUTION, ex, NULL, xstrdup(ex->solution));
    add_arranged(q, ex);
    for (size_t i = 0; i < ex->mutant_count; i++)
        add(q, ex->mutants[i].ok ? JOB_VARIANT : JOB_MUTANT, ex, &ex->mutants[i],
            xstrdup(ex->mutants[i].path));
}

/* ---- what came out ------------------------------------------------------------------ */

static bool rejected(const struct report *r) { return verdict_exit_status(r->verdict) == 1; }

static const char *what_happened(const struct report *r)
{
    if (r->message)
        return r->message;
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].result.verdict == r->verdict && r->tests[i].message)
            return r->tests[i].message;
    return r->test_count && r->tests[0].result.bound ? r->tests[0].result.bound : "no reason given";
}

static bool has_verdict(const struct report *r, const char *id)
{
    if (strcasecmp(verdict_id(r->verdict), id) == 0)
        return true;
    for (size_t i = 0; i < r->test_count; i++)
        if (strcasecmp(verdict_id(r->tests[i].result.verdict), id) == 0)
            return true;
    return false;
}

static void must_pass(struct lint *l, const struct job *j, const char *what)
{
    if (j->report->verdict != VERDICT_PASS)
        lint_problem(l, j->file, 0, "%s gets %s: %s", what, verdict_id(j->report->verdict),
                     what_happened(j->report));
}

static void look_at_starter(struct lint *l, const struct job *j)
{
    const char *expected = j->ex->starter_verdict;
    l->starters.total++;
    l->starters.rejected += rejected(j->report);
    if (!rejected(j->report))
        lint_problem(l, j->file, 0, "the starter is not rejected: %s",
                     verdict_id(j->report->verdict));
    else if (expected && *expected && !has_verdict(j->report, expected))
        lint_problem(l, j->file, 0, "the starter gets %s, documented is %s: %s",
                     verdict_id(j->report->verdict), expected, what_happened(j->report));
}

static void look_at_solution(struct lint *l, const struct job *j)
{
    l->solutions.total++;
    l->solutions.passed += j->report->verdict == VERDICT_PASS;
    l->solutions.complete += j->report->verdict == VERDICT_PASS && j->report->complete;
    must_pass(l, j, "the solution");
}

static void look_at_variant(struct lint *l, const struct job *j)
{
    l->variants.total++;
    l->variants.passed += j->report->verdict == VERDICT_PASS;
    must_pass(l, j, "the right answer");
}

/* In what the report says happened, or in why. */
static bool report_contains(const struct report_test *t, const char *text)
{
    char *why = report_why(t);
    bool contains = (t->message && strstr(t->message, text)) || (why && strstr(why, text));
    free(why);
    return contains;
}

/* A test (or the build) that fits all the mutant promises. */
static bool test_fits(const struct mutant *m, const struct report_test *t)
{
    return strcasecmp(verdict_id(t->result.verdict), m->verdict) == 0 &&
           (!m->scenario || strcmp(t->info.name, m->scenario) == 0) &&
           (!m->message || report_contains(t, m->message));
}

static bool as_documented(const struct mutant *m, const struct report *r)
{
    if (r->message) /* not run: compile, limit */
        return strcasecmp(verdict_id(r->verdict), m->verdict) == 0 && !m->scenario &&
               (!m->message || strstr(r->message, m->message));
    for (size_t i = 0; i < r->test_count; i++)
        if (test_fits(m, &r->tests[i]))
            return true;
    return false;
}

static char *all_results(const struct report *r)
{
    struct strbuf b = STRBUF_INIT;
    if (r->message)
        strbuf_addf(&b, "%s: %s", verdict_id(r->verdict), r->message);
    for (size_t i = 0; i < r->test_count && !r->message; i++)
        if (r->tests[i].result.verdict != VERDICT_PASS)
            strbuf_addf(&b, "%s%s in %s: %s", b.len ? "; " : "",
                        verdict_id(r->tests[i].result.verdict), r->tests[i].info.name,
                        r->tests[i].message ? r->tests[i].message : "");
    return strbuf_take(&b);
}

/* The belief of the test that the learner is told of first must be one that would make the answer right. */
static void look_at_belief(struct lint *l, const struct job *j)
{
    const struct report_test *t = report_first_failing(j->report);
    const char *told = t ? report_belief(t) : NULL;
    bool right = mutant_believes(j->mutant, told), none = mutant_believes(j->mutant, NULL);
    l->beliefs.total += !none;
    l->beliefs.none += none;
    l->beliefs.right += right && !none;
    if (!right)
        lint_problem(l, j->file, 0, "the report says \"right if %s\" (%s), documented is the belief \"%s\"",
                     told ? report_right_if(t) : "", told ? told : "none", j->mutant->belief ? j->mutant->belief : "none");
}

static void look_at_mutant(struct lint *l, const struct job *j)
{
    const struct mutant *m = j->mutant;
    l->mutants.total++;
    l->mutants.rejected += rejected(j->report);
    if (!m->verdict)
        return; /* the static half has said so */
    if (rejected(j->report) && as_documented(m, j->report)) {
        l->mutants.as_documented++;
        look_at_belief(l, j);
        return;
    }
    char *all = all_results(j->report);
    lint_problem(l, j->file, 0, "the mutant is documented as %s%s%s%s%s%s and gets %s", m->verdict,
                 m->scenario ? " in " : "", m->scenario ? m->scenario : "",
                 m->message ? " with \"" : "", m->message ? m->message : "", m->message ? "\"" : "",
                 *all ? all : verdict_id(j->report->verdict));
    free(all);
}

static void look_at_warnings(struct lint *l, const struct job *j)
{
    const struct report *r = j->report;
    if (r->verdict == VERDICT_COMPILE || r->verdict == VERDICT_TROUBLE || !r->build_output ||
        !*r->build_output)
        return;
    lint_problem(l, j->file, 0, "it compiles with a warning: %.*s",
                 (int)strcspn(r->build_output, "\n"), r->build_output);
}

static void look_at(struct lint *l, const struct job *j)
{
    look_at_warnings(l, j);
    switch (j->kind) {
    case JOB_STARTER:
        look_at_starter(l, j);
        break;
    case JOB_SOLUTION:
        look_at_solution(l, j);
        break;
    case JOB_VARIANT:
        look_at_variant(l, j);
        break;
    case JOB_MUTANT:
        look_at_mutant(l, j);
        break;
    case JOB_ARRANGED:
        must_pass(l, j, "the arrangement of the third hint, assembled,");
        break;
    }
}

struct lint_queue *lint_exercises_begin(struct lint *l)
{
    struct lint_queue *q = xcalloc(1, sizeof *q);
    q->lint = l;
    judge_options_init(&q->options);
    for (size_t i = 0; i < l->course->lesson_count; i++)
        for (size_t k = 0; k < l->course->lessons[i].exercise_count; k++)
            add_exercise(q, &l->course->lessons[i].exercises[k]);
    for (size_t i = 0; i < q->count; i++)
        q->jobs[i].queue = q;
    feed(q);
    return q;
}

void lint_exercises_end(struct lint_queue *q)
{
    while (q->done < q->count)
        uv_run(q->lint->app->loop, UV_RUN_ONCE);
    for (size_t i = 0; i < q->count; i++) {
        look_at(q->lint, &q->jobs[i]);
        report_free(q->jobs[i].report);
        free(q->jobs[i].file);
    }
    free(q->jobs);
    free(q);
}
