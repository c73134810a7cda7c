/* json_facts: what a failing test is about, as JSON. Not for other rooms. */
#ifndef REPORT_JSON_FACTS_H
#define REPORT_JSON_FACTS_H

#include <jansson.h>

#include "report/facts.h"

/* A string, or null. What is not UTF-8 is replaced. */
json_t *json_text(const char *s);
json_t *json_line(int line); /* null where unknown */
/* The path the learner gave, where the compiler's is only the last part of it. */
const char *json_file(const struct report *r, const struct trace_place *at);
/* Adds why, belief, object, accesses, waits, no_return, nearest_pass ... to a test's object. */
void json_put_facts(json_t *o, const struct report *r, const struct report_test *t);

#endif
