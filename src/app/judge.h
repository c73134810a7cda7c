/* judge: from a file to a report: build, explore, replay each failing test, put into words.
 *
 * One job, on the loop, never blocking: build -> engine -> REQUEST_EXPLORE -> for each failing
 * test REQUEST_REPLAY with all accesses -> report. The command line waits for it, the UI goes on
 * drawing. Both get the same struct report.
 */
#ifndef APP_JUDGE_H
#define APP_JUDGE_H

#include "course/course.h"
#include "report/report.h"
#include "run/run.h"

/* What to judge, and how. Start from judge_options_init: every field then has its default. */
struct judge_options {
    enum races_mode races;
    enum strategy strategy;
    int clock, spurious, preemptions; /* as in trace_request */
    uint64_t runs, seed;
    int workers;               /* engine processes */
    double seconds;            /* wall clock cap; 0 = none */
    bool count;                /* explore on past failures: `outcomes` are told */
    const char *const *cflags; /* further compiler flags */
    size_t cflag_count;
    const char *const *tests; /* only these; none = all */
    size_t test_count;
    const struct course *course; /* for the titles of steps to read; may be NULL */
};
void judge_options_init(struct judge_options *o);

/* How to build `file`: as the exercise's file (with its header, further files and check.c), or,
 * with `ex` NULL, as a program with main(). An exercise whose edited file is a header is staged
 * below the cache, because check.c must include this one. False with `e` when that fails. */
struct judge_build {
    struct run_build build; /* points into the rest */
    char *sources[40], *includes[4];
    const char *cflags[64];
};
bool judge_build_init(struct judge_build *b, const struct run_paths *paths,
                      const struct exercise *ex, const char *file, const struct judge_options *o,
                      struct err *e);
void judge_build_fini(struct judge_build *b);

struct judge;
typedef void judge_progress_cb(void *data, const struct trace_msg *progress); /* MSG_PROGRESS */
typedef void judge_outcome_cb(void *data, struct trace_outcome *outcome);     /* with `count` */
/* Owns `report` from now on (report_free). */
typedef void judge_done_cb(void *data, struct report *report);

struct judge_callbacks {
    judge_progress_cb *progress; /* may be NULL */
    judge_outcome_cb *outcome;   /* may be NULL */
    judge_done_cb *done; /* once, never from inside judge_start; the judge is gone after it */
    void *data;
};

/* `subject` names it in the report: the exercise's id or the path as given. */
struct judge *judge_start(uv_loop_t *loop, const struct run_paths *paths, const struct exercise *ex,
                          const char *subject, const char *file, const struct judge_options *o,
                          const struct judge_callbacks *cb);
/* Stops it, and reports what is known: tests that were not judged to the end are unjudged, and say how
 * far they came. False when nothing is known yet: then it goes on (judge_cancel). */
bool judge_stop(struct judge *j);
/* Kills all of it at once; no callback any more. NULL is fine. */
void judge_cancel(struct judge *j);

/* Runs the loop until the report is there. */
struct report *judge_wait(uv_loop_t *loop, const struct run_paths *paths, const struct exercise *ex,
                          const char *subject, const char *file, const struct judge_options *o,
                          const struct judge_callbacks *cb);

#endif
