/* probe: one program under the engine, asked step by step and waited for: for replay, drive and
 * lint. (judge.h is the way to a verdict; this is the way to states.)
 */
#ifndef APP_PROBE_H
#define APP_PROBE_H

#include "app/app.h"
#include "app/judge.h"
#include "session/drive.h"

struct probe {
    struct app *app;
    struct run_engine *engine;
    struct judge_build build;
    struct trace_test_info *tests; /* what the plugin has: scenarios, or main */
    size_t test_count;
    enum races_mode races;
    struct drive_game *game; /* while it is being told something */
    struct drive_walk *walk; /* ... or this */
    enum drive_heard heard;
    /* the answer to the last question */
    struct trace_run run;
    struct trace_outcome *outcomes;
    size_t outcome_count;
    uint64_t total; /* schedules counted */
    bool complete;
    char *trouble; /* NULL: it was answered */
};

/* Builds and loads. False with `e`: the compiler's first error, or our trouble. */
bool probe_open(struct probe *p, struct app *app, const struct exercise *ex, const char *file,
                const struct judge_options *o, struct err *e);
void probe_close(struct probe *p);

/* Makes the run of `s` again, to its end, with all accesses. It is in p->run until the next
 * question. `args`: what main gets, with blanks between; NULL = nothing. */
bool probe_replay(struct probe *p, const struct trace_schedule *s, const char *args, struct err *e);
/* Any request; the answer is in p->run, p->outcomes, p->total, p->complete. Places of watched
 * variables that carry only names are found first: false with `e` for an unknown name. */
bool probe_ask(struct probe *p, struct trace_request *q, struct err *e);
/* Brings a game up to date: asks whatever it wants to know until it knows. */
bool probe_play(struct probe *p, struct drive_game *g, struct err *e);
/* Walks through every state of the game; what it found is in w->tally. */
bool probe_walk(struct probe *p, struct drive_walk *w, struct err *e);

#endif
