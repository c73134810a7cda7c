/* reading_lay: from the blocks of a step to pages of the screen's size.
 *
 * The author's pages (`---`) are kept. What does not fit the screen is cut at a blank line, and a
 * figure is kept whole where it can be. On a wide screen figures stand beside the text. A question
 * is a page of its own and is never cut: it scrolls.
 */
#include "session/drive_screen.h"
#include "session/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_GAP 3
#define SIDE_MIN 36

/* Lines one after the other. Lines of the same group > 0 belong together (a figure). The first
 * `tagged` lines have their tag and group. */
struct flow {
    struct page text;
    struct reading_tag *tags;
    int *groups;
    size_t tagged, cap;
    int last_group;
};

static void flow_tag(struct flow *f, int group, enum reading_role role, int item)
{
    if (f->text.count > f->cap) {
        f->cap = f->text.count * 2;
        f->tags = xrealloc(f->tags, f->cap * sizeof *f->tags);
        f->groups = xrealloc(f->groups, f->cap * sizeof *f->groups);
    }
    for (; f->tagged < f->text.count; f->tagged++) {
        f->groups[f->tagged] = group;
        f->tags[f->tagged] = (struct reading_tag){role, item};
    }
}

static void flow_fini(struct flow *f)
{
    page_fini(&f->text);
    free(f->tags);
    free(f->groups);
    *f = (struct flow){.text = PAGE_INIT};
}

static void flow_gap(struct flow *f)
{
    if (f->text.count > 0)
        page_blank(&f->text);
    flow_tag(f, 0, ROLE_PLAIN, -1);
}

/* ---- figures --------------------------------------------------------------- */

static bool is_figure(const struct block *b)
{
    return b->kind == BLOCK_CODE || b->kind == BLOCK_ROSETTA || b->kind == BLOCK_LANES ||
           b->kind == BLOCK_CAREFUL;
}

static void add_rosetta(struct page *p, const struct block *b, bool python, int width)
{
    struct page_source left = region_source(&b->python, path_basename(b->python.path));
    struct page_source right = region_source(&b->code, path_basename(b->code.path));

    if (python)
        page_rosetta(p, &left, &right, width);
    else
        page_code(p, &right, width);
}

static void add_figure(const struct session *s, struct page *p, const struct block *b, int width)
{
    struct page_source code;

    switch (b->kind) {
    case BLOCK_CODE:
        code = region_source(&b->code, path_basename(b->code.path));
        page_code(p, &code, width);
        break;
    case BLOCK_ROSETTA: add_rosetta(p, b, s->python, width); break;
    case BLOCK_LANES: page_lanes(p, b->text, width); break;
    case BLOCK_CAREFUL:
        page_careful(p, b->careful.says, b->careful.exactly,
                     width < PAGE_WIDTH ? width : PAGE_WIDTH, 0);
        break;
    default: break;
    }
}

static void add_prose(const struct session *s, struct page *p, const char *text, int width)
{
    char *expanded = s->measured ? page_expand(text, s->measured, NULL) : NULL;

    page_markdown(p, expanded ? expanded : text, width, 0);
    free(expanded);
}

/* ---- pages ----------------------------------------------------------------- */

static struct reading_page *new_page(struct reading_state *r)
{
    ARRAY_GROW(r->pages, r->page_count, r->page_cap);
    struct reading_page *p = &r->pages[r->page_count++];
    *p = (struct reading_page){.text = PAGE_INIT, .side = PAGE_INIT, .question = -1};
    return p;
}

static void fini_page(struct reading_page *p)
{
    page_fini(&p->text);
    page_fini(&p->side);
    free(p->tags);
}

