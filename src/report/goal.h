/* goal: what a drive asks the learner to bring about, as a small language.
 *
 *   final EXPR      the run came to its end (not stuck, not crashed), and EXPR holds there
 *   reach EXPR      EXPR holds now, at any moment of the run
 *   deadlock        the run is stuck for good
 *   crash           the run was ended by a fault: a wild pointer, a variable that is gone
 *   output WORDS    the run is over and printed exactly these words, white space aside
 *
 * EXPR is C over the watched variables: integers, + - *, == != < <= > >=, && || !,
 * parentheses; a name may be a path (shop.cups, cup[0]). Values come from the watches of a
 * state or an outcome. The parser knows the names, so a goal that names an unwatched variable is
 * refused when the lesson is linted, not when it is played.
 */
#ifndef REPORT_GOAL_H
#define REPORT_GOAL_H

#include "trace/trace.h"

enum goal_kind { GOAL_FINAL, GOAL_REACH, GOAL_DEADLOCK, GOAL_CRASH, GOAL_OUTPUT };

struct goal;

/* NULL with `e` ("goal 'final c = 1': '=' assigns, write '=='"). `watch` names what may be used;
 * NULL with count 0 means that any name is accepted here. */
struct goal *goal_parse(const char *text, char *const *watch, size_t watch_count, struct err *e);
void goal_free(struct goal *g);

enum goal_kind goal_kind_of(const struct goal *g);
/* The expression or the words after the keyword, for titles. */
const char *goal_text(const struct goal *g);

/* Does this state of a drive meet the goal? For `final`, `deadlock` and `output` only an
 * ended state can. A value that is missing never meets anything. */
bool goal_met_state(const struct goal *g, const struct trace_state *st);
/* Does this way to end meet it? For `reach` the end itself is looked at, which is not enough to
 * deny it: walk the states for that. */
bool goal_met_outcome(const struct goal *g, const struct trace_outcome *o);

/* Did a run that ended for this reason come to its end, however it judged itself there? Not where it got stuck, went round
 * for ever, crashed or was stopped: what its variables hold then is no result. */
bool goal_came_to_end(enum reason reason);

/* A watch's value as an integer, by its text if named, else by its bytes as a signed number.
 * False when it is none (a struct, 3.5). */
bool goal_watch_number(const struct trace_watch *w, long long *ret);

#endif
