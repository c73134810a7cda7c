/* The drive: a column for each thread, then what is true now, then what happened, then what there is
 * to say. What must give way when rows are few: first the source, then the history.
 */
#include <stdlib.h>

#include "view/drive_view.h"

#define SOURCE_MOST    17
#define AROUND_SOURCE  4 /* rows of a column besides its source */
#define WIDE_SIDE      56 /* for values, locks and history */
#define NARROW_SIDE    40
#define WIDE_SIDE_FROM 160

/* ---- the page ---------------------------------------------------------- */

/* Rows of the threads: what the other parts leave, at least 6; without source when the run is over.
 */
static int thread_rows(const struct drive_game *g, int all, int facts, int words)
{
    int history = words > 0 ? 2 : 4, rows = all - facts - words - history - 2 - (words > 0);
    bool over = g->run.state.ended && g->run.state.failure.reason == REASON_NONE;

    if (over)
        return 3;

    if (rows > SOURCE_MOST + 3)
        rows = SOURCE_MOST + 3;
    return rows < 6 ? 6 : rows;
}

static int min(int a, int b) { return a < b ? a : b; }

static void rule_in(struct canvas *c, struct area a, int row)
{
    canvas_repeat(c, row, a.col, a.cols, STYLE_RULE, "─");
}

/* Below the threads: facts, schedule, history, words. */
static void draw_narrow(const struct session *s, struct canvas *c, struct area a)
{
    const struct drive_game *g = &s->drive->game;
    int facts = min(drive_draw_facts(g, NULL, a, a.cols), 3), words = drive_draw_words(s, NULL, a);
    int threads = thread_rows(g, a.rows, facts + 1, words), row = a.row, end = a.row + a.rows;
    int left = a.rows - threads - facts - 3;

    for (; words > 0 && left < 2 && facts > 1; left++) /* how it ended matters more */
        facts--;
    drive_draw_threads(s, c, (struct area){row, a.col, threads, a.cols});
    row += threads;
    rule_in(c, a, row++);
    drive_draw_facts(g, c, (struct area){row, a.col, facts, a.cols}, a.cols);
    row += facts;
    drive_draw_schedule(g, c, (struct area){row++, a.col, 1, a.cols});
    rule_in(c, a, row++);
    words = min(words, end - row > 1 ? end - row - 1 : end - row);
    int history = end - row - (words > 0 ? words + 1 : 0);
    history = history > 0 ? history : 0;
    drive_draw_history(g, c, (struct area){row, a.col, history, a.cols});
    row += history;
    if (words > 0) {
        if (history > 0)
            rule_in(c, a, row++);
        drive_draw_words(s, c, (struct area){row, a.col, end - row, a.cols});
    }
}

/* Beside the threads: facts and history; below them schedule and words. The threads get all rows
 * that their files have use for. */
static void draw_wide(const struct session *s, struct canvas *c, struct area a)
{
    const struct drive_game *g = &s->drive->game;
    int beside = a.cols >= WIDE_SIDE_FROM ? WIDE_SIDE : NARROW_SIDE;
    struct area left = {a.row, a.col, a.rows, a.cols - beside - 3},
                side = {a.row, a.col + a.cols - beside, a.rows, beside};
    int words = drive_draw_words(s, NULL, left), below = 2 + (words > 0 ? words + 1 : 0);
    int facts = min(drive_draw_facts(g, NULL, side, left.cols), a.rows / 2);

    left.rows = min(a.rows - below, drive_source_rows(s->drive) + AROUND_SOURCE);
    drive_draw_threads(s, c, left);
    canvas_vline(c, a.row, side.col - 2, a.rows, STYLE_RULE, "│");
    drive_draw_facts(g, c, (struct area){side.row, side.col, facts, side.cols}, left.cols);
    if (facts > 0)
        rule_in(c, side, side.row + facts++);
    drive_draw_history(g, c,
                       (struct area){side.row + facts, side.col, side.rows - facts, side.cols});
    int row = left.row + left.rows;
    rule_in(c, left, row++);
    drive_draw_schedule(g, c, (struct area){row++, left.col, 1, left.cols});
    if (words > 0) {
        rule_in(c, left, row++);
        drive_draw_words(s, c, (struct area){row, left.col, a.row + a.rows - row, left.cols});
    }
}

