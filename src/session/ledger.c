/* ledger: see ledger.h. */
#include "session/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/beliefs.h"
#include "session/checks.h"
#include "session/recall.h"
#include "session/workspace.h"

static void heading(struct page *p, const char *text)
{
    if (p->count > 0)
        page_blank(p);
    page_verbatim(p, text, PAGE_HEADING, PAGE_WIDTH);
}

__attribute__((format(printf, 4, 5))) static void line(struct page *p, enum page_style style,
                                                       int width, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    page_verbatim(p, b.s, style, width);
    strbuf_fini(&b);
}

/* ---- lessons --------------------------------------------------------------- */

static int steps_done(const struct ledger *in, const struct lesson *l)
{
    int n = 0;

    for (size_t i = 0; i < l->step_count; i++)
        n += progress_step_is_done(in->progress, l->steps[i].id);
    return n;
}

/* Passed, and those that passed once and were changed since. */
static int passed(const struct ledger *in, const struct lesson *l, int *ret_changed)
{
    int n = 0;

    *ret_changed = 0;
    for (size_t i = 0; i < l->exercise_count; i++) {
        enum exercise_state st = workspace_state(in->workspace, in->progress, &l->exercises[i]);
        n += st == EXERCISE_PASSED;
        *ret_changed += st == EXERCISE_CHANGED;
    }
    return n;
}

static void add_lesson(struct page *p, const struct ledger *in, const struct lesson *l, int width)
{
    int changed, done = steps_done(in, l), right = passed(in, l, &changed);
    int total = (int)l->step_count, exercises = (int)l->exercise_count;
    int pad = 42 - page_columns(l->title);
    char *steps = xasprintf("%2d of %d", done, total), *ex = NULL;

    if (exercises > 0)
        ex = xasprintf("%d of %d%s%s", right, exercises, right == exercises ? " ✓" : "",
                       changed ? " (changed since)" : "");
    line(p,
         done == total && total > 0 ? PAGE_TEXT
         : done > 0                 ? PAGE_STRONG
                                    : PAGE_DIM,
         width, "%s  %s%*s%s %s   %s", l->number, l->title, pad > 1 ? pad : 1, "", steps,
         done == total && total > 0 ? "✓" : " ", ex ? ex : "");
    free(steps);
    free(ex);
}

void ledger_lessons(struct page *p, const struct ledger *in, int width)
{
    const struct course_path *path = path_chosen(in->course, in->progress);

    if (path)
        line(p, PAGE_HEADING, width, "%s", path->title);
    line(p, PAGE_DIM, width, "%-46s%-11s%s", "lesson", "steps", "exercises");
    for (size_t i = 0; i < in->course->lesson_count; i++)
        if (path_includes(path, &in->course->lessons[i]))
            add_lesson(p, in, &in->course->lessons[i], width);
}

/* ---- cards ----------------------------------------------------------------- */

static const char *plural(size_t n) { return n == 1 ? "" : "s"; }

char *ledger_cards(const struct ledger *in)
{
    size_t count = 0;
    struct recall_card *cards = recall_cards(in->course, in->progress, &count);
    size_t due = recall_due(cards, count, in->day);
    char *out, next[16] = "";

    if (due < count)
        recall_day_text(cards[due].due, next);
    if (count == 0)
        out = xstrdup("none yet: a lesson's cards come into play when its last step is done");
    else if (due == 0)
        out = xasprintf("none due today; the next on %s", next);
    else
        out = xasprintf("%zu card%s due today", due, plural(due));
    free(cards);
    return out;
}

static void add_boxes(struct page *p, size_t count, const size_t boxes[RECALL_BOXES + 1], int width)
{
    static const char *const names[RECALL_BOXES + 1] = {"new", "after a day", "after 3 days",
                                                        "after 7 days", "after 21 days"};
    struct strbuf b = STRBUF_INIT;

    strbuf_addf(&b, "%zu in play: ", count);
    for (size_t i = 0, n = 0; i <= RECALL_BOXES; i++)
        if (boxes[i] > 0)
            strbuf_addf(&b, "%s%zu %s", n++ ? ", " : "", boxes[i], names[i]);
    page_item(p, "", b.s, width, 0);
    strbuf_fini(&b);
}

