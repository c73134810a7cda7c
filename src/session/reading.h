/* reading: a step page by page; its questions and answers.
 *
 * The step is laid out for the size of the screen into pages of lines (page/), each line perhaps
 * belonging to something that can be selected: an option of a question, or something to open. A
 * question's answer is remembered in the progress file in the same update that shows the truth.
 */
#ifndef SESSION_READING_H
#define SESSION_READING_H

#include "page/page.h"
#include "session/session.h"
#include "session/truth.h"

enum reading_role {
    ROLE_PLAIN,
    ROLE_OPTION,  /* not answered yet */
    ROLE_RIGHT,   /* answered: a right option, or a right place */
    ROLE_WRONG,   /* answered: the learner's mistake */
    ROLE_OTHER,   /* answered: neither */
    ROLE_WHY,     /* an explanation */
    ROLE_ACTION,  /* something to open */
    ROLE_INPUT,   /* where a number is typed */
    ROLE_VERDICT, /* the sentence that sums up */
};

struct reading_tag {
    enum reading_role role;
    int item; /* what Up and Down select: option or action; -1 = none */
};

/* One screenful, or one question (which may be longer: then it scrolls). */
struct reading_page {
    struct page text;
    struct reading_tag *tags; /* one a line of text */
    struct page side;         /* wide screens: figures beside the text */
    bool tight;               /* two rows too many for the frame: shown without its rules */
    int question;             /* index in reading_state.questions, or -1 */
    int item_count;
    int first_action; /* index in reading_state.actions of item 0 */
};

/* A question as the learner has it in hand. Options are shown in `order`. */
struct reading_question {
    const struct question *q;
    char subject[48]; /* of the fact in the progress file: "03.2" or "03.9/3" */
    bool silent;      /* answered, it does not say what is right (the inventory, the first time) */
    bool answered, right;
    size_t count; /* options shown */
    int *order;   /* what is shown at place i: option index (MATCH: right side index) */
    bool *chosen; /* by option index (CHOICE, MULTI) */
    int *placed;  /* ORDER: option indices in the learner's order. MATCH: by left index, the
                   * index of the right side chosen or -1 */
    size_t placed_count;
    char number[32]; /* NUMBER: as typed */
};

struct reading_state {
    const struct lesson *lesson;
    const struct step *step;
    struct reading_page *pages;
    size_t page_count, page_cap;
    size_t page;   /* shown */
    int item;      /* selected on it; -1 = none */
    bool going_on; /* all that this page offers is done: Enter goes on, not in again */
    int top;       /* first line shown */
    int anchor;    /* of the line of Python and its partners in C that are lit; 0 = none */
    struct reading_question *questions;
    size_t question_count;
    const struct block **actions; /* demos, drives, exercises */
    size_t action_count;
    bool has_python;
    const char *kind;   /* of the facts that keep the answers, see checks.h */
    struct truth truth; /* of the question answered last */
};

/* Has this line, or a half of it, the anchor that is lit? Then where, in columns of it. */
bool reading_lit(const struct reading_state *r, const struct page_line *l, int *ret_from, int *ret_to);
/* Rows the page that is shown has: the session's, or two more where it is tight. */
int reading_rows(const struct session *s);

/* ---- inside the room ---------------------------------------------------------- */

/* Lays the step out for the session's size; keeps page, item and top within bounds. */
void reading_lay_out(const struct session *s, struct reading_state *r);
void reading_lay_fini(struct reading_state *r);
/* Right places of an answered ORDER question, for marks: is the i-th placed line right? */
bool question_place_right(const struct reading_question *rq, size_t i);

/* Puts 0 .. n-1 in an order that does not help: the first `belong` lines are the right ones in
 * their order, and they come out of order (unless they all say the same). The same on every machine
 * and every day: a picture of the question can be discussed. */
void question_mix(int *order, size_t n, const char *const *lines, size_t belong, const char *seed);
void question_init(struct reading_question *rq, const struct question *q, const char *subject);
void question_fini(struct reading_question *rq);
/* space, a digit or Enter on item i. */
void question_pick(struct reading_question *rq, int item);
/* MATCH: the next (by = 1) or previous partner. */
void question_turn(struct reading_question *rq, int item, int by);
void question_type(struct reading_question *rq, uint32_t ch);
/* Is there enough to be judged? NULL: yes; else what is missing, in words. */
const char *question_lacks(const struct reading_question *rq);
void question_answer(struct reading_question *rq);
void question_forget(struct reading_question *rq);
/* As one word for the progress file, and back (false: it does not fit this question). */
char *question_encode(const struct reading_question *rq);
bool question_decode(struct reading_question *rq, const char *word);
/* Selectable items before the answer. */
int question_items(const struct reading_question *rq);

#endif
