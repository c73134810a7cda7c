/* explore: which runs to make, and what they prove. */
#ifndef ENGINE_EXPLORE_H
#define ENGINE_EXPLORE_H

#include "engine/engine.h"

/* ---- dfs.c: every schedule within a cost ---------------------------------- */
#define COST_UNBOUNDED 60000
void dfs_begin(int cost_bound);
extern const struct chooser strategy_dfs;
bool dfs_next(void);      /* prepares the next run; false: all were made */
double dfs_share(void);   /* probability of the run just made, by uniform choice */
void dfs_path(struct trace_schedule *out); /* appends the decisions of the run just made */
struct dfs_report {
    bool bounded;  /* some choice was left out for its cost */
    bool diverged; /* the program did something else on the same schedule */
};
extern struct dfs_report dfs;

/* ---- dpor.c: one run for each class of equivalent schedules ------------------- */
extern const struct chooser strategy_dpor;
void dpor_begin(int ignored_bound);
bool dpor_next(void);
void dpor_path(struct trace_schedule *out);
extern struct dpor_report {
    uint64_t blocked; /* runs given up because others cover them */
    bool diverged, overflow;
    bool turned;      /* the last node of the path has a new choice */
} dpor;

/* ---- states.c: every state once ------------------------------------------------ */
extern struct states_report {
    uint64_t count;      /* states met */
    uint64_t pruned;     /* runs given up at a state that was met before */
    const char *gave_up; /* why nothing is proved; NULL: it went on */
    bool bounded, diverged;
} states;
/* Whether steps that do not conflict count as one order (they do at first). Before begin(). */
void states_reduce(bool on);

/* The three, as one thing to loop over. Neither bounded nor cut: every schedule, up to equivalence. */
struct search_order {
    const struct chooser *chooser;
    void (*begin)(int cost_bound);
    bool (*next)(void);
    void (*path)(struct trace_schedule *out);
    bool (*bounded)(void), (*diverged)(void);
    const struct sharing *sharing; /* see share.h; NULL: one process alone */
};
extern const struct search_order order_dfs, order_dpor, order_states;

/* ---- random.c, pct.c, surw.c: random schedules; begin() takes how many ----------- */
void random_seed(uint64_t seed); /* of all that begin after it */
extern const struct search_order order_walk, order_pct, order_surw;

/* ---- follow.c: along given decisions, then stop or go on by default --------- */
extern const struct chooser strategy_follow;
extern struct follow_report { bool diverged; const char *why; } follow;
/* stop: after that many decisions the run is cut; -1: the rest is chosen by default. */
void follow_begin(const struct trace_step *steps, size_t n, int64_t stop);

/* ---- requests ---------------------------------------------------------------- */
void answer_explore(const struct trace_request *req);
void answer_replay(const struct trace_request *req);
void answer_count(const struct trace_request *req);
void answer_shared(const struct trace_request *req);

/* Shared by them. */
void settings_default(const struct trace_request *req); /* fills engine.set */
void use_args(const struct trace_request *req);
/* Marks the schedule's ranges (and the watches, where it says so) as scheduling points. */
void promote_for(const struct trace_schedule *s, const struct trace_watch *watches, size_t n);
/* Changes of thread, as a replay counts them: main begins. */
int count_switches(const struct trace_schedule *s);
void failure_copy(struct trace_failure *to, const struct trace_failure *from);
/* Runs the selected test a few hundred times and finds what threads share: engine.shared. */
void collect_shared(void);

/* ---- outcomes.c: distinct ends of runs ------------------------------------------ */
void outcomes_begin(const struct trace_watch *watches, size_t n, bool output);
void outcomes_add(double share, void (*witness)(struct trace_schedule *), int steps, int switches);
/* MSG_OUTCOME each; frame: test, clock, ranges, driven. `finish` (may be NULL) has a last look at a witness. */
void outcomes_send(const struct trace_schedule *frame, void (*finish)(struct trace_schedule *));
void watch_read(const struct trace_watch *w, int process, struct trace_watch *out); /* as that process has it */

#endif
