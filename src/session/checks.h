/* checks: the entry check and the inventory, as the learner's answers have them.
 *
 * The inventory is taken twice. Its answers are facts of the kind `before` until all questions are
 * answered, and of the kind `after` from then on; the entry check's are `answer`, like any step's.
 */
#ifndef SESSION_CHECKS_H
#define SESSION_CHECKS_H

#include "course/course.h"
#include "session/progress.h"

struct check_score {
    int answered, right, total;
};
/* How the answers of that kind ("answer", "before", "after") stand. */
struct check_score check_score(const struct progress *p, const struct lesson *l, const char *kind);

/* Under which kind the answers to a step of this lesson are remembered now. */
const char *check_kind(const struct progress *p, const struct lesson *l);

/* The subject of the n-th question (from 1) of a step: "03.2", or "03.9/3" in a quiz. */
void check_subject(const struct step *st, size_t n, char out[48]);

/* The learner's way through the course; NULL: all lessons. */
const struct course_path *path_chosen(const struct course *c, const struct progress *p);
/* NULL: all lessons again. */
void path_choose(struct progress *p, const struct course_path *path);
bool path_includes(const struct course_path *path, const struct lesson *l);

#endif
