/* search: the runs that judging one test takes, in order of cost. Private to explore/. */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include <time.h>

#include "engine/explore/explore.h"

#define WORK_LIMIT 24000000 /* see run_work, of all runs together */

/* How much the run just made was: steps, and plain accesses / 64. Unlike time the same on every machine. */
static inline uint64_t run_work(void) { return (uint64_t)engine.run.steps + engine.run.accesses / 64; }

enum outcome { LEVEL_DONE, LEVEL_FAILED, LEVEL_STOPPED, LEVEL_RESTART };

struct world {
    bool hostile;
    int spurious;
};

struct search {
    const struct trace_request *req;
    struct trace_result result;
    struct timespec start, told;
    uint64_t budget, attempts; /* attempts: runs given up included */
    uint64_t work, work_limit; /* see WORK_LIMIT */
    uint64_t random;           /* random schedules made */
    int failed_cost, unusual, turns, ops; /* of the failing run; see struct run */
    bool simplest;               /* no failing schedule of its level is simpler */
    uint64_t first_world;      /* runs in the world without oddities, by STRATEGY_DPOR */
    bool time_seen, cond_seen, unlock_points;
    bool out_of_time, out_of_runs, cut, diverged, bounded, early_capped;
    bool lasso, lassos; /* runs were cut as lassos: in this level or proof, in any level */
    /* the failure that was found, and how to get there again */
    struct trace_failure failure;
    struct trace_schedule path;    /* decisions of explore's own style */
    struct settings path_settings;
    bool soft;
    struct ranges racing;          /* bytes some race was found on */
    struct trace_race *races;      /* lab_answer_races */
    size_t race_count, race_cap;
    char *answer;
    int level;
    const struct search_order *order; /* of the level that is going on */
    const struct search_order *dice;  /* of a random level */
    bool by_states;                   /* levels are made by states */
    const char *gave_up;              /* why the search over states did, last time */
    int enough;                       /* preemptions, says the test (lab_preemptions); 0: it does not */
    bool observed;                    /* equivalent schedules may differ: no reduction */
};

/* Every schedule in order of cost, as far as `limit` runs and the work limit go; with `proof` up to all
 * of them. LEVEL_FAILED: s->failure and s->path say how. */
enum outcome search_all(struct search *s, uint64_t limit, bool proof);
/* Ready for another search: what failed is forgotten, what was learnt about the program is not. */
void search_forget(struct search *s);
double search_seconds(const struct search *s);
/* Runs in all up to which a search with that limit goes: fewer, where only something worse than a leak is looked for. */
uint64_t search_run_limit(const struct search *s, uint64_t limit);
/* The run just made is the failure to tell from now on, and how its strategy gets there again. */
void search_keep_failure(struct search *s);
void search_keep_path(struct search *s, void (*path)(struct trace_schedule *));

/* ---- simplify.c: the failing schedule to show ---- */
void simplify_level(struct search *s); /* ... among the rest of the level that found it */
void simplify_path(struct search *s);  /* ... by single changes, unless the level was looked through */

/* ---- full.c: every step ---- */
void full_follow(const struct settings *set, const struct trace_schedule *path);
/* Of the run that was just followed: its steps, ranges and check, appended to `out`. */
void full_steps(struct trace_schedule *out);
bool full_passes(const struct settings *set, const struct trace_schedule *s); /* as a replay of every step does */
int full_step_of(size_t decision); /* the step that a decision of explore's became; -1: none */
const struct trace_event *full_event(size_t step); /* NULL: no such step */

/* ---- explain.c: fills s->result.explained, for the schedule in s->result ---- */
void explain_failure(struct search *s);
void explain_begin(void); /* before the tests of a request */

#endif