/* Moves lines from..to of the flow to the page; items are numbered anew from 0. */
static void take_lines(struct reading_page *p, struct flow *f, size_t from, size_t to)
{
    size_t n = to - from;
    int first = -1;

    p->text.lines = xcalloc(n + 1, sizeof *p->text.lines);
    p->tags = xcalloc(n + 1, sizeof *p->tags);
    p->text.count = p->text.cap = n;
    for (size_t i = 0; i < n; i++) {
        p->text.lines[i] = f->text.lines[from + i];
        p->tags[i] = f->tags[from + i];
        f->text.lines[from + i] = (struct page_line){0};
        if (p->tags[i].item < 0)
            continue;
        if (first < 0)
            first = p->tags[i].item;
        p->tags[i].item -= first;
        p->item_count = p->tags[i].item + 1;
    }
    p->first_action = first < 0 ? 0 : first;
}

static bool blank_line(const struct flow *f, size_t i) { return f->text.lines[i].count == 0; }

/* Lines at - 1 and at are of the same figure. */
static bool inside_figure(const struct flow *f, size_t at)
{
    return f->groups[at] != 0 && f->groups[at] == f->groups[at - 1];
}

/* Line `at` is between the panes of a figure which is longer than any page. */
static bool between_panes(const struct flow *f, size_t at, int rows)
{
    size_t from = at, to = at;

    while (from > 0 && f->groups[from - 1] == f->groups[at])
        from--;
    while (to < f->text.count && f->groups[to] == f->groups[at])
        to++;
    return blank_line(f, at) && to - from > (size_t)rows;
}

/* What stands last before line `at` belongs to what follows: a heading, or words that end in a colon. */
static bool leads_in(const struct flow *f, size_t from, size_t at)
{
    while (at > from && blank_line(f, at - 1))
        at--;
    if (at == from || f->groups[at - 1] > 0)
        return false;
    const struct page_line *line = &f->text.lines[at - 1];
    const char *last = line->spans[line->count - 1].text;
    return line->spans[0].style == PAGE_HEADING || last[strlen(last) - 1] == ':';
}

/* Where a page that begins at `from` ends: at most `rows` lines on, before a blank line outside
 * figures (or between panes that cannot stay together), not right after what leads in to something. */
static size_t page_end(const struct flow *f, size_t from, int rows)
{
    size_t hard = from + (size_t)rows;

    if (hard >= f->text.count)
        return f->text.count;
    for (size_t at = hard; at > from + 1; at--)
        if ((blank_line(f, at) || blank_line(f, at - 1)) && !leads_in(f, from, at) &&
            (!inside_figure(f, at) || between_panes(f, at, rows)))
            return at;
    return hard;
}

/* A little too long for the rows between the rules: better without the rules than on two pages, or with a figure
 * in two parts. */
static size_t page_end_or_tight(const struct flow *f, size_t from, int rows)
{
    size_t end = page_end(f, from, rows), more = page_end(f, from, rows + 2);
    bool better = more > end && ((from == 0 && more == f->text.count) ||
                                 (inside_figure(f, end) && (more == f->text.count || !inside_figure(f, more))));

    return better ? more : end;
}

static void cut_into_pages(struct reading_state *r, struct flow *f, int rows)
{
    size_t from = 0;

    while (from < f->text.count) {
        size_t end = page_end_or_tight(f, from, rows), last = end;
        while (last > from && blank_line(f, last - 1))
            last--;
        struct reading_page *p = new_page(r);
        take_lines(p, f, from, last);
        p->tight = last - from > (size_t)rows;
        for (from = end; from < f->text.count && blank_line(f, from); from++)
            ;
    }
    flow_fini(f);
}

/* ---- things to open -------------------------------------------------------- */

static char *base_name(const char *path)
{
    const char *base = path_basename(path), *dot = strrchr(base, '.');

    return xstrndup(base, dot ? (size_t)(dot - base) : strlen(base));
}

static char *drive_to_open(const struct drive *d, const char *done)
{
    char *name = base_name(d->program), *goal = drive_goal_words(d->goal), *out;

    if (done)
        out = xasprintf("drive `%s`: %s (done: %s)", name, goal, done);
    else
        out = xasprintf("drive `%s`: %s", name, goal);
    free(name);
    free(goal);
    return out;
}

