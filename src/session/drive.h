/* drive: the game of being the scheduler, without a screen and without an engine.
 *
 * A game is a schedule: the first `at` of its steps are played, those behind were taken back
 * and can be played again. Every move only changes the schedule; drive_request says what to ask
 * the engine then, and drive_hear takes what it answers. So going back costs nothing but one
 * step fewer, and the terminal UI and `drive --plain` play the same game.
 *
 * A step that leaves what was taken back starts another line of play; the old one is kept.
 *
 * Invariant: at <= schedule.step_count. While `known`, `run` is what happens in the first `at`
 * steps; otherwise it is still what was true before the last moves.
 */
#ifndef SESSION_DRIVE_H
#define SESSION_DRIVE_H

#include "course/course.h"
#include "report/goal.h"
#include "trace/trace.h"

/* "A=restock": the first thread (or the next one of that name) that starts in restock is A. */
struct drive_role {
    char *name, *routine;
    int tid; /* TRACE_NO_THREAD until it was seen */
};

/* How a line of play ended, as far as it was played. */
enum drive_end { DRIVE_END_OPEN, DRIVE_END_GOAL, DRIVE_END_WELL, DRIVE_END_FAILED };
/* A way that was taken before another one was tried. */
#define DRIVE_LINES 9 /* kept; the oldest goes */
struct drive_line {
    struct trace_step *steps;
    size_t count;
    enum drive_end end;
};

struct drive_game {
    const struct drive *lesson; /* NULL: a free drive, without names and goal */
    struct goal *goal;          /* NULL in a free drive */
    bool following;             /* the goal is the lesson's `then:` */
    struct drive_role *roles;
    size_t role_count;
    char **args; /* argv[1..] of main */
    size_t arg_count;
    struct trace_schedule schedule;
    size_t at;
    enum drive_end end; /* of the whole schedule */
    struct drive_line lines[DRIVE_LINES];
    size_t line_count;
    bool clock_given; /* the schedule says which clock: it came with a token */
    bool known;
    struct trace_run run;    /* its events, and the state after them */
    struct trace_run coming; /* being told */
};

/* ---- a game begins and ends -------------------------------------------- */

/* `lesson` may be NULL; `test` is the scenario, NULL = main. False with `e` when the lesson's
 * goal or names make no sense. The lesson must outlive the game. */
bool drive_init(struct drive_game *g, const struct drive *lesson, const char *test, struct err *e);
void drive_fini(struct drive_game *g);
/* What main gets: words separated by blanks, copied; NULL = nothing. Before the first request. */
void drive_arguments(struct drive_game *g, const char *words);
/* Goes on from a schedule token (with or without "name@" before it), `steps` of it played (-1: all)
 * and the others ready to be played again. The clock stays the token's: a program may ask which one it is,
 * or read the time, and then the same steps are another run. */
bool drive_resume(struct drive_game *g, const char *token, long steps, struct err *e);
/* The lesson's second goal; false when it has none or it is played already. Restarts. */
bool drive_follow(struct drive_game *g);

/* ---- asking the engine ------------------------------------------------- */

/* What to ask next: the run up to here. Watches carry names only: the caller finds their places
 * (symbols_find). trace_request_fini frees. */
void drive_request(const struct drive_game *g, struct trace_request *out);
/* The same question about all schedules. */
void drive_count_request(const struct drive_game *g, struct trace_request *out);
/* A free drive without a token asks first what memory threads share; drive_hear takes the answer.
 */
void drive_shared_request(const struct drive_game *g, struct trace_request *out);

enum drive_heard {
    DRIVE_MORE,  /* the answer is not complete */
    DRIVE_KNOWN, /* it is: `run` is true now (or the ranges are known) */
    DRIVE_AGAIN  /* the answer showed who is who (or that somebody sleeps): ask drive_request again
                  */
};
/* MSG_EVENT, MSG_STATE, MSG_SHARED (contents are taken over) and MSG_DONE of such a request. */
enum drive_heard drive_hear(struct drive_game *g, struct trace_msg *m);

/* ---- moves ------------------------------------------------------------- */

/* Plays one more step. Where that leaves what was taken back, the line with those steps is kept. */
void drive_step(struct drive_game *g, int tid, int variant);
bool drive_back(struct drive_game *g);    /* false at the beginning */
bool drive_forward(struct drive_game *g); /* false when nothing was taken back */
void drive_restart(struct drive_game *g); /* keeps the steps as taken back */
/* Replaces all steps, none of them played: a schedule to look at, one `forward` at a time. The line
 * that was played is kept. */
void drive_load(struct drive_game *g, const struct trace_schedule *steps);
/* Goes to the end of a kept line; the one that was played is kept instead. False: there is none. */
bool drive_line_take(struct drive_game *g, size_t line);
/* "A B*2 A: the goal". Caller frees. */
char *drive_line_words(const struct drive_game *g, size_t line);
/* Steps from words, "A B*2 A" (also "A×2"), with the game's names, main, T1, T2 ... False with `e`
 * at a word that names nobody. Only steps are set in `out`. */
