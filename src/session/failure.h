/* failure: one interleaving to look at, forwards and backwards: of a failing test, of a replay
 * token, or of one of the ways a test can end.
 *
 * Invariant: while `phase` is FAILURE_SHOWN, `test` is set (in the session's report or in `own`),
 * rows are made from it and at < row_count (or row_count is 0).
 */
#ifndef SESSION_FAILURE_H
#define SESSION_FAILURE_H

#include "session/moment.h"
#include "session/session.h"
#include "session/sources.h"

enum failure_phase { FAILURE_SHOWN, FAILURE_LOADING, FAILURE_BROKEN };

struct failure_state {
    struct target target;
    enum failure_phase phase;
    char *broken; /* why nothing can be shown */
    const struct report_test *test;
    struct report *own; /* what was replayed here; NULL: the session's report is shown */
    struct report_row *rows;
    size_t row_count, at;
    struct sources sources;
    bool engine_open; /* asked for */
    bool engine_ready;
    struct trace_test_info *tests; /* what the engine says about them */
    size_t test_count;
    struct trace_request *waiting; /* to be asked when it is ready */
    enum { FAILURE_ASKED_NOTHING, FAILURE_ASKED_RUN, FAILURE_ASKED_OUTCOMES } asked;
    struct trace_schedule asked_schedule;
    struct trace_run coming;
    /* every way it can end */
    bool list; /* the list is shown instead of the interleaving */
    struct trace_outcome *outcomes;
    size_t outcome_count, outcome_cap, outcome;
    bool outcomes_known;
    uint64_t outcome_runs; /* so far */
};

/* It is an answer in words that is wrong (lab_answer_races): the message says it all, there is no
 * interleaving that fails and row_count is 0. */
bool failure_is_answer(const struct failure_state *f);
/* Events up to and with the selected row; all for a row without an event. */
size_t failure_events(const struct failure_state *f);
/* The row of the point of no return; row_count: it is not known. */
size_t failure_no_return(const struct failure_state *f);
/* The place the selected row is about; NULL when none is known. */
const struct trace_place *failure_place(const struct failure_state *f);
/* "T1 → lock_b → T2 → lock_a → T1": who waits for what of whom, from one stuck thread on. NULL when
 * that thread is not stuck. Caller frees. */
char *failure_chain(const struct trace_state *st, int tid);
/* What an outcome is, in words: "race: ...", "ends well, prints 2". Caller frees. */
char *failure_outcome_words(const struct trace_outcome *o);

#endif
