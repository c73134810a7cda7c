/* reading: keys on a step. Pages turn, questions are answered, demos, drives and exercises open.
 *
 * Invariant: while the screen is on the stack, s->reading has at least one page and page <
 * page_count.
 */
#include "session/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/beliefs.h"
#include "session/cards.h"
#include "session/checks.h"
#include "session/parts.h"
#include "session/progress.h"

static const struct reading_page *page_of(const struct reading_state *r)
{
    return &r->pages[r->page];
}

int reading_rows(const struct session *s)
{
    return session_rows(s) + (page_of(s->reading)->tight ? 2 : 0);
}

static struct reading_question *question_of(struct reading_state *r)
{
    int q = page_of(r)->question;

    return q < 0 ? NULL : &r->questions[q];
}

/* ---- opening and closing --------------------------------------------------- */

static void add_question(struct session *s, struct reading_state *r, const struct question *q)
{
    char subject[48];

    check_subject(r->step, r->question_count + 1, subject);
    r->questions = xrealloc(r->questions, (r->question_count + 1) * sizeof *r->questions);
    struct reading_question *rq = &r->questions[r->question_count++];
    question_init(rq, q, subject);
    rq->silent = strcmp(r->kind, "before") == 0;
    const char *before = progress_get(s->progress, r->kind, subject);
    if (before)
        question_decode(rq, before);
}

static void reading_open(struct session *s, struct effects *fx)
{
    struct reading_state *r = xcalloc(1, sizeof *r);

    (void)fx;
    r->lesson = s->target.lesson;
    r->step = s->target.step;
    r->kind = check_kind(s->progress, r->lesson);
    for (size_t i = 0; i < r->step->block_count; i++) {
        const struct block *b = &r->step->blocks[i];
        r->has_python |= b->kind == BLOCK_ROSETTA;
        if (b->kind == BLOCK_QUESTION)
            add_question(s, r, &b->question);
    }
    r->item = -1;
    s->reading = r;
    reading_lay_out(s, r);
}

static void reading_close(struct session *s, struct effects *fx)
{
    struct reading_state *r = s->reading;

    if (!r)
        return;
    truth_end(&r->truth, fx);
    reading_lay_fini(r);
    for (size_t i = 0; i < r->question_count; i++)
        question_fini(&r->questions[i]);
    free(r->questions);
    free(r);
    s->reading = NULL;
}

static bool page_done(const struct session *s)
{
    const struct reading_state *r = s->reading;
    const struct reading_page *p = page_of(r);

    for (int i = 0; i < p->item_count; i++)
        if (p->question >= 0 || !session_block_state(s, r->step, r->actions[p->first_action + i]))
            return false;
    return p->item_count > 0;
}

/* Something was done on a screen above: the marks may have changed, and what is done need not be
 * opened again by the next Enter. */
static void reading_shown(struct session *s, struct effects *fx)
{
    (void)fx;
    reading_lay_out(s, s->reading);
    s->reading->going_on = page_done(s);
}

/* ---- moving ---------------------------------------------------------------- */

static void show_page(struct session *s, size_t page)
{
    struct reading_state *r = s->reading;

    r->page = page;
    r->top = r->anchor = 0;
    r->item = page_of(r)->item_count > 0 ? 0 : -1;
    r->going_on = false;
}

/* A check is no lesson: nothing comes after its questions, or before them. */
static bool leaves_check(const struct reading_state *r, int by)
{
    size_t at = (size_t)(r->step - r->lesson->steps);

    return r->lesson->check &&
           (r->step->kind == STEP_QUIZ || (by > 0 ? at + 1 == r->lesson->step_count : at == 0));
}

static void leave_check(struct session *s, struct effects *fx)
{
    struct check_score score = check_score(s->progress, s->reading->lesson, s->reading->kind);
    bool silent = strcmp(s->reading->kind, "before") == 0;
    bool inventory = s->reading->lesson->check == CHECK_INVENTORY;

    session_pop(s, fx);
    if (score.answered < score.total)
        session_notice(s, "%d of %d questions are still open", score.total - score.answered,
                       score.total);
    else if (silent)
        session_notice(s, "noted: take it again after the lessons, and see what has changed");
    else
        session_notice(s, "%d of %d right%s", score.right, score.total,
                       inventory ? ": p shows it beside the first time" : "");
}

