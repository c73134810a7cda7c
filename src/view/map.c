/* The map: one line a lesson, what is next already selected. Wide screens show the selected lesson
 * beside it.
 */
#include <stdlib.h>
#include <string.h>

#include "session/map.h"
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

static void draw_step(const struct session *s, struct canvas *c, int row, struct area a,
                      const struct map_item *it)
{
    const struct map_lesson *ml = counted(s, it->lesson);
    bool done = ml->step_done[it->step - it->lesson->steps];

    canvas_put(c, row, a.col + TITLE_COL, done ? STYLE_GOOD : STYLE_DIM, done ? "✓" : "○");
    canvas_put(c, row, a.col + TITLE_COL + 2, STYLE_LABEL, it->step->id);
    canvas_put(c, row, a.col + TITLE_COL + 8, STYLE_DIM, step_kind_id(it->step->kind));
    canvas_put_fit(c, row, a.col + TITLE_COL + 18, a.cols - TITLE_COL - 30, STYLE_TEXT,
                   it->step->title);
    if (it->step == s->map->next_step)
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
    canvas_put_fit(c, row, a.col + TITLE_COL + 18, a.cols - TITLE_COL - 18, STYLE_TEXT,
                   it->exercise->name);
}

static void draw_item(const struct session *s, struct canvas *c, int row, struct area a,
                      const struct map_item *it)
{
    if (it->exercise)
        draw_exercise(s, c, row, a, it);
    else if (it->step)
        draw_step(s, c, row, a, it);
    else
        draw_lesson(s, c, row, a, it->lesson);
}

static void draw_list(const struct session *s, struct canvas *c, struct area a)
{
    const struct map_state *m = s->map;

    for (int i = 0; i < a.rows && m->top + i < (int)m->count; i++) {
        draw_item(s, c, a.row + i, a, &m->items[m->top + i]);
        if (m->top + i == m->selected) {
            canvas_put(c, a.row + i, a.col, STYLE_NEXT, "▸");
            canvas_select(c, a.row + i, a.col, a.cols);
        }
    }
    if (m->count == 0)
        canvas_put(c, a.row + 1, a.col, STYLE_DIM,
                   m->search[0] ? "nothing is called that" : "this course has no lessons");
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
    const struct map_lesson *ml = counted(s, l);

    for (size_t k = 0; k < l->step_count && row < a.row + a.rows; k++, row++) {
        bool done = ml->step_done[k];
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

static void draw_map(const struct session *s, struct canvas *c)
{
    char *right =
        xasprintf("%d of %d exercises passed", s->map->exercises_passed, s->map->exercises);
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
