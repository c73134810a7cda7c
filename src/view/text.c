/* A text to scroll; the welcome; progress, lesson by lesson. */
#include <stdlib.h>
#include <string.h>

#include "session/ledger.h"
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

/* A line that is too long, such as one with a token, shows that it goes on. */
static void draw_line(struct canvas *c, struct area a, int row, const struct page_line *l)
{
    view_page_line(c, row, a.col, a.cols, l, 0);
    if (l->columns > a.cols)
        canvas_put(c, row, a.col + a.cols - 1, STYLE_MARK, "…");
}

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
            draw_line(c, a, a.row + i - t->top, &l);
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
    char *folder = *s->workspace ? view_short_path(s->workspace) : xstrdup("(none: there is no home folder)");
    canvas_put_fit(c, row + 1, a.col, a.cols, STYLE_LINK, folder);
    free(folder);
    row = row + 3 < a.row + a.rows ? row + 3 : a.row + a.rows - 1;
    canvas_put(c, row, a.col, STYLE_NEXT, "▸ Enter begins with the first lesson");
    if (course_check(s->course, CHECK_ENTRY) && row + 1 < a.row + a.rows)
        canvas_put_fit(c, row + 1, a.col, a.cols, STYLE_DIM,
                       "  c asks a few questions first: is your C enough to begin?");
    page_fini(&p);
}

static bool welcome_offers(const struct session *s, enum key_request k)
{
    return k != KEY_CHECKUP || course_check(s->course, CHECK_ENTRY);
}

const struct view view_welcome = {
    .screen = SCREEN_WELCOME, .draw = draw_welcome, .offers = welcome_offers};

/* ---- progress -------------------------------------------------------------- */

static void draw_side(struct canvas *c, struct area a, const struct page *p, int top)
{
    for (int i = 0; i < a.rows && top + i < (int)p->count; i++)
        view_page_line(c, a.row + i, a.col, a.cols, &p->lines[top + i], 0);
}

static void draw_progress(const struct session *s, struct canvas *c)
{
    const struct ledger_state *l = s->ledger;
    struct area a = view_frame(s, c, "Progress", NULL), right = a;
    int left = ledger_left_cols(s);

    if (left > 0) {
        right.col += left + 4;
        right.cols -= left + 4;
        canvas_vline(c, a.row, right.col - 3, a.rows, STYLE_RULE, "│");
        draw_side(c, right, &l->right, l->top);
    }
    draw_side(c, a, &l->left, l->top);
    view_more(c, a, l->top, (int)(l->left.count > l->right.count ? l->left.count : l->right.count));
}

static bool progress_offers(const struct session *s, enum key_request k)
{
    (void)s;
    return k != KEY_OPEN;
}

const struct view view_progress = {
    .screen = SCREEN_PROGRESS, .draw = draw_progress, .offers = progress_offers};
