/* course: lessons and exercises as immutable data, read from a course folder.
 *
 * A course folder holds lessons/NN-slug/lesson.md, exercises/NN-slug/NAME/,
 * solutions/NN-slug/NAME.c and tests/mutants/NN-slug/NAME/. The format is described in
 * docs/lesson-format.md. course_load parses everything and never runs anything;
 * what does not parse is a problem with file and line, and the rest still loads.
 * After loading nothing changes; strings live as long as the course.
 */
#ifndef COURSE_COURSE_H
#define COURSE_COURSE_H

#include "base/base.h"

enum step_kind { STEP_READ, STEP_PREDICT, STEP_DEMO, STEP_DRIVE, STEP_EXERCISE, STEP_QUIZ };
const char *step_kind_id(enum step_kind k); /* "read" ... */

/* A region of a real file: "demo/counter.c#increment" marks lines between comments
 * "region: increment" and "endregion" (or the whole file without '#'). */
struct region {
    char *path;    /* relative to the lesson's folder */
    char *name;    /* NULL: whole file */
    char *text;    /* the lines, without the region marks and without line tags */
    int first_line;/* of the text, in the file */
    int *lines;    /* per line of text: its line in the file (marks inside are left out) */
    int *tags;     /* per line of text: n of a trailing `//= n` or `#= n`, else 0 */
    int line_count;
    int *marks;    /* `mark: 14,16`: lines of the file to mark */
    int mark_count;
};

struct option { /* of a predict or quiz question */
    char *text;
    bool right;
    char *why;           /* the explanation for choosing it; without the (M04) */
    char *misconception; /* "M04" or NULL */
};

enum question_kind { QUESTION_CHOICE, QUESTION_MULTI, QUESTION_NUMBER, QUESTION_ORDER, QUESTION_MATCH };
struct question {
    enum question_kind kind; /* CHOICE: exactly one right; MULTI: several (or "multi: yes") */
    char *text;              /* markdown */
    struct region code;      /* `code: drive/x.c#part`, shown under the text; path NULL: none */
    struct option *options;  /* CHOICE, MULTI; ORDER: lines in the right order, then distractors
                              * (right == false); MATCH: text = left, why = right column */
    size_t option_count;
    double number;           /* NUMBER */
    char *why;               /* NUMBER, ORDER, MATCH: shown after answering; may be NULL */
    char *key_program;       /* `key: computed program=… observe=… [scale=n]`; NULL otherwise */
    char *key_observe;
    int key_scale;
    int read;                /* `read: 2`: the step of this lesson that helps whoever got it wrong; 0 */
    int line;                /* in lesson.md */
};

/* ```demo */
struct demo_variant { char *label, *args, *cflags, *recorded; }; /* `variant: label | args | cflags` */
struct demo {
    char *program; /* "demo/counter" -> lessons/NN/demo/counter.c */
    char *args;
    char *cflags;  /* extra flags, e.g. -O0; NULL: -O2 */
    char *show;    /* "lanes,histogram" */
    char *expect, *needs;
    char *recorded; /* demo/x.lanes: a run recorded elsewhere; NULL: none */
    char *drive;   /* arguments when the learner drives it; NULL: those it runs with */
    struct demo_variant *variants;
    size_t variant_count;
};

/* ```drive */
#define DRIVE_KEYS "QR" /* letters that are other keys of a drive, and so no thread's name */
struct drive {
    char *program;          /* "drive/lost-update.c" */
    char **threads;         /* "A=restock", "B=restock", "M=main": names in order of creation of
                             * the threads with that start routine. One letter is also the key that steps it */
    size_t thread_count;
    char **watch;           /* variable names */
    size_t watch_count;
    char *goal;             /* "final c == 1", "reach x == 2", "deadlock", "output 2 2" */
    bool impossible;
    int spurious;           /* wakeups without a signal that may happen; 0 unless the lesson says otherwise */
    int par_steps, par_switches; /* -1 when impossible */
    char *sched;            /* "A B*2 A" */
    long of_n, of_m;        /* `count: 4 of 6`; -1 when not given */
    char **hints;           /* three */
    size_t hint_count;
    char *after;
    char *follow;           /* further goal in the same program, or NULL: `then: final …` */
};

struct careful { char *says, *exactly, *item; };

enum block_kind {
    BLOCK_TEXT,     /* markdown: paragraphs, lists, tables, level-3 headings */
    BLOCK_CODE, BLOCK_ROSETTA, BLOCK_LANES, BLOCK_QUESTION, BLOCK_DEMO, BLOCK_DRIVE,
    BLOCK_CAREFUL, BLOCK_EXERCISE,
    BLOCK_BREAK     /* a line `---`: here a page ends */
};
struct block {
    enum block_kind kind;
    int line;              /* in lesson.md */
    char *text;            /* TEXT: the markdown; LANES: the lines as they stand */
    struct region code;    /* CODE; ROSETTA: the C side */
    struct region python;  /* ROSETTA */
    struct question question; /* QUESTION: of a predict or quiz step */
    struct demo demo;
    struct drive drive;
    struct careful careful;
    char *exercise;        /* EXERCISE: name */
};

struct step {
    enum step_kind kind;
    char *id;       /* "03.4" */
    int number;     /* 4 */
    char *title;
    char **covers;  /* seed items */
    size_t cover_count;
    struct block *blocks;
    size_t block_count;
    int line;
};

struct hint { char *text; bool arrange; /* lines to put in order */ char **lines; size_t line_count;
              char **distract; size_t distract_count; };

