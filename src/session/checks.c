/* checks: see checks.h. */
#include "session/checks.h"

#include <stdio.h>
#include <string.h>

#include "session/reading.h"

void check_subject(const struct step *st, size_t n, char out[48])
{
    if (st->kind == STEP_QUIZ)
        snprintf(out, 48, "%s/%zu", st->id, n);
    else
        snprintf(out, 48, "%s", st->id);
}

static void count_answer(const struct progress *p, const char *kind, const struct question *q,
                         const char *subject, struct check_score *score)
{
    const char *word = progress_get(p, kind, subject);
    struct reading_question rq;

    score->total++;
    if (!word)
        return;
    question_init(&rq, q, subject);
    if (question_decode(&rq, word)) {
        score->answered++;
        score->right += rq.right;
    }
    question_fini(&rq);
}

struct check_score check_score(const struct progress *p, const struct lesson *l, const char *kind)
{
    struct check_score score = {0};
    char subject[48];

    for (size_t i = 0; i < l->step_count; i++) {
        const struct step *st = &l->steps[i];
        size_t n = 0;
        for (size_t k = 0; k < st->block_count; k++) {
            if (st->blocks[k].kind != BLOCK_QUESTION)
                continue;
            check_subject(st, ++n, subject);
            count_answer(p, kind, &st->blocks[k].question, subject, &score);
        }
    }
    return score;
}

const char *check_kind(const struct progress *p, const struct lesson *l)
{
    if (l->check != CHECK_INVENTORY)
        return "answer";
    struct check_score before = check_score(p, l, "before");
    return before.answered < before.total ? "before" : "after";
}

/* ---- paths ----------------------------------------------------------------- */

const struct course_path *path_chosen(const struct course *c, const struct progress *p)
{
    const char *id = progress_get(p, "path", "path");

    return id ? course_path(c, id) : NULL;
}

void path_choose(struct progress *p, const struct course_path *path)
{
    progress_set(p, "path", "path", path ? path->id : "all");
}

bool path_includes(const struct course_path *path, const struct lesson *l)
{
    return !path || course_path_has(path, l);
}