static void go_beside(struct session *s, int by, struct effects *fx)
{
    const struct lesson *l;

    if (leaves_check(s->reading, by)) {
        leave_check(s, fx);
        return;
    }
    const struct step *st = session_step_beside(s, s->reading->lesson, s->reading->step, by, &l);

    if (st) {
        bool other = l != s->reading->lesson;
        session_open_step(s, l, st, fx);
        if (other && by > 0)
            cards_warm_up(s, l, fx);
    } else
        session_notice(s, by > 0 ? "this is the last step of the course"
                                 : "this is the first step of the course");
}

static bool nothing_to_do_here(const struct reading_state *r)
{
    return r->question_count == 0 && r->action_count == 0;
}

/* Whoever goes on from the last page has read it. */
static void next_step(struct session *s, struct effects *fx)
{
    struct reading_state *r = s->reading;

    if (nothing_to_do_here(r) && r->page + 1 == r->page_count)
        session_step_done(s, r->step, fx);
    go_beside(s, 1, fx);
}

static void go_on(struct session *s, struct effects *fx)
{
    struct reading_state *r = s->reading;

    if (r->page + 1 < r->page_count) {
        show_page(s, r->page + 1);
        return;
    }
    next_step(s, fx);
}

static void page_forward(struct session *s)
{
    if (s->reading->page + 1 < s->reading->page_count)
        show_page(s, s->reading->page + 1);
    else
        session_notice(s, "this was the last page: n goes to the next step");
}

static int rows_of_item(const struct reading_page *p, int item, int *ret_last)
{
    int first = -1;

    for (size_t i = 0; i < p->text.count; i++)
        if (p->tags[i].item == item) {
            first = first < 0 ? (int)i : first;
            *ret_last = (int)i;
        }
    return first;
}

static void scroll_by(struct session *s, int by)
{
    struct reading_state *r = s->reading;
    int most = (int)page_of(r)->text.count - reading_rows(s);

    r->top += by;
    if (r->top > most)
        r->top = most;
    if (r->top < 0)
        r->top = 0;
}

static void show_item(struct session *s)
{
    struct reading_state *r = s->reading;
    int last = 0, first = rows_of_item(page_of(r), r->item, &last);

    if (first < 0)
        return;
    if (r->item == 0)
        r->top = 0;
    if (last >= r->top + reading_rows(s))
        r->top = last - reading_rows(s) + 1;
    if (first < r->top)
        r->top = first;
}

/* After an answer: the verdict and what follows it, as much of it as there is room for. */
static void show_verdict(struct session *s)
{
    struct reading_state *r = s->reading;
    const struct reading_page *p = page_of(r);
    int at = 0;

    for (size_t i = p->text.count; i-- > 0;)
        if (p->tags[i].role == ROLE_VERDICT)
            at = (int)i;
    r->top = 0;
    scroll_by(s, at);
}

bool reading_lit(const struct reading_state *r, const struct page_line *l, int *ret_from, int *ret_to)
{
    bool left = r->anchor && l->anchor == r->anchor, right = r->anchor && l->partner == r->anchor;

    *ret_from = left ? 0 : l->split;
    *ret_to = right || !l->split ? l->columns : l->split - 1;
    return left || right;
}

static int anchor_at(const struct page *p, size_t i)
{
    return p->lines[i].anchor ? p->lines[i].anchor : p->lines[i].partner;
}

/* The line to go to from the one that is lit: the next with an anchor that was not lit yet on the way; p->count if
 * there is none. */
static size_t beside_anchor(const struct page *p, int lit, int by)
{
    size_t at = p->count;

    if (!lit && by < 0)
        return p->count;
    for (size_t i = 0; i < p->count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = anchor_at(p, k) == anchor_at(p, i);
        if (!anchor_at(p, i) || seen)
            continue;
        if (by > 0 && !lit)
            return i;
        if (by < 0 && anchor_at(p, i) == lit)
            return at;
        if (by < 0)
            at = i;
        else if (anchor_at(p, i) == lit)
            lit = 0;
    }
    return p->count;
}

/* Lights the next pair of partners; false: there is none that way. */
static bool light(struct session *s, int by)
{
    struct reading_state *r = s->reading;
    const struct reading_page *page = page_of(r);
    const struct page *p = page->side.count > 0 ? &page->side : &page->text;
    size_t at = s->python ? beside_anchor(p, r->anchor, by) : p->count;
    bool lit = r->anchor;

    if (at == p->count) {
        r->anchor = by < 0 ? 0 : r->anchor;
        return by < 0 && lit;
    }
    r->anchor = anchor_at(p, at);
    if (p == &page->text && (int)at >= r->top + reading_rows(s))
        r->top = (int)at - reading_rows(s) + 1;
    if (p == &page->text && (int)at < r->top)
        r->top = (int)at;
    return true;
}