struct mutant { /* also ok-*.c: `ok` and no expectation */
    char *name, *path;
    bool ok;
    char *title;        /* what it does wrong */
    char *verdict;      /* expected verdict id */
    char *scenario;     /* "in last_cup"; NULL = any */
    char *message;      /* fragment that must appear in the report; NULL = any */
    char *belief;       /* "M17 leaving the function releases the lock", "M17, M20 ...", "none, ..." */
};
/* Does the mutant name this belief ("M17")? With NULL: does it say that none fits? */
bool mutant_believes(const struct mutant *m, const char *id);

struct exercise {
    char *id;        /* "03-race-conditions/private-tallies" */
    char *name, *lesson;
    char *dir;       /* absolute */
    int minutes;
    char *class_;    /* X, V, P, U */
    char *edit;      /* file the learner edits: "private-tallies.c" */
    int solution_lines;
    char **misconceptions; size_t misconception_count;
    char **forbid;   size_t forbid_count;   /* calls; "atomics" stands for all atomic operations */
    char **files;    size_t file_count;     /* further .c files that are part of the program (spot-the-race) */
    char *header;    /* "private-tallies.h", the interface beside the edited file; NULL: none */
    char *starter_verdict; /* `starter: race` what the untouched file must get */
    char *statement; /* markdown */
    struct hint *hints; size_t hint_count;
    char *solution;  /* absolute path */
    struct mutant *mutants; size_t mutant_count;
};

/* `check: entry` or `check: inventory` in the front matter: no lesson, but questions around the course:
 * what one should know before it, and what one believes before and after it. */
enum lesson_check { CHECK_NONE, CHECK_ENTRY, CHECK_INVENTORY };

struct lesson {
    enum lesson_check check;
    char *id;        /* "03-race-conditions" */
    char *number;    /* "03" */
    char *dir;       /* absolute */
    char *title;
    int minutes;
    char **needs; size_t need_count;
    char **goals; size_t goal_count;
    struct step *steps; size_t step_count;
    struct exercise *exercises; size_t exercise_count; /* in the order the steps use them */
    struct card { char *front, *back; } *cards; size_t card_count;
};

/* A row of lessons/coverage.txt. */
struct coverage {
    char *item, *topic;  /* "S3-12"; "E5" stands for a careful box */
    char **steps;        /* "03.1" */
    size_t step_count;
    bool taught;         /* one of these steps exists and carries it */
    int line;
};

struct problem { char *file; int line; char *text; };

/* A row of lessons/paths.txt: some of the lessons, for those who want no more. */
struct course_path { char *id, *title; char **lessons; /* "01" */ size_t lesson_count; };

struct course {
    char *root;      /* absolute */
    struct lesson *lessons; size_t lesson_count;
    struct lesson *checks; size_t check_count; /* not among the lessons; at most one of each kind */
    struct course_path *paths; size_t path_count;
    struct problem *problems; size_t problem_count; /* in the order found */
    struct coverage *coverage; size_t coverage_count; /* seed items first to last, then careful items */
    struct belief { char *id, *text; } *beliefs; size_t belief_count; /* lessons/misconceptions.txt */
};

/* Never NULL unless the folder is no course at all (no lessons/): then `e` says why. */
struct course *course_load(const char *root, struct err *e);
void course_free(struct course *c);

/* The check of that kind; NULL when the course has none. */
const struct lesson *course_check(const struct course *c, enum lesson_check kind);
/* NULL when there is no such path. */
const struct course_path *course_path(const struct course *c, const char *id);
bool course_path_has(const struct course_path *p, const struct lesson *l);

/* Accepts "03-race-conditions", "03", "race-conditions"; checks too. NULL when there is none or it is
 * ambiguous (`e` says which; e may be NULL). */
const struct lesson *course_lesson(const struct course *c, const char *name, struct err *e);
/* Accepts "03-race-conditions/private-tallies", "03/private-tallies", "private-tallies". */
const struct exercise *course_exercise(const struct course *c, const char *name, struct err *e);
/* Accepts "03.4", "03/4", "03-race-conditions/4". */
const struct step *course_step(const struct course *c, const char *name, const struct lesson **ret_lesson, struct err *e);
/* Finds a drive or demo by "lost-update", "03/lost-update", "03.4" or "counter". */
const struct block *course_find(const struct course *c, enum block_kind kind, const char *name,
                                const struct lesson **ret_lesson, const struct step **ret_step);

/* The words of a misconception: "M04" -> "one statement is one step"; NULL when unknown. */
const char *course_belief(const struct course *c, const char *id);

/* The learner's file with the lines of an arrangement in the place of its region `arrange`;
 * order[i] counts lines first, then distractors. NULL with `e` when the hint is no arrangement
 * or the starter has no such region. Caller frees. */
char *exercise_arranged(const struct exercise *x, const struct hint *h, const size_t *order,
                        size_t count, struct err *e);

/* The region as page/ lays it out; points into r. label: the line above the code, or NULL. */
struct page_source;
struct page_source region_source(const struct region *r, const char *label);

/* In the text of a whole file, in place: marks of regions and anchors become blanks, so that lines and their numbers
 * stay. */
void region_blank_marks(char *text);

/* The static half of lint (widths, options explained, ids, files exist, pages fit): appends to
 * the problems that loading found; does not run anything. Caller frees with problems_free. */
struct problem *course_lint(const struct course *c, size_t *ret_count);
void problems_free(struct problem *p, size_t n);

#endif
