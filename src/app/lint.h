/* lint: the dynamic half of `threadmill lint`: what only compiling and running can prove.
 *
 * Each lint_*.c proves one kind of content and adds what is wrong to the problems, always in the
 * order of the course, whatever ran side by side.
 */
#ifndef APP_LINT_H
#define APP_LINT_H

#include "app/app.h"
#include "app/judge.h"

struct lint {
    struct app *app;
    const struct course *course;
    struct problem *problems;
    size_t problem_count, problem_cap;
    struct {
        size_t total, passed, complete;
    } solutions;
    struct {
        size_t total, passed;
    } variants;
    struct {
        size_t total, rejected, as_documented;
    } mutants;
    struct {
        size_t total, right, none; /* wrong answers that have one; that get it; that have none */
    } beliefs;
    struct {
        size_t total, rejected;
    } starters;
    size_t drives, demos, exercises, steps;
    size_t items; /* the seed items of lessons/coverage.txt */
    char **missing;
    size_t missing_count, missing_cap;
    char **skipped; /* sentences: what this machine could not check */
    size_t skipped_count, skipped_cap;
};

void lint_problem(struct lint *l, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void lint_skip(struct lint *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Exercises are judged while the loop turns: from begin on, the rest of it at the end, which frees the queue. */
struct lint_queue;
struct lint_queue *lint_exercises_begin(struct lint *l);
void lint_exercises_end(struct lint_queue *q); /* starters, solutions, variants, mutants, arrangements */
void lint_drives(struct lint *l);    /* goals, pars, counts, impossibilities; computed keys */
void lint_demos(struct lint *l);     /* demos compile for real; Python runs */
void lint_promises(struct lint *l);  /* what coverage.txt promises and nobody teaches */

#endif