bool drive_parse_words(const struct drive_game *g, const char *words, struct trace_schedule *out,
                       struct err *e);

/* ---- looking ----------------------------------------------------------- */

/* All of it is about `run`. */
const struct trace_thread *drive_thread(const struct drive_game *g, int tid); /* NULL: none */
bool drive_is_driven(const struct drive_game *g, int tid);
/* The choice, or NULL when it cannot be made now. */
const struct trace_choice *drive_choice(const struct drive_game *g, int tid, int variant);
/* Choices with this variant (CHOICE_WAKES: all ways for `tid` to signal, the plain one too), of one
 * thread or, with TRACE_NO_THREAD, of all. Returns how many; fills at most `max`. */
size_t drive_choices(const struct drive_game *g, int tid, int variant, struct trace_choice *out,
                     size_t max);
/* The thread a signal would wake with this choice, by order of arrival; TRACE_NO_THREAD unknown. */
int drive_would_wake(const struct drive_game *g, const struct trace_choice *c);
/* Why this thread cannot take a step now, a sentence with its name; NULL when it can. Caller frees.
 */
char *drive_why_not(const struct drive_game *g, int tid);

/* In a lesson's list of threads: a process that another one starts, "C=fork". */
#define DRIVE_FORK "fork"
/* Is it the first thread of a process that another one started? */
bool drive_is_process(const struct trace_thread *t);

/* "A", "main", "T2", "P1": as schedules are written. Lives as long as the state. For titles, "A restock", there is
 * report_thread_name: in the state of a game threads have the names of their roles. */
const char *drive_name(const struct drive_game *g, int tid);
/* "sold", or in another process than the first "sold in C". Caller frees. */
char *drive_watch_name(const struct drive_game *g, const struct trace_watch *w);
/* The thread with that name (or a lesson's letter); TRACE_NO_THREAD when there is none. */
int drive_find(const struct drive_game *g, const char *name);

bool drive_reached(const struct drive_game *g); /* the goal is met here */
int drive_switches(const struct drive_game *g); /* in the played steps */
char *drive_score(size_t steps, int switches);  /* "5 steps, 1 switch". Caller frees */
bool drive_is_par(const struct drive_game *g);  /* no more steps and switches than par */
char *drive_words(const struct drive_game *g);  /* the played steps. Caller frees */
/* Token of the played steps, without a name before it; it holds by itself: the watched memory is
 * in it as ranges. Caller frees. */
char *drive_token(const struct drive_game *g);
/* Event `i` belongs to the last step played. */
bool drive_is_new(const struct drive_game *g, size_t event);

/* ---- all schedules ----------------------------------------------------- */

/* What the outcomes of a count add up to. */
struct drive_finish { /* one way in which a run ends */
    enum reason reason;
    char *output;
    uint64_t schedules;
    double probability;
};
struct drive_tally {
    uint64_t meet, total;
    double probability;
    bool complete; /* every schedule was counted */
    struct drive_finish *ends; /* without a goal: all ends there are, to compare one with */
    size_t end_count, end_cap;
    bool has_witness;
    struct trace_schedule witness; /* one that meets the goal, the shortest told */
};
/* MSG_OUTCOME and MSG_DONE of a count; true when it is finished. Start with a zeroed tally. */
bool drive_tally_hear(struct drive_tally *t, const struct drive_game *g, const struct trace_msg *m);
void drive_tally_fini(struct drive_tally *t);
/* Without a goal: from now on `meet` and `probability` are about runs that end like this one. */
void drive_tally_like(struct drive_tally *t, const struct trace_state *end);
/* "4 of 6 schedules do this; with every step left to chance it happens in 67% of the runs"; without a goal they "end
 * like this". Caller frees. */
char *drive_tally_words(const struct drive_tally *t);
/* "none of the 924 schedules does it", of a tally that none meets. Caller frees. */
char *drive_none_does(const struct drive_tally *t);

/* For a goal that may hold at any moment (reach) the ends say too little: this walks through every
 * schedule, state by state, in a game of its own. */
struct drive_level {
    struct trace_choice *choices;
    size_t count, next;
    bool met;     /* the goal held here or before */
    double share; /* of all runs, when each choice is equally likely */
};
struct drive_walk {
    struct drive_game game;
    struct drive_level *levels;
    size_t depth, cap;
    uint64_t states;
    struct drive_tally tally;
};
/* The same lesson, goal and test as `of`. */
bool drive_walk_init(struct drive_walk *w, const struct drive_game *of, struct err *e);
/* What the engine says to drive_request(&w->game): DRIVE_AGAIN = ask that again, DRIVE_KNOWN = the
 * tally is complete (or there are too many states, and tally.complete is false). */
enum drive_heard drive_walk_hear(struct drive_walk *w, struct trace_msg *m);
void drive_walk_fini(struct drive_walk *w);

#endif
