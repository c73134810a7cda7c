/* drive_lines: the ways the learner took before. When a step leaves what was taken back, that line
 * of play is kept whole, so "what if B went here instead" costs nothing and loses nothing.
 *
 * Invariant: no kept line is a beginning of another one, or of the line that is played.
 */
#include <stdlib.h>
#include <string.h>

#include "session/drive_inside.h"

static bool begins_with(const struct trace_step *steps, size_t n, const struct trace_step *start,
                        size_t start_n)
{
    if (start_n > n)
        return false;
    for (size_t i = 0; i < start_n; i++)
        if (steps[i].tid != start[i].tid || steps[i].variant != start[i].variant)
            return false;
    return true;
}

static void forget(struct drive_game *g, size_t k)
{
    free(g->lines[k].steps);
    g->line_count--;
    memmove(&g->lines[k], &g->lines[k + 1], (g->line_count - k) * sizeof *g->lines);
}

/* Lines that say nothing which `steps` does not say. */
static void forget_beginnings(struct drive_game *g, const struct trace_step *steps, size_t n)
{
    for (size_t k = g->line_count; k-- > 0;)
        if (begins_with(steps, n, g->lines[k].steps, g->lines[k].count))
            forget(g, k);
}

static bool kept_already(const struct drive_game *g)
{
    for (size_t k = 0; k < g->line_count; k++)
        if (begins_with(g->lines[k].steps, g->lines[k].count, g->schedule.steps,
                        g->schedule.step_count))
            return true;
    return false;
}

void drive_line_keep(struct drive_game *g)
{
    size_t n = g->schedule.step_count;

    if (n == 0 || kept_already(g))
        return;
    forget_beginnings(g, g->schedule.steps, n);
    if (g->line_count == DRIVE_LINES)
        forget(g, 0);
    struct drive_line *l = &g->lines[g->line_count++];
    *l = (struct drive_line){.steps = xcalloc(n, sizeof *l->steps), .count = n, .end = g->end};
    memcpy(l->steps, g->schedule.steps, n * sizeof *l->steps);
}

void drive_line_played(struct drive_game *g)
{
    forget_beginnings(g, g->schedule.steps, g->at);
}

void drive_line_note(struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;

    if (g->at != g->schedule.step_count)
        return;
    g->end = drive_reached(g)                          ? DRIVE_END_GOAL
             : !st->ended                              ? DRIVE_END_OPEN
             : st->failure.reason != REASON_NONE       ? DRIVE_END_FAILED
                                                       : DRIVE_END_WELL;
}

bool drive_line_take(struct drive_game *g, size_t k)
{
    if (k >= g->line_count)
        return false;
    struct drive_line taken = g->lines[k];
    g->line_count--;
    memmove(&g->lines[k], &g->lines[k + 1], (g->line_count - k) * sizeof *g->lines);
    drive_line_keep(g);
    g->schedule.step_count = 0;
    for (size_t i = 0; i < taken.count; i++)
        trace_schedule_push(&g->schedule, taken.steps[i].tid, taken.steps[i].variant);
    g->at = taken.count;
    g->end = taken.end;
    g->known = false;
    free(taken.steps);
    return true;
}

void drive_lines_fini(struct drive_game *g)
{
    while (g->line_count > 0)
        forget(g, g->line_count - 1);
}

char *drive_line_words(const struct drive_game *g, size_t k)
{
    static const char *const ends[] = {[DRIVE_END_OPEN] = "",
                                       [DRIVE_END_GOAL] = ": the goal",
                                       [DRIVE_END_WELL] = ": came to its end",
                                       [DRIVE_END_FAILED] = ": failed"};
    const struct drive_line *l = &g->lines[k];
    struct trace_schedule s = {.steps = l->steps, .step_count = l->count};
    char *words = drive_schedule_words(g, &s), *text = xasprintf("%s%s", words, ends[l->end]);

    free(words);
    return text;
}