static void move(struct session *s, int by)
{
    struct reading_state *r = s->reading;
    int items = page_of(r)->item_count;

    if ((r->item <= 0 || by > 0) && light(s, by))
        return;
    if (items == 0) {
        scroll_by(s, by);
        return;
    }
    if (r->going_on) { /* back to what can be opened */
        r->going_on = false;
        return;
    }
    r->item = r->item + by < 0 ? 0 : r->item + by >= items ? items - 1 : r->item + by;
    show_item(s);
}

/* ---- questions ------------------------------------------------------------- */

static bool all_answered(const struct reading_state *r)
{
    for (size_t i = 0; i < r->question_count; i++)
        if (!r->questions[i].answered)
            return false;
    return true;
}

/* The same answer once more tells nothing new about what the learner believes. */
static void remember(struct session *s, const struct reading_question *rq)
{
    const char *kind = s->reading->kind, *before = progress_get(s->progress, kind, rq->subject);
    char *word = question_encode(rq);

    if (!before || strcmp(before, word) != 0)
        beliefs_answer(s->progress, rq->q, rq->chosen, rq->right);
    progress_set(s->progress, kind, rq->subject, word);
    free(word);
}

static void commit(struct session *s, struct reading_question *rq, struct effects *fx)
{
    struct reading_state *r = s->reading;
    const char *lacks = question_lacks(rq);

    if (lacks) {
        session_notice(s, "%s", lacks);
        return;
    }
    question_answer(rq);
    remember(s, rq);
    effects_add(fx, EFFECT_SAVE);
    if (!rq->silent)
        truth_begin(&r->truth, r->lesson, rq->q, fx);
    if (all_answered(r) && !rq->silent)
        session_step_done(s, r->step, fx);
    reading_lay_out(s, r);
    show_verdict(s);
}

static void answer_again(struct session *s, struct effects *fx)
{
    struct reading_question *rq = question_of(s->reading);

    if (!rq || !rq->answered)
        return;
    if (s->reading->lesson->check == CHECK_INVENTORY) {
        session_notice(s, "here the first answer counts");
        return;
    }
    truth_end(&s->reading->truth, fx);
    question_forget(rq);
    reading_lay_out(s, s->reading);
    show_page(s, s->reading->page);
}

static void pick(struct session *s, struct reading_question *rq, int item)
{
    if (item < 0 || item >= question_items(rq) || rq->answered)
        return;
    s->reading->item = item;
    question_pick(rq, item);
    reading_lay_out(s, s->reading);
    show_item(s);
}

static void turn(struct session *s, struct reading_question *rq, int by)
{
    question_turn(rq, s->reading->item, by);
    reading_lay_out(s, s->reading);
}

/* ---- opening what a step offers -------------------------------------------- */

static void open_block(struct session *s, const struct block *b, struct effects *fx)
{
    struct reading_state *r = s->reading;
    struct target t = {.lesson = r->lesson, .step = r->step, .block = b};

    truth_end(&r->truth, fx); /* there is one engine */
    if (b->kind == BLOCK_EXERCISE) {
        char *name = xasprintf("%s/%s", r->lesson->id, b->exercise);
        const struct exercise *ex = course_exercise(s->course, name, NULL);
        if (ex)
            session_open_exercise(s, ex, fx);
        else
            session_notice(s, "the course has no exercise '%s'", name);
        free(name);
        return;
    }
    const char *program = b->kind == BLOCK_DRIVE ? b->drive.program : b->demo.program;
    t.kind = b->kind == BLOCK_DRIVE ? TARGET_DRIVE : TARGET_DEMO;
    t.file = xasprintf("%s/%s%s", r->lesson->dir, program, str_ends(program, ".c") ? "" : ".c");
    session_open(s, b->kind == BLOCK_DRIVE ? SCREEN_DRIVE : SCREEN_DEMO, &t, fx);
    target_fini(&t);
}

static void enter(struct session *s, struct effects *fx)
{
    struct reading_state *r = s->reading;
    struct reading_question *rq = question_of(r);

    if (rq && !rq->answered) {
        if (rq->q->kind == QUESTION_CHOICE && question_lacks(rq))
            question_pick(rq, r->item);
        commit(s, rq, fx);
    } else if (!rq && page_of(r)->item_count > 0 && !r->going_on) {
        open_block(s, r->actions[page_of(r)->first_action + r->item], fx);
    } else {
        go_on(s, fx);
    }
}

/* ---- the part -------------------------------------------------------------- */

static bool has_anchor(const struct page *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (anchor_at(p, i))
            return true;
    return false;
}