static void draw_broken(const struct drive_state *d, struct canvas *c, struct area a)
{
    int row = a.row + 1;

    row += around_paragraph(c, a, row, STYLE_BAD, "✗ ", d->broken);
    if (d->build_output)
        canvas_put(c, row + 1, a.col, STYLE_LABEL, "Enter shows what the compiler says");
    if (d->only_watched)
        around_paragraph(c, a, row + 2, STYLE_LABEL, "",
                         "It can be watched on real threads, but not driven. q goes back.");
    else
        canvas_put(c, row + 2, a.col, STYLE_LABEL, "R tries again");
}

/* Where the step's title and the goal do not both fit, the goal is what one needs to see. */
static char *step_title(const struct step *st, const char *goal, int room)
{
    char *title = xasprintf("%s %s   %s", st->id, st->title, goal);

    if (text_width(title) <= room || !*goal)
        return title;
    free(title);
    return xasprintf("%s   %s", st->id, goal);
}

static char *title_of(const struct session *s, int room)
{
    const struct drive_state *d = s->drive;
    char *goal = d->started ? drive_screen_goal(&d->game) : xstrdup(""), *title;

    if (d->target.step)
        title = step_title(d->target.step, goal, room);
    else if (d->target.exercise)
        title = xasprintf("%s: %s   %s", d->target.exercise->name,
                          d->started ? d->game.schedule.test : "", goal);
    else
        title = xasprintf("%s   %s", d->target.file ? path_basename(d->target.file) : "", goal);
    free(goal);
    return title;
}

static void draw_drive(const struct session *s, struct canvas *c)
{
    const struct drive_state *d = s->drive;
    char *title, *right;
    struct area a;

    if (!d)
        return;
    right = d->started ? drive_screen_score(&d->game, c->cols < 100) : NULL;
    title = title_of(s, c->cols - 4 - (right ? text_width(right) : 0));
    a = view_frame(s, c, title, right);
    a.col = 1;
    a.cols = c->cols - 2;
    if (d->phase == DRIVE_BROKEN)
        draw_broken(d, c, a);
    else if (d->phase == DRIVE_BUILDING || d->game.run.state.thread_count == 0)
        canvas_put(c, a.row + 1, a.col + 1, STYLE_DIM,
                   d->asked != DRIVE_ASKED_NOTHING ? "running to the first step …" : "compiling …");
    else if (c->cols >= VIEW_WIDE && c->rows >= 30)
        draw_wide(s, c, a);
    else
        draw_narrow(s, c, a);
    free(title);
    free(right);
}

/* ---- keys
 * ------------------------------------------------------------------------------------------------
 */

static bool drive_key(const struct session *s, key_code key, struct message *ret)
{
    int tid = key >= 'A' && key <= 'Z' && s->drive && s->drive->started
                  ? drive_screen_letter(s, key)
                  : TRACE_NO_THREAD;

    if (tid == TRACE_NO_THREAD)
        return false;
    *ret = (struct message){.kind = MESSAGE_KEY, .request = KEY_THREAD, .n = tid};
    return true;
}

static bool any_choice(const struct drive_game *g, int variant)
{
    return drive_choices(g, TRACE_NO_THREAD, variant, NULL, 0) > 0;
}

static bool drive_offers(const struct session *s, enum key_request r)
{
    const struct drive_state *d = s->drive;

    if (!d || d->phase != DRIVE_PLAYING)
        return (r == KEY_RESTART && !(d && d->only_watched)) || r == KEY_BACK || r == KEY_HELP;
    switch (r) {
    case KEY_OPEN: return false;
    case KEY_TIME: return any_choice(&d->game, CHOICE_EARLY);
    case KEY_SPURIOUS: return any_choice(&d->game, CHOICE_SPURIOUS);
    case KEY_LINES: return d->game.line_count > 0;
    case KEY_IMPOSSIBLE: return d->game.goal != NULL;
    case KEY_GIVE_UP:
    case KEY_HINT: return d->game.lesson != NULL;
    default: return true;
    }
}

const struct view view_drive = {
    .screen = SCREEN_DRIVE, .draw = draw_drive, .key = drive_key, .offers = drive_offers};
