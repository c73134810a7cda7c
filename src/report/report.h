/* report: verdicts in words. Facts and events in, text or JSON out; pure.
 *
 * It never sees a process: everything comes named from trace/ (symbols were applied).
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "course/course.h"
#include "trace/trace.h"

/* One judged program: an exercise or a file. */
struct report {
    char *subject;                   /* "03-race-conditions/private-tallies" or the path given */
    char *file;                      /* the learner's file */
    const struct exercise *exercise; /* NULL for explore */
    enum verdict verdict; /* the worst of the tests; COMPILE, LIMIT, TROUBLE without tests */
    char *message;        /* for verdicts without tests; NULL otherwise */
    char *build_output;   /* compiler text, or NULL */
    int line;             /* of the message; 0 */
    struct report_test {
        struct trace_test_info info;
        struct trace_result result;
        char *token;          /* full replay token with subject; NULL when passed */
        struct trace_run run; /* the failing interleaving; no events when passed */
        char *message;        /* what happened, one sentence, composed by report_judge */
        char *read_title; /* title of the step info.step, or NULL; set by whoever has the course */
    } * tests;
    size_t test_count;
    struct trace_outcome *outcomes; /* explore --count: every distinct end; else none */
    size_t outcome_count;
    uint64_t counted; /* schedules in all outcomes together */
    uint64_t runs;
    bool complete;
    double seconds;
};
void report_free(struct report *r);

/* Composes messages, the verdict of lab_answer_races tests, the worst verdict, totals. */
void report_judge(struct report *r);

/* The test that gave the report its verdict, which is told in full; NULL: none failed. */
const struct report_test *report_first_failing(const struct report *r);

/* The replay token for people: the subject's last name, '@', the schedule's token:
 * "private-tallies@two_by_two:i:bc2b:1f3a". Caller frees. */
char *report_token(const struct report *r, const struct trace_schedule *s);

/* What is true instead of a misconception ("M16"), one sentence; NULL for an unknown id. */
const char *report_misconception(const char *id);

/* One sentence for a failure, with names filled into the reason's template. Caller frees. */
char *report_sentence(const struct trace_failure *f, const struct trace_state *threads);
/* "T1 deposit", "main": from the state's threads. */
const char *report_thread_name(const struct trace_state *threads, int tid);
/* "T1", "main", and "P1" for a process: without the routine. In a drive the name it has there. */
const char *report_short_name(const struct trace_state *threads, int tid);
/* Why a thread cannot run: "waits for lock_b, held by T1 since account.c:14". NULL when it
 * can. Caller frees. */
char *report_blocked_because(const struct trace_state *st, const struct trace_thread *t);
/* "lock lock_a", "write c = 1", "read c": the announced operation. `st` (may be NULL) knows the names of
 * other threads. Caller frees. */
char *report_next(const struct trace_state *st, const struct trace_thread *t);
/* One event: "read balance = 100", "locks lock_a", "signals tea: wakes T1"; `st` as above. Caller frees. */
char *report_event(const struct trace_state *st, const struct trace_event *ev);
/* The same where what came before is known: who wakes up from lab_work did not sleep. */
char *report_event_of(const struct trace_run *run, size_t i);

/* Where a failing test went wrong ("tally.c:14  T1 tally reads total, no lock held"), one line
 * each, without line breaks inside. Caller frees the array and the strings. */
char **report_where(const struct report_test *t, size_t *ret_count);
/* Why this happens, one sentence from what the run shows, or NULL. Caller frees. */
char *report_why(const struct report_test *t);
/* The belief under which the program would be right: its id, and what goes on "this would be right if".
 * NULL: none is known. Not to be freed. */
const char *report_belief(const struct report_test *t);
const char *report_right_if(const struct report_test *t);
/* "it fails in every interleaving ..." where explained.always; else "after step 4 (T2 locks lock_a, x.c:9): from there on every continuation fails", and "at step 4 T1 goes on
 * instead of T2: it locks lock_b, x.c:8"; NULL where it is not known. Callers free. */
char *report_no_return(const struct report_test *t);
char *report_nearest(const struct report_test *t);
/* A write that is only the first half of the free() after it. */
bool report_is_free(const struct trace_run *run, size_t i);
/* A sleep that is none: the time of lab_work, told by the event before it. */
bool report_is_time_of_work(const struct trace_run *run, size_t i);
/* "2-1-3": the order in which epoll_wait tells of n that are ready, in its k-th way, counted as they got ready; of
 * more than four "number 5 first". Caller frees. */
char *report_order(int n, int k);
/* "9 steps, 3 switches, 1 preemption". Caller frees. */
char *report_schedule_words(const struct trace_result *r);
/* What a passing (or undecided) verdict rests on: "every interleaving, 124 runs". Caller frees. */
char *report_basis(const struct trace_result *r);
/* The same of all tests of a report that passed: "every interleaving of each", or with tests that have to fail, "10 of them
 * fail as they have to, every interleaving of the others". Caller frees. */
char *report_basis_of_all(const struct report *r);
/* What a search that goes on has shown so far, from trace_msg.progress.finished: "nothing wrong with up to 1
 * preemption"; NULL: nothing yet. Caller frees. */
char *report_so_far(int finished);

/* What to do when the verdict is unjudged, one sentence. Not to be freed. */
const char *report_next_for_unjudged(const struct report *r);

/* The report for people, at `width` columns (80 in logs), no colour, no escapes. Caller frees. */
char *report_text(const struct report *r, int width);
/* The interleaving: a column a thread, changed values at the right. Caller frees. */
char *report_columns(const struct trace_run *run, int width);
/* The same as rows of cells, for the views. */
struct report_row {
    int event; /* index in run->events; -1: a thread that is stuck at the end */
    int step;  /* number shown; 0 = none */
    int tid;
    char *text;  /* "read balance = 100" */
    bool marked; /* one of the two accesses or operations that matter */
    bool no_return; /* after it every continuation fails */
    char *note;  /* "both read 100", "forgets T2's write"; NULL */
};
struct report_row *report_rows(const struct trace_run *run, size_t *ret_count);
/* The rows of a judged test: its failure (which may be a race that the replay went past) says what
 * is marked. */
struct report_row *report_test_rows(const struct report_test *t, size_t *ret_count);
void report_rows_free(struct report_row *rows, size_t n);

/* schema threadmill/verdict/1; one object, with '\n'. Caller frees. */
char *report_json(const struct report *r);

#endif
