/* rows: what rows.c tells the other files of this room. Not for other rooms. */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include "report/names.h"

bool rows_is_access(const struct trace_event *ev);
bool rows_is_write(const struct trace_event *ev);

/* A write that is only the first half of the free() after it. */
bool rows_is_free(const struct trace_run *run, size_t i);

/* The first lost update of a run: one thread reads, another writes, the first writes. Indices of
 * the three events. */
bool rows_lost_update(const struct trace_run *run, size_t *ret_read, size_t *ret_between,
                      size_t *ret_write);

/* The table, for rows that were made before. */
char *columns_text(const struct trace_run *run, const struct report_row *rows, size_t count,
                   int width);

#endif
