/* A step: the page the session laid out, the question or the things to open on it. */
#include <stdlib.h>
#include <string.h>

#include "session/reading.h"
#include "view/views.h"

static enum style role_style(enum reading_role role)
{
    switch (role) {
    case ROLE_RIGHT: return STYLE_GOOD;
    case ROLE_WRONG: return STYLE_BAD;
    case ROLE_WHY: return STYLE_DIM;
    case ROLE_VERDICT: return STYLE_STRONG;
    default: return STYLE_COUNT; /* as the page says */
    }
}

/* The line of Python that was moved to, and its partners in C. */
static void draw_lit(const struct reading_state *r, struct canvas *c, int row, int col, const struct page_line *l)
{
    int from, to;

    if (reading_lit(r, l, &from, &to) && to > from)
        canvas_select(c, row, col + from, to - from);
}

static void draw_text(const struct reading_state *r, struct canvas *c, struct area a)
{
    const struct reading_page *p = &r->pages[r->page];

    for (int i = 0; i < a.rows && r->top + i < (int)p->text.count; i++) {
        const struct reading_tag *tag = &p->tags[r->top + i];
        int row = a.row + i,
            used = view_page_line(c, row, a.col, a.cols, &p->text.lines[r->top + i], 0);
        draw_lit(r, c, row, a.col, &p->text.lines[r->top + i]);
        if (tag->item >= 0)
            canvas_spot(c, row, a.col, 1, PAGE_WIDTH, KEY_POINT, tag->item);
        if (role_style(tag->role) != STYLE_COUNT)
            canvas_restyle(c, row, a.col, used, role_style(tag->role));
        if (tag->item >= 0 && tag->item == r->item && !r->going_on) {
            canvas_put(c, row, a.col + (tag->role == ROLE_ACTION ? -1 : 1), STYLE_NEXT, "▸");
            canvas_select(c, row, a.col, used > 40 ? used : 40);
        }
        if (tag->role == ROLE_INPUT) {
            c->cursor_row = row;
            c->cursor_col = a.col + used + (p->text.lines[r->top + i].columns == 0);
        }
    }
    view_more(c, a, r->top, (int)p->text.count);
}

static void draw_side(const struct reading_state *r, struct canvas *c, struct area a)
{
    const struct reading_page *p = &r->pages[r->page];
    int col = a.col + PAGE_WIDTH + 3;

    canvas_vline(c, a.row, col - 2, a.rows, STYLE_RULE, "│");
    for (int i = 0; i < a.rows && i < (int)p->side.count; i++) {
        view_page_line(c, a.row + i, col, a.cols - PAGE_WIDTH - 3, &p->side.lines[i], 0);
        draw_lit(r, c, a.row + i, col, &p->side.lines[i]);
    }
}

/* What Enter does here, in words: a newcomer should not have to guess. */
static const char *enter_does(const struct reading_state *r)
{
    const struct reading_page *p = &r->pages[r->page];

    if (p->question >= 0 && !r->questions[p->question].answered)
        return "Enter answers";
    if (p->item_count > 0 && !r->going_on)
        return "Enter opens";
    if (r->page + 1 < r->page_count)
        return "Enter: next page";
    return r->lesson->check && r->step->kind == STEP_QUIZ ? "Enter: done" : "Enter: next step";
}

static char *place_words(const struct reading_state *r)
{
    const char *kind = step_kind_id(r->step->kind);
    int question = r->pages[r->page].question;

    if (question >= 0 && r->question_count > 1)
        return xasprintf("%s   question %d of %zu", kind, question + 1, r->question_count);
    if (r->page_count > 1)
        return xasprintf("%s   page %zu of %zu", kind, r->page + 1, r->page_count);
    return xstrdup(kind);
}

static void draw_step(const struct session *s, struct canvas *c)
{
    const struct reading_state *r = s->reading;
    char *title = xasprintf("%s %s", r->step->id, r->step->title), *right = place_words(r);

    bool tight = r->pages[r->page].tight;
    struct area a = (tight ? view_frame_tight : view_frame)(s, c, title, right);
    draw_text(r, c, a);
    if (r->pages[r->page].side.count > 0)
        draw_side(r, c, a);
    if (!tight || !s->notice)
        canvas_spot(c, c->rows - 1, c->cols - 1 - text_width(enter_does(r)), 1,
                    text_width(enter_does(r)), KEY_OPEN, 0);
    if (!tight || !s->notice)
        canvas_put_right(c, c->rows - 1, c->cols / 2, c->cols - c->cols / 2 - 1, STYLE_NEXT,
                         enter_does(r));
    free(title);
    free(right);
}

/* While a number is asked for, its characters are typed; all other keys stay keys. */
static bool step_key(const struct session *s, key_code key, struct message *ret)
{
    const struct reading_state *r = s->reading;
    int q = r->pages[r->page].question;

    if (q < 0 || r->questions[q].answered || r->questions[q].q->kind != QUESTION_NUMBER)
        return false;
    bool erase = key == KEYSYM_BACKSPACE && r->questions[q].number[0];
    if (!erase && !(key < 128 && key > ' ' && strchr("0123456789.-", (int)key)))
        return false;
    *ret = (struct message){.kind = MESSAGE_TYPED, .n = erase ? 8 : (long)key};
    return true;
}

static bool step_offers(const struct session *s, enum key_request k)
{
    const struct reading_state *r = s->reading;
    int q = r->pages[r->page].question;

    if (k == KEY_ROSETTA)
        return r->has_python;
    if (k == KEY_AGAIN)
        return q >= 0 && r->questions[q].answered;
    return k != KEY_OPEN; /* the right end of the line says what Enter does */
}

const struct view view_step = {
    .screen = SCREEN_STEP, .draw = draw_step, .key = step_key, .offers = step_offers};
