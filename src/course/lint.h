/* course/lint: what the files of the static lint share. Problems go through problem_add of a loader
 * whose course is a working copy; the course itself is only read.
 */
#ifndef COURSE_LINT_H
#define COURSE_LINT_H

#include "course/internal.h"

/* Steps, pages and blocks of one lesson. */
void lint_lesson(struct loader *l, const struct lesson *s);
/* One block; `file` is the lesson.md. */
void lint_block(struct loader *l, const char *file, const struct lesson *s, const struct block *b);
void lint_exercise(struct loader *l, const struct exercise *x);
void lint_coverage(struct loader *l);
/* Files that have no place, tabs, blanks at line ends. */
void lint_files(struct loader *l);

/* Prose that stands in `file` from `line` on: only what lessons may use, tables and words narrow
 * enough, known
 * {{names}}. */
void lint_prose(struct loader *l, const char *file, int line, const char *text);
/* Exactly three hints, none of which names a line by number. */
void lint_hints(struct loader *l, const char *file, int line, char *const *hints, size_t count);
void lint_misconception(struct loader *l, const char *file, int line, const char *id);
/* The file is there, below the folder `dir` (relative to the course). */
bool lint_file_there(struct loader *l, const char *file, int line, const char *dir,
                     const char *path);

#endif
