/* The map: one line a lesson, what is next already selected. Wide screens show the selected lesson
 * beside it.
 */
#include <stdlib.h>
#include <string.h>

#include "session/checks.h"
#include "session/map.h"
#include "session/progress.h"
#include "view/views.h"

#define TITLE_COL 6
#define DOTS_COL  36

static const char *exercise_mark(enum exercise_state st)
{
    return st == EXERCISE_PASSED ? "✓" : st == EXERCISE_CHANGED ? "!" : "·";
}

static enum style exercise_style(enum exercise_state st)
{
    return st == EXERCISE_PASSED ? STYLE_GOOD : st == EXERCISE_CHANGED ? STYLE_WARN : STYLE_DIM;
}

static const struct map_lesson *counted(const struct session *s, const struct lesson *l)
{
    return &s->map->lessons[l - s->course->lessons];
}

static bool step_done(const struct session *s, const struct lesson *l, const struct step *st)
{
    return l->check ? progress_step_is_done(s->progress, st->id)
                    : counted(s, l)->step_done[st - l->steps];
}

/* ---- rows ------------------------------------------------------------------ */

static void draw_dots(struct canvas *c, int row, int col, const struct lesson *l,
                      const struct map_lesson *ml)
{
    for (size_t k = 0; k < l->step_count; k++)
        canvas_put(c, row, col + (int)k, ml->step_done[k] ? STYLE_GOOD : STYLE_DIM,
                   ml->step_done[k] ? "●" : "○");
}

static void draw_lesson(const struct session *s, struct canvas *c, int row, struct area a,
                        const struct lesson *l)
{
    const struct map_lesson *ml = counted(s, l);
    int col = a.col + DOTS_COL, end = a.col + a.cols;
    char *tail = NULL;

    canvas_put(c, row, a.col + 2, STYLE_LABEL, l->number);
    canvas_put_fit(c, row, a.col + TITLE_COL, DOTS_COL - TITLE_COL - 1, STYLE_STRONG, l->title);
    draw_dots(c, row, col, l, ml);
    col += (l->step_count > 10 ? (int)l->step_count : 10) + 2;
    if (l->exercise_count > 0)
        col += canvas_put(c, row, col, STYLE_LABEL, "exercises ");
    for (size_t k = 0; k < l->exercise_count; k++)
        col += canvas_put(c, row, col, exercise_style(ml->exercises[k]),
                          exercise_mark(ml->exercises[k]));
    if (l == s->map->next_lesson)
        tail = xasprintf("next %s", s->map->next_step->id);
    else if (ml->steps_done < (int)l->step_count)
        tail = xasprintf("%d min", l->minutes);
    if (tail && end - col > 1)
        canvas_put_right(c, row, col + 1, end - col - 1,
                         l == s->map->next_lesson ? STYLE_NEXT : STYLE_DIM, tail);
    free(tail);
}

/* Questions before and after the course: in the list, but no lesson. */
static void draw_check(const struct session *s, struct canvas *c, int row, struct area a,
                       const struct lesson *l)
{
    char *words = map_check_words(s, l);

    canvas_put(c, row, a.col + 2, STYLE_DIM, l->number);
    canvas_put_fit(c, row, a.col + TITLE_COL, DOTS_COL - TITLE_COL - 1, STYLE_TEXT, l->title);
    canvas_put_fit(c, row, a.col + DOTS_COL, a.cols - DOTS_COL, STYLE_DIM, words);
    free(words);
}

static void draw_title(struct canvas *c, int row, struct area a, const struct map_item *it,
                       const char *title, int keep)
{
    int col = a.col + TITLE_COL + 18, cols = a.cols - TITLE_COL - 18 - keep, used;

    if (!it->snippet) {
        canvas_put_fit(c, row, col, cols, STYLE_TEXT, title);
        return;
    }
    used = a.cols >= 78 + 18 ? canvas_put_fit(c, row, col, 30, STYLE_TEXT, title) + 2 : 0;
    canvas_put_fit(c, row, col + used, cols - used, STYLE_DIM, it->snippet);
}