static void add_cards(struct page *p, const struct ledger *in, int width)
{
    size_t count = 0, boxes[RECALL_BOXES + 1] = {0};
    struct recall_card *cards = recall_cards(in->course, in->progress, &count);
    char *words = ledger_cards(in);

    heading(p, "Recall cards");
    page_item(p, "", words, width, 0);
    for (size_t i = 0; i < count; i++)
        boxes[cards[i].box]++;
    if (count > 0)
        add_boxes(p, count, boxes, width);
    free(words);
    free(cards);
}

/* ---- the inventory --------------------------------------------------------- */

static void add_score(struct page *p, const char *when, struct check_score s, int width)
{
    if (s.answered == 0)
        line(p, PAGE_DIM, width, "%-7s not taken yet", when);
    else if (s.answered < s.total)
        line(p, PAGE_TEXT, width, "%-7s %d of %d questions answered", when, s.answered, s.total);
    else
        line(p, PAGE_TEXT, width, "%-7s %2d of %d right", when, s.right, s.total);
}

static void add_inventory(struct page *p, const struct ledger *in, int width)
{
    const struct lesson *l = course_check(in->course, CHECK_INVENTORY);

    if (!l)
        return;
    heading(p, l->title);
    add_score(p, "before", check_score(in->progress, l, "before"), width);
    add_score(p, "after", check_score(in->progress, l, "after"), width);
}

/* ---- beliefs --------------------------------------------------------------- */

static const char *times(int n, char out[24])
{
    if (n == 1 || n == 2)
        return n == 1 ? "once" : "twice";
    snprintf(out, 24, "%d times", n);
    return out;
}

static void add_belief(struct page *p, const struct belief *b, struct belief_record r, int width)
{
    char held[24], first[16];
    const char *mark = r.last_right ? "✓" : "!";
    char *text = xasprintf("%s (met %s%s)", b->text, times(r.held, held),
                           r.last_right ? ", and overcome" : "");

    snprintf(first, sizeof first, "%s %s  ", mark, b->id);
    page_item(p, first, text, width, 0);
    free(text);
}

/* Those that still stand before those that were overcome. */
static void add_met(struct page *p, const struct ledger *in, bool overcome, int width)
{
    for (size_t i = 0; i < in->course->belief_count; i++) {
        const struct belief *b = &in->course->beliefs[i];
        struct belief_record r = beliefs_get(in->progress, b->id);
        if (r.held > 0 && r.last_right == overcome)
            add_belief(p, b, r, width);
    }
}

static void add_sum(struct page *p, int met, int overcome, int never, int width)
{
    char *words = xasprintf("%d met, %d of them overcome; %d never believed", met, overcome, never);

    page_item(p, "", words, width, 0);
    free(words);
}

static void add_beliefs(struct page *p, const struct ledger *in, int width)
{
    int met = 0, overcome = 0, never = 0;

    for (size_t i = 0; i < in->course->belief_count; i++) {
        struct belief_record r = beliefs_get(in->progress, in->course->beliefs[i].id);
        met += r.held > 0;
        overcome += r.held > 0 && r.last_right;
        never += r.held == 0 && r.right > 0;
    }
    if (in->course->belief_count == 0)
        return;
    heading(p, "Misconceptions");
    if (met + never == 0)
        line(p, PAGE_DIM, width, "none met so far: answers and exercises tell");
    else
        add_sum(p, met, overcome, never, width);
    add_met(p, in, false, width);
    add_met(p, in, true, width);
}

void ledger_beliefs(struct page *p, const struct ledger *in, int width)
{
    add_cards(p, in, width);
    add_inventory(p, in, width);
    add_beliefs(p, in, width);
}