static char *demo_words(const struct demo *d, const char *done)
{
    char *name = base_name(d->program);
    char *out = xasprintf("run the demo `%s`%s", name, done ? " again" : "");

    free(name);
    return out;
}

static const struct exercise *exercise_named(const struct lesson *l, const char *name)
{
    for (size_t i = 0; i < l->exercise_count; i++)
        if (strcmp(l->exercises[i].name, name) == 0)
            return &l->exercises[i];
    return NULL;
}

static char *exercise_words(const struct lesson *l, const char *name, const char *done)
{
    const struct exercise *ex = exercise_named(l, name);

    if (!ex)
        return xasprintf("exercise `%s`", name);
    return xasprintf("exercise `%s`, about %d minutes%s%s%s", name, ex->minutes, done ? " (" : "",
                     done ? done : "", done ? ")" : "");
}

static void add_action(const struct session *s, struct reading_state *r, struct flow *f,
                       const struct block *b)
{
    const char *done = session_block_state(s, r->step, b);
    char *words = b->kind == BLOCK_DRIVE  ? drive_to_open(&b->drive, done)
                  : b->kind == BLOCK_DEMO ? demo_words(&b->demo, done)
                                          : exercise_words(r->lesson, b->exercise, done);

    if (r->action_count == 0 || f->tagged == 0 || f->tags[f->tagged - 1].role != ROLE_ACTION)
        flow_gap(f);
    page_item(&f->text, done ? " ✓ " : " ○ ", words, PAGE_WIDTH, 0);
    flow_tag(f, 0, ROLE_ACTION, (int)r->action_count);
    r->actions = xrealloc(r->actions, (r->action_count + 1) * sizeof *r->actions);
    r->actions[r->action_count++] = b;
    free(words);
}

/* ---- questions ------------------------------------------------------------- */

static void add_line(struct flow *f, enum reading_role role, int item, const char *first,
                     const char *text, int width)
{
    page_item(&f->text, first, text, width, 0);
    flow_tag(f, 0, role, item);
}

static void add_raw(struct flow *f, enum reading_role role, int item, char *line, int width)
{
    page_verbatim(&f->text, line, PAGE_TEXT, width);
    flow_tag(f, 0, role, item);
    free(line);
}

/* The mark says what is right, the box what was chosen: a right option is never crossed out. */
static void lay_options(struct flow *f, const struct reading_question *rq, int width)
{
    bool multi = rq->q->kind == QUESTION_MULTI;

    for (size_t i = 0; i < rq->count; i++) {
        const struct option *o = &rq->q->options[i];
        const char *box = multi ? (rq->chosen[i] ? "[x]" : "[ ]") : rq->chosen[i] ? "(•)" : "( )";
        enum reading_role role = !rq->answered   ? ROLE_OPTION
                                 : rq->silent    ? ROLE_PLAIN
                                 : o->right      ? ROLE_RIGHT
                                 : rq->chosen[i] ? ROLE_WRONG
                                                 : ROLE_OTHER;
        const char *mark = role == ROLE_RIGHT ? "✓" : role == ROLE_WRONG ? "✗" : " ";
        char first[48];
        snprintf(first, sizeof first, " %s %s %zu  ", mark, box, i + 1);
        add_line(f, role, rq->answered ? -1 : (int)i, first, o->text, width);
        if (rq->answered && !rq->silent && o->why && *o->why)
            add_line(f, ROLE_WHY, -1, "          ", o->why, width);
    }
}

static int place_of(const struct reading_question *rq, int option)
{
    for (size_t i = 0; i < rq->placed_count; i++)
        if (rq->placed[i] == option)
            return (int)i + 1;
    return 0;
}