static void draw_step(const struct session *s, struct canvas *c, int row, struct area a,
                      const struct map_item *it)
{
    bool done = step_done(s, it->lesson, it->step);
    bool next = it->step == s->map->next_step;

    canvas_put(c, row, a.col + TITLE_COL, done ? STYLE_GOOD : STYLE_DIM, done ? "✓" : "○");
    canvas_put(c, row, a.col + TITLE_COL + 2, STYLE_LABEL, it->step->id);
    canvas_put(c, row, a.col + TITLE_COL + 8, STYLE_DIM, step_kind_id(it->step->kind));
    draw_title(c, row, a, it, it->step->title, next ? 6 : 0);
    if (next)
        canvas_put_right(c, row, a.col, a.cols, STYLE_NEXT, "next");
}

static void draw_exercise(const struct session *s, struct canvas *c, int row, struct area a,
                          const struct map_item *it)
{
    enum exercise_state st =
        counted(s, it->lesson)->exercises[it->exercise - it->lesson->exercises];

    canvas_put(c, row, a.col + TITLE_COL, exercise_style(st), exercise_mark(st));
    canvas_put(c, row, a.col + TITLE_COL + 2, STYLE_LABEL, it->lesson->number);
    canvas_put(c, row, a.col + TITLE_COL + 8, STYLE_DIM, "exercise");
    draw_title(c, row, a, it, it->exercise->name, 0);
}

static void draw_item(const struct session *s, struct canvas *c, int row, struct area a,
                      const struct map_item *it)
{
    if (it->exercise)
        draw_exercise(s, c, row, a, it);
    else if (it->step)
        draw_step(s, c, row, a, it);
    else if (it->lesson->check)
        draw_check(s, c, row, a, it->lesson);
    else
        draw_lesson(s, c, row, a, it->lesson);
}

static void draw_list(const struct session *s, struct canvas *c, struct area a)
{
    const struct map_state *m = s->map;

    for (int i = 0; i < a.rows && m->top + i < (int)m->count; i++) {
        draw_item(s, c, a.row + i, a, &m->items[m->top + i]);
        canvas_spot(c, a.row + i, a.col, 1, a.cols, KEY_POINT, m->top + i);
        if (m->top + i == m->selected) {
            canvas_put(c, a.row + i, a.col, STYLE_NEXT, "▸");
            canvas_select(c, a.row + i, a.col, a.cols);
        }
    }
    if (m->count == 0)
        canvas_put(c, a.row + 1, a.col, STYLE_DIM,
                   m->search[0] ? "these words are nowhere in the course"
                                : "this course has no lessons");
    view_more(c, a, m->top, (int)m->count);
}

/* ---- the lesson beside ----------------------------------------------------- */

static int put_lines(struct canvas *c, struct area a, int row, const char *first, const char *text)
{
    struct page p = PAGE_INIT;

    page_item(&p, first, text, a.cols, 0);
    for (size_t i = 0; i < p.count && row < a.row + a.rows; i++)
        view_page_line(c, row++, a.col, a.cols, &p.lines[i], 0);
    page_fini(&p);
    return row;
}

static int detail_steps(const struct session *s, struct canvas *c, struct area a, int row,
                        const struct lesson *l)
{
    for (size_t k = 0; k < l->step_count && row < a.row + a.rows; k++, row++) {
        bool done = step_done(s, l, &l->steps[k]);
        canvas_spot(c, row, a.col, 1, a.cols, KEY_POINT, (long)(s->map->count + k));
        canvas_put(c, row, a.col, done ? STYLE_GOOD : STYLE_DIM, done ? "✓" : "○");
        canvas_put(c, row, a.col + 2, STYLE_LABEL, l->steps[k].id);
        canvas_put(c, row, a.col + 8, STYLE_DIM, step_kind_id(l->steps[k].kind));
        canvas_put_fit(c, row, a.col + 18, a.cols - 18,
                       &l->steps[k] == s->map->next_step ? STYLE_NEXT : STYLE_TEXT,
                       l->steps[k].title);
    }
    return row;
}

