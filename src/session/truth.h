/* truth: after a prediction the program is run, under all its schedules, and what came out is said.
 *
 * For questions with a computed key. One at a time; the engine belongs to it from begin to end.
 */
#ifndef SESSION_TRUTH_H
#define SESSION_TRUTH_H

#include "session/session.h"

struct truth {
    const struct question *question; /* NULL: nothing was run */
    bool running;
    char *failed;  /* why it could not be run; NULL */
    uint64_t seen; /* schedules so far */
    bool complete;
    long long *ends; /* values it ended with, in order */
    size_t count, cap;
    bool stuck; /* some schedule did not come to its end, or without a number */
};

/* The truth about a question that was just answered; nothing when it has no computed key. */
void truth_begin(struct truth *t, const struct lesson *l, const struct question *q,
                 struct effects *fx);
/* Engine messages while it runs. */
void truth_update(struct truth *t, struct message *m, struct effects *fx);
/* Stops what runs, forgets what came out. */
void truth_end(struct truth *t, struct effects *fx);
/* What there is to say now, as markdown; NULL when nothing. Caller frees. */
char *truth_words(const struct truth *t);

#endif