static void lay_order_open(struct flow *f, const struct reading_question *rq, int width)
{
    for (size_t i = 0; i < rq->count; i++) {
        int place = place_of(rq, rq->order[i]);
        const char *text = rq->q->options[rq->order[i]].text;
        add_raw(f, ROLE_OPTION, (int)i,
                place ? xasprintf("   [%d]  %s", place, text) : xasprintf("   [ ]  %s", text),
                width);
    }
    if (rq->placed_count == 0)
        return;
    flow_gap(f);
    add_line(f, ROLE_PLAIN, -1, " ", "Your order so far:", width);
    for (size_t i = 0; i < rq->placed_count; i++)
        add_raw(f, ROLE_PLAIN, -1,
                xasprintf("    %zu   %s", i + 1, rq->q->options[rq->placed[i]].text), width);
}

static void lay_order_answered(struct flow *f, const struct reading_question *rq, int width)
{
    add_line(f, ROLE_PLAIN, -1, " ", "Your order:", width);
    for (size_t i = 0; i < rq->placed_count; i++) {
        bool right = question_place_right(rq, i);
        add_raw(
            f, right ? ROLE_RIGHT : ROLE_WRONG, -1,
            xasprintf("  %s %zu  %s", right ? "✓" : "✗", i + 1, rq->q->options[rq->placed[i]].text),
            width);
    }
    if (rq->right)
        return;
    flow_gap(f);
    add_line(f, ROLE_PLAIN, -1, " ", "The right order:", width);
    for (size_t i = 0, n = 1; i < rq->count; i++)
        if (rq->q->options[i].right)
            add_raw(f, ROLE_PLAIN, -1, xasprintf("    %zu  %s", n++, rq->q->options[i].text),
                    width);
}

static void lay_match(struct flow *f, const struct reading_question *rq, int width)
{
    int widest = 0;

    for (size_t i = 0; i < rq->count; i++)
        if (page_columns(rq->q->options[i].text) > widest)
            widest = page_columns(rq->q->options[i].text);
    for (size_t i = 0; i < rq->count; i++) {
        const struct option *left = &rq->q->options[i];
        const char *partner = rq->placed[i] < 0 ? "…" : rq->q->options[rq->placed[i]].why;
        bool right = rq->placed[i] >= 0 && strcmp(partner, left->why) == 0;
        const char *mark = !rq->answered ? " " : right ? "✓" : "✗";
        enum reading_role role = !rq->answered ? ROLE_OPTION : right ? ROLE_RIGHT : ROLE_WRONG;
        char *first =
            xasprintf(" %s %s%*s → ", mark, left->text, widest - page_columns(left->text), "");
        add_line(f, role, rq->answered ? -1 : (int)i, first, partner, width);
        if (rq->answered && !right)
            add_line(f, ROLE_WHY, -1, "     it is: ", left->why, width);
        free(first);
    }
}

static void lay_number(struct flow *f, const struct reading_question *rq, int width)
{
    const char *mark = !rq->answered ? " " : rq->right ? "✓" : "✗";
    enum reading_role role = !rq->answered ? ROLE_INPUT : rq->right ? ROLE_RIGHT : ROLE_WRONG;

    add_raw(f, role, -1, xasprintf(" %s your number: %s", mark, rq->number), width);
    if (rq->answered && !rq->right)
        add_raw(f, ROLE_PLAIN, -1, xasprintf("   it is: %.10g", rq->q->number), width);
}

static const char *how_to(const struct reading_question *rq)
{
    switch (rq->q->kind) {
    case QUESTION_CHOICE: return "Choose one: its number, or space; then Enter.";
    case QUESTION_MULTI: return "Choose all that are right: numbers, or space; then Enter.";
    case QUESTION_NUMBER: return "Type a number, then Enter.";
    case QUESTION_ORDER:
        return "Take the lines in the right order with space (again: put it back), then Enter. "
               "Some may not belong.";
    case QUESTION_MATCH:
        return "Give each line its partner with space, or left and right; then Enter.";
    }
    return "";
}

