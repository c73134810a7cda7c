/* beliefs: which misconceptions the learner met, and which were overcome.
 *
 * One fact each, `belief M04 2 3 right`: how often an answer held it, how often one stood against
 * it, and what came last. An answer holds a belief when a wrong option that carries its id is
 * chosen; it stands against it when the question is answered right. An exercise that passes stands
 * against the beliefs it names.
 */
#ifndef SESSION_BELIEFS_H
#define SESSION_BELIEFS_H

#include "course/course.h"
#include "session/progress.h"

struct belief_record {
    int held, right;
    bool last_right;
};
/* All zero when it was never met. */
struct belief_record beliefs_get(const struct progress *p, const char *id);
void beliefs_held(struct progress *p, const char *id);
void beliefs_right(struct progress *p, const char *id);

/* A question was answered: chosen[i] tells about its option i. */
void beliefs_answer(struct progress *p, const struct question *q, const bool *chosen, bool right);
/* The exercise passed, and had not before. */
void beliefs_passed(struct progress *p, const struct exercise *ex);

#endif
