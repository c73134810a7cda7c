/* why: what is recognised in a failing test. Not for other rooms. */
#ifndef REPORT_WHY_H
#define REPORT_WHY_H

#include "report/facts.h"

/* One sentence, and the belief ("M04") under which the program would be right. */
struct why {
    char *text;           /* NULL: nothing certain to say */
    const char *belief;   /* NULL: none is known */
    const char *right_if; /* that belief in the words of this failure; NULL: in its own */
    size_t events[4];   /* of the run that show it, to be marked */
    int event_count;
};

extern const struct why why_nothing;

static inline struct why why_say(char *text, const char *belief)
{
    return (struct why){.text = text, .belief = belief};
}

static inline struct why why_in_words(struct why y, const char *right_if)
{
    y.right_if = right_if;
    return y;
}

/* Each looks at one kind of failure and says what it is sure of; text NULL: not recognised. */
struct why why_of_locks(const struct report_test *t); /* of a race: a lock that only one side takes, or none that both do */
struct why why_of_race(const struct report_test *t);
struct why why_of_woken(const struct report_test *t);
struct why why_of_lost_update(const struct report_test *t, const struct trace_ref *object); /* NULL: of anything */
struct why why_of_values(const struct report_test *t); /* what values suggest: likely, not certain */
struct why why_of_spin(const struct report_test *t);
struct why why_of_stuck(const struct report_test *t);
struct why why_of_crash(const struct report_test *t);
struct why why_of_destroyed(const struct report_test *t); /* a lock that is used after it was destroyed */
/* Of a thread that waits for descriptors, and nobody is left to make one ready. */
struct why why_of_loop(const struct report_test *t, const struct trace_failure *f);

/* The belief that a check named in the run: in `right_if` how it puts it, "M00": it says that none fits. All NULL: none. */
struct why why_named(const struct trace_failure *f);

/* By the reason alone. */
struct reason_words {
    const char *text, *belief, *right_if; /* each may be NULL */
};
const struct reason_words *why_reason(enum reason r);

struct why why_find(const struct report_test *t);

/* "T1", "main". */
const char *why_name(const struct trace_state *st, int tid);
const char *why_thread(const struct trace_thread *t);

#endif
