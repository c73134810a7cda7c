/* A text to scroll; the welcome; progress, lesson by lesson. */
#include <stdlib.h>
#include <string.h>

#include "session/map.h"
#include "session/scroll.h"
#include "view/views.h"

void view_more(struct canvas *c, struct area a, int top, int count)
{
    if (top > 0)
        canvas_put(c, a.row, a.col + a.cols, STYLE_MARK, "▴");
    if (top + a.rows < count)
        canvas_put(c, a.row + a.rows - 1, a.col + a.cols, STYLE_MARK, "▾");
}

/* ---- text ------------------------------------------------------------------ */

static void draw_text(const struct session *s, struct canvas *c)
{
    const struct scroll_state *t = s->scroll;
    struct area a = {0};
    int state = 0;

    if (!t)
        return;
    a = view_frame(s, c, t->title, NULL);
    for (int i = 0; i < t->line_count && i < t->top + a.rows; i++) {
        const char *line = t->lines[i];
        size_t n = strcspn(line, "\n");
        struct page_line l = {0};
        page_lex(&l, line, n, t->code ? PAGE_C : PAGE_PLAIN, &state);
        if (i >= t->top)
            view_page_line(c, a.row + i - t->top, a.col, a.cols, &l, 0);
        page_line_fini(&l);
    }
    view_more(c, a, t->top, t->line_count);
}

static bool text_offers(const struct session *s, enum key_request k) { return k != KEY_OPEN; }

const struct view view_text = {.screen = SCREEN_TEXT, .draw = draw_text, .offers = text_offers};

/* ---- welcome --------------------------------------------------------------- */

static const char welcome[] =
    "**You are the scheduler.** In this lab you choose which thread of a real C "
    "program goes on, until it breaks. Then you see exactly why, and mend it.\n\n"
    "- A lesson is a row of short steps: something to read, a guess, a program "
    "to watch, a puzzle, an exercise in your own editor.\n"
    "- Programs that fail at first are *meant* to fail. Nothing here can be "
    "broken for good, and nothing is timed.\n"
    "- Your files and your progress are kept in the folder below.\n\n"
    "The arrow keys and Enter are enough. `?` shows all keys, `q` goes back, "
    "and on the map `q` leaves.";

static void draw_welcome(const struct session *s, struct canvas *c)
{
    struct area a = view_frame(s, c, "Welcome to Threadmill", NULL);
    struct page p = PAGE_INIT;
    int row = a.row + 1, width = a.cols < PAGE_WIDTH ? a.cols : PAGE_WIDTH;

    page_markdown(&p, welcome, width, 0);
    for (size_t i = 0; i < p.count; i++)
        view_page_line(c, row++, a.col, width, &p.lines[i], 0);
    char *folder = view_short_path(s->workspace);
    canvas_put_fit(c, row + 1, a.col, a.cols, STYLE_LINK, folder);
    free(folder);
    canvas_put(c, row + 3 < a.row + a.rows ? row + 3 : a.row + a.rows - 1, a.col, STYLE_NEXT,
               "▸ Enter begins with the first lesson");
    page_fini(&p);
}

const struct view view_welcome = {.screen = SCREEN_WELCOME, .draw = draw_welcome};

/* ---- progress -------------------------------------------------------------- */

static int passed(const struct lesson *l, const struct map_lesson *ml)
{
    int n = 0;

    for (size_t k = 0; k < l->exercise_count; k++)
        n += ml->exercises[k] == EXERCISE_PASSED;
    return n;
}

static void draw_progress(const struct session *s, struct canvas *c)
{
    struct area a = view_frame(s, c, "Progress", NULL);
    int row = a.row;

    canvas_put(c, row, a.col, STYLE_LABEL, "lesson");
    canvas_put(c, row, a.col + 40, STYLE_LABEL, "steps done");
    canvas_put(c, row++, a.col + 54, STYLE_LABEL, "exercises passed");
    for (size_t i = (size_t)s->progress_top; i < s->course->lesson_count && row < a.row + a.rows;
         i++, row++) {
        const struct lesson *l = &s->course->lessons[i];
        const struct map_lesson *ml = &s->map->lessons[i];
        bool all = ml->steps_done == (int)l->step_count && l->step_count > 0;
        canvas_put(c, row, a.col, STYLE_LABEL, l->number);
        canvas_put_fit(c, row, a.col + 3, 35, STYLE_TEXT, l->title);
        canvas_printf(c, row, a.col + 40, all ? STYLE_GOOD : STYLE_TEXT, "%2d of %zu%s",
                      ml->steps_done, l->step_count, all ? " ✓" : "");
        if (l->exercise_count > 0)
            canvas_printf(c, row, a.col + 54, STYLE_TEXT, "%d of %zu", passed(l, ml),
                          l->exercise_count);
    }
}

static bool progress_offers(const struct session *s, enum key_request k) { return k != KEY_OPEN; }

const struct view view_progress = {
    .screen = SCREEN_PROGRESS, .draw = draw_progress, .offers = progress_offers};
