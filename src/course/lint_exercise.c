/* lint_exercise: an exercise is complete: task, starter, check, solution, wrong and right answers.
 */
#include "course/lint.h"
#include "page/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MUTANTS_LEAST 3
#define OKS_LEAST     2

static const char *relative(const struct loader *l, const char *absolute)
{
    return absolute + strlen(l->course->root) + 1;
}

static void lint_there(struct loader *l, const struct exercise *x, const char *name)
{
    lint_file_there(l, relative(l, x->dir), 0, relative(l, x->dir), name);
}

static void lint_counts(struct loader *l, const struct exercise *x)
{
    size_t oks = 0;
    for (size_t i = 0; i < x->mutant_count; i++)
        oks += x->mutants[i].ok;
    char *dir = xasprintf("tests/mutants/%s", x->id);
    if (x->mutant_count - oks < MUTANTS_LEAST)
        problem_add(l, dir, 0, "an exercise has at least %d wrong answers, this one has %zu",
                    MUTANTS_LEAST, x->mutant_count - oks);
    if (oks < OKS_LEAST)
        problem_add(l, dir, 0,
                    "an exercise has at least %d other right answers (ok-…), this one has %zu",
                    OKS_LEAST, oks);
    free(dir);
}

static bool is_function_name(const char *s)
{
    if (!isalpha((unsigned char)*s) && *s != '_')
        return false;
    while (isalnum((unsigned char)*s) || *s == '_')
        s++;
    return *s == '\0';
}

static bool verdict_is_known(const char *id)
{
    static const char *const ids[] = {
#define V(name, id_text, meaning) id_text,
#include "trace/verdict.def"
#undef V
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (strcmp(ids[i], id) == 0)
            return strcmp(id, "pass") != 0 && strcmp(id, "unjudged") != 0 &&
                   strcmp(id, "trouble") != 0;
    return false;
}

static void lint_front(struct loader *l, const char *file, const struct exercise *x)
{
    if (x->minutes == 0)
        problem_add(l, file, 1, "'minutes:' is how long the exercise takes, not 0");
    if (strlen(x->class_) != 1 || !strchr("XVPU", x->class_[0]))
        problem_add(l, file, 1, "'class:' is X, V, P or U, not '%s'", x->class_);
    if (x->starter_verdict && !verdict_is_known(x->starter_verdict))
        problem_add(l, file, 1, "'starter: %s' is no verdict that rejects", x->starter_verdict);
    if (x->misconception_count == 0)
        problem_add(l, file, 1, "the exercise fights no misconception");
    for (size_t i = 0; i < x->misconception_count; i++)
        lint_misconception(l, file, 1, x->misconceptions[i]);
    for (size_t i = 0; i < x->forbid_count; i++)
        if (!is_function_name(x->forbid[i]))
            problem_add(l, file, 1, "'forbid: %s' is not the name of a function", x->forbid[i]);
    for (size_t i = 0; i < x->file_count; i++)
        if (!str_ends(x->files[i], ".c"))
            problem_add(l, file, 1, "'files: %s' is not a .c file", x->files[i]);
}

static void lint_statement(struct loader *l, const char *file, const struct exercise *x)
{
    struct page p = PAGE_INIT;
    page_markdown(&p, x->statement, PAGE_WIDTH, 0);
    if (p.count == 0)
        problem_add(l, file, 0, "the exercise has no statement");
    if (p.count > PAGE_LINES)
        problem_add(l, file, 0, "the statement has %zu lines; a page holds %d", p.count,
                    PAGE_LINES);
    page_fini(&p);
    lint_prose(l, file, 0, x->statement);
}

static void lint_arrangement(struct loader *l, const char *file, const struct exercise *x,
                             const struct hint *h)
{
    struct err e;
    size_t *order = xmalloc((h->line_count + 1) * sizeof *order);
    for (size_t i = 0; i < h->line_count; i++)
        order[i] = i;
    char *text = exercise_arranged(x, h, order, h->line_count, &e);
    if (!text)
        problem_add(l, file, 0, "the arrangement has no place: %s", e.msg);
    if (h->line_count < 2)
        problem_add(l, file, 0, "an arrangement has at least two lines");
    if (h != &x->hints[x->hint_count - 1])
        problem_add(l, file, 0, "only the last hint may be an arrangement");
    free(text);
    free(order);
}

static void lint_exercise_hints(struct loader *l, const char *file, const struct exercise *x)
{
    char **texts = NULL;
    size_t count = 0;
    for (size_t i = 0; i < x->hint_count; i++) {
        const struct hint *h = &x->hints[i];
        list_add(&texts, &count, h->text);
        lint_prose(l, file, 0, h->arrange ? "" : h->text);
        if (h->arrange)
            lint_arrangement(l, file, x, h);
    }
    lint_hints(l, file, 0, texts, count);
    list_free(texts, count);
}

/* What comes after the last #include line. */
static const char *below_includes(const char *text)
{
    const char *below = text;
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (str_starts(line, "#include"))
            below = line + strcspn(line, "\n");
    }
    return below;
}

/* A file that is given and was the learner's work in an earlier exercise is the solution of that one. */
static void lint_given(struct loader *l, const char *file, const struct exercise *x, const char *name)
{
    char *solution = xasprintf("%s/solutions/%s/%s", l->course->root, x->lesson, name), *own = path_join(x->dir, name);
    char *theirs = file_read(solution, PROGRAM_BYTES, NULL, NULL), *ours = file_read(own, PROGRAM_BYTES, NULL, NULL);
    if (theirs && ours && strcmp(below_includes(theirs), below_includes(ours)) != 0)
        problem_add(l, file, 1, "'files: %s' differs from solutions/%s/%s below its #include lines", name, x->lesson, name);
    free(solution);
    free(own);
    free(theirs);
    free(ours);
}

void lint_exercise(struct loader *l, const struct exercise *x)
{
    char *file = xasprintf("%s/exercise.md", relative(l, x->dir)),
         *solutions = xasprintf("solutions/%s", x->lesson);
    lint_front(l, file, x);
    lint_statement(l, file, x);
    lint_exercise_hints(l, file, x);
    lint_there(l, x, x->edit);
    lint_there(l, x, "check.c");
    for (size_t i = 0; i < x->file_count; i++) {
        lint_there(l, x, x->files[i]);
        lint_given(l, file, x, x->files[i]);
    }
    lint_file_there(l, relative(l, x->dir), 0, solutions, path_basename(x->solution));
    lint_counts(l, x);
    free(solutions);
    free(file);
}
