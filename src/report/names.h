/* names: what the files of this room share about words. Not for other rooms. */
#ifndef REPORT_NAMES_H
#define REPORT_NAMES_H

#include "report/report.h"

/* "balance", or a description where symbols found no name. Caller frees. */
char *names_object(const struct trace_ref *ref);
/* The same for a narrow column: "[0].score" without "in the block of 96 bytes ...". Caller frees.
 */
char *names_short(const struct trace_ref *ref);
/* "private-tallies.c:14", or "" where unknown. Caller frees. */
char *names_place(const struct trace_place *at);
/* The value of an event as text: by its type, else as a signed number. Caller frees. */
char *names_value(const struct trace_event *ev);
char *names_value_before(const struct trace_event *ev);
/* "2.5 s", "200 ms", "1 us". Caller frees. */
char *names_duration(int64_t ns);
/* "1 run", "3 runs". Caller frees. */
char *names_count(uint64_t n, const char *one, const char *many);

bool names_same_place(const struct trace_place *a, const struct trace_place *b);
bool names_of_check(const struct trace_place *at); /* a line of the test, not of the learner */
bool names_of_lab(const struct trace_place *at); /* ... or of lab/loop.h */
bool names_same_object(const struct trace_ref *a, const struct trace_ref *b);

/* Terminal columns of a UTF-8 text, and how many of its bytes fit into so many columns. */
size_t names_width(const char *s);
size_t names_fit(const char *s, size_t len, size_t columns);
/* Adds `text` word by word from the column where the last line of `b` ends; lines after the first
 * are indented by `indent` and none gets wider than `width`, long words are cut apart. */
void names_wrap(struct strbuf *b, const char *text, size_t indent, size_t width);

#endif