/* Where it can be seen, if not on the page that is shown. */
static void say_where_python_is(struct session *s)
{
    const struct reading_state *r = s->reading;

    for (size_t k = 0; k < r->page_count; k++) {
        size_t i = (r->page + k) % r->page_count;
        if (has_anchor(&r->pages[i].text) || has_anchor(&r->pages[i].side)) {
            if (k > 0)
                session_notice(s, "the Python of this step is on page %zu", i + 1);
            return;
        }
    }
}

static void toggle_python(struct session *s)
{
    if (!s->reading->has_python) {
        session_notice(s, "there is no Python on this step");
        return;
    }
    s->python = !s->python;
    s->reading->anchor = 0;
    reading_lay_out(s, s->reading);
    if (s->python)
        say_where_python_is(s);
}

static void choose(struct session *s, struct effects *fx)
{
    struct reading_question *rq = question_of(s->reading);

    if (rq && !rq->answered)
        pick(s, rq, s->reading->item);
    else
        go_on(s, fx);
}

/* The first click selects, the second opens; an option of a question is chosen at once. */
static void point(struct session *s, int item, struct effects *fx)
{
    struct reading_state *r = s->reading;
    struct reading_question *rq = question_of(r);
    bool again = r->item == item && !r->going_on;

    if (item < 0 || item >= r->pages[r->page].item_count)
        return;
    r->item = item;
    r->going_on = false;
    if (rq && !rq->answered)
        pick(s, rq, item);
    else if (again)
        enter(s, fx);
}

static void sideways(struct session *s, int by)
{
    struct reading_state *r = s->reading;
    struct reading_question *rq = question_of(r);

    if (rq && !rq->answered && rq->q->kind == QUESTION_MATCH)
        turn(s, rq, by);
    else if (by > 0)
        page_forward(s);
    else if (r->page > 0)
        show_page(s, r->page - 1);
}

/* PgUp and PgDn scroll what is longer than the screen, and turn pages otherwise. */
static void page_key(struct session *s, int by)
{
    int top = s->reading->top;

    scroll_by(s, by * (reading_rows(s) - 2));
    if (s->reading->top == top)
        sideways(s, by);
}

static void reading_key(struct session *s, const struct message *m, struct effects *fx)
{
    struct reading_question *rq = question_of(s->reading);

    switch (m->request) {
    case KEY_OPEN: enter(s, fx); break;
    case KEY_CHOOSE: choose(s, fx); break;
    case KEY_PICK:
        if (rq)
            pick(s, rq, (int)m->n - 1);
        break;
    case KEY_POINT: point(s, (int)m->n, fx); break;
    case KEY_UP: move(s, -1); break;
    case KEY_DOWN: move(s, 1); break;
    case KEY_LEFT: sideways(s, -1); break;
    case KEY_RIGHT: sideways(s, 1); break;
    case KEY_PAGE_UP: page_key(s, -1); break;
    case KEY_PAGE_DOWN: page_key(s, 1); break;
    case KEY_FIRST: show_page(s, 0); break;
    case KEY_LAST: show_page(s, s->reading->page_count - 1); break;
    case KEY_NEXT: next_step(s, fx); break;
    case KEY_PREVIOUS: go_beside(s, -1, fx); break;
    case KEY_ROSETTA: toggle_python(s); break;
    case KEY_AGAIN: answer_again(s, fx); break;
    default: break;
    }
}

/* Only a number is typed; everything that is no part of one keeps its meaning as a key, see
 * reading_types and the view's key function. */
static void typed(struct session *s, const struct message *m, struct effects *fx)
{
    struct reading_question *rq = question_of(s->reading);

    if (!rq)
        return;
    if (m->n == 13) {
        commit(s, rq, fx);
        return;
    }
    question_type(rq, (uint32_t)m->n);
    reading_lay_out(s, s->reading);
}

static void reading_update(struct session *s, struct message *m, struct effects *fx)
{
    if (m->kind == MESSAGE_KEY)
        reading_key(s, m, fx);
    else if (m->kind == MESSAGE_TYPED)
        typed(s, m, fx);
    else if (m->kind == MESSAGE_RESIZE)
        reading_lay_out(s, s->reading);
    else if (s->reading->truth.running) {
        truth_update(&s->reading->truth, m, fx);
        reading_lay_out(s, s->reading);
    }
}

static bool reading_busy(const struct session *s)
{
    return s->reading && s->reading->truth.running;
}

const struct session_part reading_part = {
    .open = reading_open,
    .update = reading_update,
    .close = reading_close,
    .shown = reading_shown,
    .busy = reading_busy,
};
