/* exercise: the learner's file, its last verdict, hints, and the check that is running. */
#ifndef SESSION_EXERCISE_H
#define SESSION_EXERCISE_H

#include "page/page.h"
#include "session/session.h"

struct exercise_screen {
    const struct exercise *exercise;
    const struct step *step; /* that uses it; NULL when none does */
    const struct block *block;
    char *file;          /* the learner's, absolute */
    struct page task;    /* the statement and the hints shown, laid out */
    int task_top;        /* first line of it on the screen */
    int last_hint;       /* line of it where the newest hint begins */
    bool solution_asked; /* once; the second time shows it */
    bool reset_asked;
    bool passed;          /* by the last check that ended */
    bool stopped;         /* the last check was: what is shown is an older verdict */
    bool cut;             /* the last check was, and what is shown is what it had found out */
    struct report *newer; /* came while the failure of the one before is looked at; NULL */
};

/* Columns the task is laid out for: all of a narrow screen, the left part of a wide one. */
int exercise_task_cols(const struct session *s);
/* Rows of the task; on a narrow screen the tests are below it, on a wide one beside it. */
int exercise_task_rows(const struct session *s);
/* The test that is selected, NULL when there is none. */
const struct report_test *exercise_test(const struct session *s);
/* The report, if it is about this exercise. */
const struct report *exercise_report(const struct session *s);

#endif