static int detail_exercises(const struct session *s, struct canvas *c, struct area a, int row,
                            const struct lesson *l)
{
    const struct map_lesson *ml = counted(s, l);

    for (size_t k = 0; k < l->exercise_count && row < a.row + a.rows; k++, row++) {
        enum exercise_state st = ml->exercises[k];
        const char *word =
            st == EXERCISE_CHANGED ? "changed since it passed" : exercise_state_id(st);
        canvas_spot(c, row, a.col, 1, a.cols, KEY_POINT, (long)(s->map->count + l->step_count + k));
        canvas_put(c, row, a.col, exercise_style(st), exercise_mark(st));
        int used = canvas_put_fit(c, row, a.col + 2, a.cols - 2, STYLE_TEXT, l->exercises[k].name);
        canvas_put_fit(c, row, a.col + 4 + used, a.cols - 4 - used, exercise_style(st), word);
    }
    return row;
}

static void draw_detail(const struct session *s, struct canvas *c, struct area a)
{
    const struct lesson *l = s->map->count ? s->map->items[s->map->selected].lesson : NULL;
    int row = a.row;

    if (!l)
        return;
    canvas_put_fit(c, row++, a.col, a.cols, STYLE_TITLE, l->title);
    canvas_printf(c, row++, a.col, STYLE_DIM, "about %d minutes", l->minutes);
    row++;
    if (l->goal_count > 0)
        canvas_put(c, row++, a.col, STYLE_LABEL, "After it you can");
    for (size_t i = 0; i < l->goal_count && row < a.row + a.rows; i++)
        row = put_lines(c, a, row, "• ", l->goals[i]);
    row = detail_steps(s, c, a, row + 1, l);
    detail_exercises(s, c, a, row + 1, l);
}

/* ---- the screen ------------------------------------------------------------ */

static void draw_search(const struct session *s, struct canvas *c)
{
    int row = c->rows - 2, col;

    canvas_repeat(c, row, 0, c->cols, STYLE_RULE, "─");
    col = 2 + canvas_put(c, row, 1, STYLE_KEY, " search: ") - 1;
    col += canvas_put_fit(c, row, col, c->cols - col - 30, STYLE_INPUT, s->map->search);
    canvas_put(c, row, col, STYLE_RULE, " ");
    if (s->map->searching) {
        c->cursor_row = row;
        c->cursor_col = col;
    }
    canvas_put_right(c, row, 0, c->cols - 1, STYLE_LABEL,
                     s->map->searching ? " Enter opens, Esc all lessons " : " Esc all lessons ");
}

static char *title_right(const struct session *s)
{
    const struct course_path *path = path_chosen(s->course, s->progress);
    const struct map_state *m = s->map;
    struct strbuf b = STRBUF_INIT;

    if (path)
        strbuf_addf(&b, "%s · ", path->title);
    strbuf_addf(&b, "%d of %d exercises passed", m->exercises_passed, m->exercises);
    if (m->cards_due > 0)
        strbuf_addf(&b, " · %zu card%s due", m->cards_due, m->cards_due == 1 ? "" : "s");
    return strbuf_take(&b);
}

static void draw_map(const struct session *s, struct canvas *c)
{
    char *right = title_right(s);
    struct area a = view_frame(s, c, "Threadmill", right), detail = a;

    a.col = 1;
    a.cols = c->cols - 2;
    if (c->cols >= VIEW_WIDE) {
        a.cols = 78;
        detail.col = 83;
        detail.cols = c->cols - 85 < 76 ? c->cols - 85 : 76;
        canvas_vline(c, a.row, 81, a.rows, STYLE_RULE, "│");
        draw_detail(s, c, detail);
    }
    draw_list(s, c, a);
    if ((s->map->searching || s->map->search[0]) && !s->notice)
        draw_search(s, c);
    free(right);
}

const struct view view_map = {.screen = SCREEN_MAP, .draw = draw_map};
