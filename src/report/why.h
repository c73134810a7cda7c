/* why: what is recognised in a failing test. Not for other rooms. */
#ifndef REPORT_WHY_H
#define REPORT_WHY_H

#include "report/facts.h"

/* One sentence, and the belief ("M04") under which the program would be right. */
struct why {
    char *text;         /* NULL: nothing certain to say */
    const char *belief; /* NULL: none is known */
    size_t events[4];   /* of the run that show it, to be marked */
    int event_count;
};

/* Each looks at one kind of failure and says what it is sure of; text NULL: not recognised. */
struct why why_of_race(const struct report_test *t);
struct why why_of_wrong(const struct report_test *t);
struct why why_of_stuck(const struct report_test *t);
struct why why_of_crash(const struct report_test *t);
/* Of a thread that waits for descriptors, and nobody is left to make one ready. */
struct why why_of_loop(const struct report_test *t, const struct trace_failure *f);

struct why why_find(const struct report_test *t);

/* "T1", "main". */
const char *why_name(const struct trace_state *st, int tid);
const char *why_thread(const struct trace_thread *t);

#endif
