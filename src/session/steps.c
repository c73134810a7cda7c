/* steps: walking through the course and remembering what is done in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/beliefs.h"
#include "session/checks.h"
#include "session/exercise.h"
#include "session/progress.h"
#include "session/reading.h"
#include "session/scroll.h"
#include "session/workspace.h"

int session_rows(const struct session *s) { return s->rows > 5 ? s->rows - 4 : 1; }
int session_cols(const struct session *s) { return s->cols > 12 ? s->cols - 4 : 8; }

static size_t lesson_index(const struct session *s, const struct lesson *l)
{
    return (size_t)(l - s->course->lessons);
}

const struct step *session_step_beside(const struct session *s, const struct lesson *l,
                                       const struct step *st, int by,
                                       const struct lesson **ret_lesson)
{
    size_t at = (size_t)(st - l->steps);

    if (by > 0 && at + 1 < l->step_count) {
        *ret_lesson = l;
        return st + 1;
    }
    if (by < 0 && at > 0) {
        *ret_lesson = l;
        return st - 1;
    }
    const struct course_path *path = path_chosen(s->course, s->progress);
    if (l->check)
        return NULL;
    for (size_t i = lesson_index(s, l); by > 0 ? ++i < s->course->lesson_count : i-- > 0;) {
        const struct lesson *other = &s->course->lessons[i];
        if (other->step_count == 0 || !path_includes(path, other))
            continue;
        *ret_lesson = other;
        return by > 0 ? &other->steps[0] : &other->steps[other->step_count - 1];
    }
    return NULL;
}

/* ---- what is done ---------------------------------------------------------- */

static void block_subject(const struct step *st, const struct block *b, char out[48])
{
    snprintf(out, 48, "%s/%td", st->id, b - st->blocks + 1);
}

static const struct exercise *block_exercise(const struct course *c, const struct step *st,
                                             const struct block *b)
{
    for (size_t i = 0; i < c->lesson_count; i++) {
        const struct lesson *l = &c->lessons[i];
        if (st < l->steps || st >= l->steps + l->step_count)
            continue;
        for (size_t k = 0; k < l->exercise_count; k++)
            if (strcmp(l->exercises[k].name, b->exercise) == 0)
                return &l->exercises[k];
    }
    return NULL;
}

static const char *block_state(const struct course *c, const struct progress *p,
                               const struct step *st, const struct block *b)
{
    char subject[48];

    if (b->kind == BLOCK_EXERCISE) {
        const struct exercise *ex = block_exercise(c, st, b);
        return ex && progress_has_passed(p, ex->id, NULL) ? "passed" : NULL;
    }
    block_subject(st, b, subject);
    return progress_get(p, "done", subject);
}

const char *session_block_state(const struct session *s, const struct step *st,
                                const struct block *b)
{
    return block_state(s->course, s->progress, st, b);
}

static bool all_blocks_done(const struct course *c, const struct progress *p, const struct step *st)
{
    for (size_t i = 0; i < st->block_count; i++) {
        enum block_kind k = st->blocks[i].kind;
        if ((k == BLOCK_DEMO || k == BLOCK_DRIVE || k == BLOCK_EXERCISE) &&
            !block_state(c, p, st, &st->blocks[i]))
            return false;
    }
    return true;
}

void session_step_done(struct session *s, const struct step *st, struct effects *fx)
{
    if (progress_step_is_done(s->progress, st->id))
        return;
    progress_step_done(s->progress, st->id);
    effects_add(fx, EFFECT_SAVE);
}

void session_block_done(struct session *s, const struct step *st, const struct block *b,
                        const char *how, struct effects *fx)
{
    char subject[48];

    if (!st || !b)
        return;
    block_subject(st, b, subject);
    progress_set(s->progress, "done", subject, how);
    effects_add(fx, EFFECT_SAVE);
    if (all_blocks_done(s->course, s->progress, st))
        session_step_done(s, st, fx);
}

static bool has_exercise(const struct step *st, const char *name)
{
    for (size_t i = 0; i < st->block_count; i++)
        if (st->blocks[i].kind == BLOCK_EXERCISE && strcmp(st->blocks[i].exercise, name) == 0)
            return true;
    return false;
}

void session_exercise_passed(const struct course *c, struct progress *p, const struct exercise *ex, uint64_t hash)
{
    const struct lesson *l = course_lesson(c, ex->lesson, NULL);

    if (!progress_has_passed(p, ex->id, NULL))
        beliefs_passed(p, ex);
    progress_passed(p, ex->id, hash);
    for (size_t i = 0; l && i < l->step_count; i++)
        if (has_exercise(&l->steps[i], ex->name) && all_blocks_done(c, p, &l->steps[i]))
            progress_step_done(p, l->steps[i].id);
}

/* ---- opening --------------------------------------------------------------- */

void session_open_step(struct session *s, const struct lesson *l, const struct step *st,
                       struct effects *fx)
{
    const char *current = progress_current(s->progress);

    if (!l->check && (!current || strcmp(current, st->id) != 0)) {
        progress_set_current(s->progress, st->id);
        effects_add(fx, EFFECT_SAVE);
    }
    target_fini(&s->target);
    s->target.lesson = l;
    s->target.step = st;
    session_push(s, SCREEN_STEP, fx);
}

void session_open_exercise(struct session *s, const struct exercise *ex, struct effects *fx)
{
    target_fini(&s->target);
    s->target.kind = TARGET_EXERCISE;
    s->target.exercise = ex;
    s->target.lesson = course_lesson(s->course, ex->lesson, NULL);
    session_push(s, SCREEN_EXERCISE, fx);
}

const struct lesson *session_lesson(const struct session *s)
{
    if (s->exercise && session_shows(s, SCREEN_EXERCISE))
        return course_lesson(s->course, s->exercise->exercise->lesson, NULL);
    return s->reading ? s->reading->lesson : s->target.lesson;
}

const struct step *session_step(const struct session *s)
{
    return s->reading ? s->reading->step : s->target.step;
}