static void lay_verdict(struct flow *f, const struct reading_question *rq, int width)
{
    if (!rq->answered)
        add_line(f, ROLE_WHY, -1, " ", how_to(rq), width);
    else if (rq->silent)
        add_line(f, ROLE_VERDICT, -1, " ",
                 "Noted. What is right comes out when you take this again, after the lessons.",
                 width);
    else
        add_line(f, ROLE_VERDICT, -1, " ",
                 rq->right ? "✓ Right." : "✗ Not quite. What is right, and why:", width);
    flow_gap(f);
}

/* What came out when the program was run: before the explanations, for it is the stronger word. */
static void lay_truth(struct flow *f, const struct truth *t, const struct question *q, int width)
{
    char *words = t->question == q ? truth_words(t) : NULL;

    if (!words)
        return;
    add_line(f, ROLE_PLAIN, -1, " ", words, width);
    flow_gap(f);
    free(words);
}

static void lay_question(const struct session *s, struct reading_state *r, int index, int width)
{
    struct reading_question *rq = &r->questions[index];
    struct flow f = {.text = PAGE_INIT};

    add_prose(s, &f.text, rq->q->text, width);
    flow_tag(&f, 0, ROLE_PLAIN, -1);
    if (rq->q->code.path) {
        struct page_source code = region_source(&rq->q->code, path_basename(rq->q->code.path));
        flow_gap(&f);
        page_code(&f.text, &code, width);
        flow_tag(&f, ++f.last_group, ROLE_PLAIN, -1);
    }
    flow_gap(&f);
    lay_verdict(&f, rq, width);
    lay_truth(&f, &r->truth, rq->q, width);
    switch (rq->q->kind) {
    case QUESTION_CHOICE:
    case QUESTION_MULTI: lay_options(&f, rq, width); break;
    case QUESTION_ORDER: (rq->answered ? lay_order_answered : lay_order_open)(&f, rq, width); break;
    case QUESTION_MATCH: lay_match(&f, rq, width); break;
    case QUESTION_NUMBER: lay_number(&f, rq, width); break;
    }
    if (rq->answered && !rq->silent && rq->q->why && *rq->q->why) {
        flow_gap(&f);
        add_line(&f, ROLE_WHY, -1, " ", rq->q->why, width);
    }
    struct reading_page *p = new_page(r);
    take_lines(p, &f, 0, f.text.count);
    p->question = index;
    p->tight = p->text.count > (size_t)session_rows(s);
    flow_fini(&f);
}

/* ---- the step -------------------------------------------------------------- */

/* The author's page from block `i` on; returns the block after it. */
static size_t page_blocks(const struct step *st, size_t i)
{
    while (i < st->block_count && st->blocks[i].kind != BLOCK_BREAK &&
           st->blocks[i].kind != BLOCK_QUESTION)
        i++;
    return i;
}

static void flow_block(const struct session *s, struct reading_state *r, struct flow *f,
                       const struct block *b, int width)
{
    if (b->kind == BLOCK_DEMO || b->kind == BLOCK_DRIVE || b->kind == BLOCK_EXERCISE) {
        add_action(s, r, f, b);
        return;
    }
    flow_gap(f);
    if (b->kind == BLOCK_TEXT)
        add_prose(s, &f->text, b->text, width < PAGE_WIDTH ? width : PAGE_WIDTH);
    else
        add_figure(s, &f->text, b, width);
    flow_tag(f, is_figure(b) ? ++f->last_group : 0, ROLE_PLAIN, -1);
}

static void lay_in_line(const struct session *s, struct reading_state *r, size_t from, size_t to)
{
    struct flow f = {.text = PAGE_INIT};

    for (size_t i = from; i < to; i++)
        flow_block(s, r, &f, &r->step->blocks[i], session_cols(s));
    cut_into_pages(r, &f, session_rows(s));
}

