/* lint: proves a course. The static half comes from the room course; the rest is lint_*.c. */
#include "app/cmd.h"
#include "app/lint.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void lint_problem(struct lint *l, const char *file, int line, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    ARRAY_GROW(l->problems, l->problem_count, l->problem_cap);
    l->problems[l->problem_count++] = (struct problem){xstrdup(file), line, strbuf_take(&b)};
}

void lint_skip(struct lint *l, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    ARRAY_GROW(l->skipped, l->skipped_count, l->skipped_cap);
    l->skipped[l->skipped_count++] = strbuf_take(&b);
}

static void static_half(struct lint *l)
{
    size_t n = 0;
    struct problem *found = course_lint(l->course, &n);
    for (size_t i = 0; i < n; i++)
        lint_problem(l, found[i].file, found[i].line, "%s", found[i].text);
    problems_free(found, n);
    for (size_t i = 0; i < l->course->lesson_count; i++)
        l->steps += l->course->lessons[i].step_count;
}

static void fini(struct lint *l)
{
    problems_free(l->problems, l->problem_count);
    for (size_t i = 0; i < l->missing_count; i++)
        free(l->missing[i]);
    for (size_t i = 0; i < l->skipped_count; i++)
        free(l->skipped[i]);
    free(l->missing);
    free(l->skipped);
}

/* ---- telling ----------------------------------------------------------------------- */

static json_t *problems_json(const struct lint *l)
{
    json_t *all = json_array();
    for (size_t i = 0; i < l->problem_count; i++) {
        const struct problem *p = &l->problems[i];
        json_array_append_new(all, json_pack("{s:s, s:i, s:s}", "file", p->file ? p->file : "",
                                             "line", p->line, "text", p->text));
    }
    return all;
}

static void print_json(const struct lint *l, double seconds)
{
    json_t *missing = json_array();
    for (size_t i = 0; i < l->missing_count; i++)
        json_array_append_new(missing, json_string(l->missing[i]));
    json_t *o = json_pack(
        "{s:b, s:I, s:I, s:I, s:I, s:I, s:{s:I, s:I, s:I}, s:{s:I, s:I}, s:{s:I, s:I, s:I}, "
        "s:{s:I, s:I, s:I}, s:{s:I, s:I}, s:{s:I, s:o}, s:o, s:f}",
        "ok", l->problem_count == 0, "lessons",
        (json_int_t)(l->course ? l->course->lesson_count : 0), "steps",
        (json_int_t)l->steps, "drives", (json_int_t)l->drives, "demos", (json_int_t)l->demos,
        "exercises", (json_int_t)l->exercises, "solutions", "total", (json_int_t)l->solutions.total,
        "passed", (json_int_t)l->solutions.passed, "complete", (json_int_t)l->solutions.complete,
        "variants", "total", (json_int_t)l->variants.total, "passed",
        (json_int_t)l->variants.passed, "mutants", "total", (json_int_t)l->mutants.total,
        "rejected", (json_int_t)l->mutants.rejected, "as_documented",
        (json_int_t)l->mutants.as_documented, "beliefs", "total", (json_int_t)l->beliefs.total, "right",
        (json_int_t)l->beliefs.right, "none", (json_int_t)l->beliefs.none, "starters", "total", (json_int_t)l->starters.total,
        "rejected", (json_int_t)l->starters.rejected, "coverage", "items", (json_int_t)l->items,
        "missing", missing, "problems", problems_json(l), "seconds", seconds);
    char *text = o ? json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(6)) : NULL;
    out_format("%s\n", text ? text : "{}");
    free(text);
    json_decref(o);
}

static void print_text(const struct lint *l, double seconds)
{
    for (size_t i = 0; i < l->problem_count; i++) {
        const struct problem *p = &l->problems[i];
        if (p->line)
            out_format("%s:%d: %s\n", p->file, p->line, p->text);
        else
            out_format("%s: %s\n", p->file, p->text);
    }
    for (size_t i = 0; i < l->skipped_count; i++)
        out_format("skipped: %s\n", l->skipped[i]);
    out_format("%s%zu lessons, %zu steps, %zu drives, %zu demos, %zu exercises\n",
               l->problem_count ? "\n" : "", l->course->lesson_count, l->steps, l->drives, l->demos,
               l->exercises);
    out_format("solutions  %zu of %zu pass, %zu proved in every interleaving\n",
               l->solutions.passed, l->solutions.total, l->solutions.complete);
    out_format("variants   %zu of %zu pass\n", l->variants.passed, l->variants.total);
    out_format("mutants    %zu of %zu rejected, %zu as documented\n", l->mutants.rejected,
               l->mutants.total, l->mutants.as_documented);
    out_format("beliefs    %zu of %zu wrong answers get the belief that would make them right, %zu have none\n",
               l->beliefs.right, l->beliefs.total, l->beliefs.none);
    out_format("starters   %zu of %zu rejected\n", l->starters.rejected, l->starters.total);
    out_format("coverage   %zu of %zu promised items are taught\n", l->items - l->missing_count,
               l->items);
    if (l->problem_count)
        out_format("FAILED     %zu problems, %.1f s\n", l->problem_count, seconds);
    else
        out_format("OK         %.1f s\n", seconds);
}

static void progress(const char *what)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", what);
}

static void dynamic_half(struct lint *l)
{
    struct lint_queue *exercises = lint_exercises_begin(l);
    progress("drives and exercises ...");
    lint_drives(l);
    progress("demos and exercises ...");
    lint_demos(l);
    progress("exercises ...");
    lint_exercises_end(exercises);
    progress("");
}

/* No course, no lint; a program that reads JSON gets its object all the same. */
static int no_course(struct app *app, const char *dir, bool json, const struct err *e)
{
    struct lint l = {.app = app};
    int status = dir ? app_fail("lint: %s", e->msg) : EXIT_UNJUDGED;
    lint_problem(&l, dir ? dir : "", 0, "%s", dir ? e->msg : "the course cannot be read");
    if (json)
        print_json(&l, 0);
    fini(&l);
    return status;
}

int cmd_lint(struct app *app, int argc, char **argv)
{
    bool json = false, only_static = false;
    const struct opt opts[] = {{"json", OPT_FLAG, &json}, {"static", OPT_FLAG, &only_static}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 2, 0, 1, &a, &e))
        return opt_fail("lint", &e);
    uint64_t began = uv_hrtime();
    struct course *own = a.count ? course_load(a.items[0], &e) : NULL;
    struct lint l = {.app = app, .course = a.count ? own : app_course(app)};
    if (!l.course)
        return no_course(app, a.count ? a.items[0] : NULL, json, &e);
    static_half(&l);
    if (!only_static)
        dynamic_half(&l);
    lint_promises(&l);
    double seconds = (double)(uv_hrtime() - began) / 1e9;
    if (json)
        print_json(&l, seconds);
    else
        print_text(&l, seconds);
    int status = l.problem_count ? EXIT_FAILS : EXIT_HOLDS;
    fini(&l);
    course_free(own);
    return status;
}
