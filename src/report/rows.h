/* rows: what rows.c tells the other files of this room. Not for other rooms. */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include "report/facts.h"

/* The event after which every continuation fails; run.count: unknown. */
size_t explained_no_return(const struct report_test *t);
/* "locks lock_a", "joins T1": what an event does, without values. Caller frees. */
char *explained_phrase(const struct trace_event *ev);

/* The table, for rows that were made before. */
char *columns_text(const struct trace_run *run, const struct report_row *rows, size_t count,
                   int width);

#endif