/* The step that helps with a question comes right after it, for whoever got it wrong. */
static void lay_help(const struct session *s, struct reading_state *r,
                     const struct reading_question *rq)
{
    struct flow f = {.text = PAGE_INIT};

    if (!rq->answered || rq->right || rq->silent)
        return;
    for (size_t i = 0; i < r->lesson->step_count; i++) {
        const struct step *st = &r->lesson->steps[i];
        if (st->number != rq->q->read)
            continue;
        char *title = xasprintf("### %s", st->title);
        page_markdown(&f.text, title, PAGE_WIDTH, 0);
        flow_tag(&f, 0, ROLE_PLAIN, -1);
        free(title);
        for (size_t k = 0; k < st->block_count; k++)
            if (st->blocks[k].kind == BLOCK_TEXT || is_figure(&st->blocks[k]))
                flow_block(s, r, &f, &st->blocks[k], session_cols(s));
    }
    cut_into_pages(r, &f, session_rows(s));
}

/* Figures beside the text: false when there are none or they do not fit there. */
static bool lay_beside(const struct session *s, struct reading_state *r, size_t from, size_t to)
{
    int width = session_cols(s) - PAGE_WIDTH - SIDE_GAP;
    struct page side = PAGE_INIT;
    size_t actions = r->action_count;

    for (size_t i = from; i < to && width >= SIDE_MIN; i++) {
        if (!is_figure(&r->step->blocks[i]))
            continue;
        struct page whole = PAGE_INIT;
        add_figure(s, &whole, &r->step->blocks[i], 1000);
        int need = r->step->blocks[i].kind == BLOCK_CAREFUL ? SIDE_MIN : page_widest(&whole);
        page_fini(&whole);
        if (need > width && r->step->blocks[i].kind != BLOCK_ROSETTA)
            width = 0;
        if (side.count > 0)
            page_blank(&side);
        add_figure(s, &side, &r->step->blocks[i], width);
    }
    struct flow f = {.text = PAGE_INIT};
    for (size_t i = from; i < to; i++)
        if (!is_figure(&r->step->blocks[i]))
            flow_block(s, r, &f, &r->step->blocks[i], PAGE_WIDTH);
    bool fits = side.count > 0 && width >= SIDE_MIN && (int)side.count <= session_rows(s) &&
                f.text.count > 0 && (int)f.text.count <= session_rows(s);
    if (fits) {
        struct reading_page *p = new_page(r);
        take_lines(p, &f, 0, f.text.count);
        p->side = side;
    } else {
        page_fini(&side);
        r->action_count = actions;
    }
    flow_fini(&f);
    return fits;
}

void reading_lay_fini(struct reading_state *r)
{
    for (size_t i = 0; i < r->page_count; i++)
        fini_page(&r->pages[i]);
    free(r->pages);
    free(r->actions);
    r->pages = NULL;
    r->actions = NULL;
    r->page_count = r->page_cap = r->action_count = 0;
}

static void keep_in_bounds(struct reading_state *r)
{
    if (r->page >= r->page_count)
        r->page = r->page_count - 1;
    const struct reading_page *p = &r->pages[r->page];
    if (r->item >= p->item_count)
        r->item = p->item_count - 1;
    if (r->item < 0 && p->item_count > 0)
        r->item = 0;
    if (r->top > (int)p->text.count - 1)
        r->top = p->text.count > 0 ? (int)p->text.count - 1 : 0;
}

void reading_lay_out(const struct session *s, struct reading_state *r)
{
    const struct step *st = r->step;
    int question = 0;

    reading_lay_fini(r);
    for (size_t i = 0; i < st->block_count;) {
        size_t end = page_blocks(st, i);
        if (end > i && !(s->cols >= 120 && lay_beside(s, r, i, end)))
            lay_in_line(s, r, i, end);
        if (end < st->block_count && st->blocks[end].kind == BLOCK_QUESTION) {
            lay_question(s, r, question, session_cols(s) < 100 ? session_cols(s) : 100);
            lay_help(s, r, &r->questions[question++]);
        }
        i = end + 1;
    }
    if (r->page_count == 0)
        new_page(r);
    keep_in_bounds(r);
}
