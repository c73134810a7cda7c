/* answers: judging lab_answer_races. Not for other rooms. */
#ifndef REPORT_ANSWERS_H
#define REPORT_ANSWERS_H

#include "report/rows.h"
#include "report/why.h"

/* What is wrong with the answer of this test, in one sentence; NULL when it is right. Uses the
 * test's run, if there is one, to say why a pair cannot race. Caller frees. */
char *answers_objection(const struct report_test *t);
/* The belief under which the answer would be right; no text. */
struct why answers_why(const struct report_test *t);

#endif
