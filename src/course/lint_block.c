/* lint_block: the blocks of a step, and the questions, demos and drives among them.
 */
#include "course/lint.h"
#include "page/page.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a)  (sizeof(a) / sizeof *(a))
#define UNLIMITED 1000 /* columns: to see how wide something is by nature */

struct where {
    struct loader *l;
    const char *file;
    const struct lesson *lesson;
    int line;
};

#define COMPLAIN(w, ...) problem_add((w)->l, (w)->file, (w)->line, __VA_ARGS__)

/* ---- figures -------------------------------------------------------------------- */

/* Lays a figure out and looks at its size. Frees the page. */
static void lint_size(const struct where *w, struct page *p, const char *what)
{
    if (page_widest(p) > PAGE_WIDTH)
        COMPLAIN(w, "%s is %d columns wide; a page has %d", what, page_widest(p), PAGE_WIDTH);
    if (p->count > PAGE_LINES)
        COMPLAIN(w, "%s has %zu lines; a page holds %d", what, p->count, PAGE_LINES);
    page_fini(p);
}

static void lint_marks(const struct where *w, const struct region *r)
{
    for (int i = 0; i < r->mark_count; i++) {
        bool found = false;
        for (int k = 0; k < r->line_count; k++)
            found = found || r->lines[k] == r->marks[i];
        if (!found)
            COMPLAIN(w, "line %d to mark is not among the lines shown of '%s'", r->marks[i],
                     r->path);
    }
}

static void lint_region(const struct where *w, const struct region *r)
{
    struct page p = PAGE_INIT;
    struct page_source s = region_source(r, NULL);
    if (r->path && r->line_count == 0)
        COMPLAIN(w, "'%s%s%s' shows nothing", r->path, r->name ? "#" : "", r->name ? r->name : "");
    page_code(&p, &s, UNLIMITED);
    lint_size(w, &p, "the code");
    lint_marks(w, r);
}

static bool has_tag(const struct region *r, int tag)
{
    for (int i = 0; i < r->line_count; i++)
        if (r->tags[i] == tag)
            return true;
    return false;
}

static void lint_tags(const struct where *w, const struct region *a, const struct region *b)
{
    int last = 0;
    for (int i = 0; i < a->line_count; i++) {
        if (!a->tags[i])
            continue;
        if (!has_tag(b, a->tags[i]))
            COMPLAIN(w, "anchor %d of '%s' has no partner in '%s'", a->tags[i], a->path, b->path);
        if (a->tags[i] < last)
            COMPLAIN(w, "anchor %d of '%s' comes after anchor %d", a->tags[i], a->path, last);
        last = a->tags[i];
    }
}

static void lint_rosetta(const struct where *w, const struct block *b)
{
    lint_region(w, &b->python);
    lint_region(w, &b->code);
    lint_tags(w, &b->python, &b->code);
    lint_tags(w, &b->code, &b->python);
}

static void lint_lanes(const struct where *w, const struct block *b)
{
    struct page p = PAGE_INIT;
    page_lanes(&p, b->text, UNLIMITED);
    if (p.count == 0)
        COMPLAIN(w, "the lanes are empty");
    lint_size(w, &p, "the picture");
}

static void lint_careful(const struct where *w, const struct block *b)
{
    struct page p = PAGE_INIT;
    page_careful(&p, b->careful.says, b->careful.exactly, PAGE_WIDTH, 0);
    lint_size(w, &p, "the box");
    lint_prose(w->l, w->file, w->line, b->careful.says);
    lint_prose(w->l, w->file, w->line, b->careful.exactly);
}

/* ---- questions ------------------------------------------------------------------ */

static void lint_whys(const struct where *w, const struct question *q)
{
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        if (!o->right && (!o->why || !*o->why))
            COMPLAIN(w, "the wrong option '%.40s' has no explanation", o->text);
        if (o->misconception)
            lint_misconception(w->l, w->file, w->line, o->misconception);
        for (size_t k = 0; k < i; k++)
            if (strcmp(q->options[k].text, o->text) == 0)
                COMPLAIN(w, "the option '%.40s' is there twice", o->text);
    }
}

static int longest_word(const char *s)
{
    int longest = 0;
    while (*s) {
        size_t n = strcspn(s, " ");
        char *word = xstrndup(s, n);
        longest = page_columns(word) > longest ? page_columns(word) : longest;
        free(word);
        s += n + strspn(s + n, " ");
    }
    return longest;
}

/* Both halves stand in one line, " ✓ left → right", the left ones as wide as the widest. */
static void lint_match(const struct where *w, const struct question *q)
{
    int left = 0, right = 0;
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        int word = longest_word(o->why ? o->why : "");
        left = page_columns(o->text) > left ? page_columns(o->text) : left;
        right = word > right ? word : right;
    }
    if (left + 6 + right > PAGE_WIDTH)
        COMPLAIN(w, "the longest line to match has %d columns: with its partner that is wider than a page", left);
}

static void lint_options(const struct where *w, const struct question *q)
{
    static const size_t least[] = {[QUESTION_CHOICE] = 2,
                                   [QUESTION_MULTI] = 2,
                                   [QUESTION_NUMBER] = 0,
                                   [QUESTION_ORDER] = 2,
                                   [QUESTION_MATCH] = 2};
    if (q->option_count > 0 && q->option_count < least[q->kind])
        COMPLAIN(w, "a question has at least two options");
    if (q->option_count > 9)
        COMPLAIN(w, "a question has at most nine options, one a key");
    if (q->kind == QUESTION_CHOICE || q->kind == QUESTION_MULTI)
        lint_whys(w, q);
    if (q->kind == QUESTION_MATCH)
        lint_match(w, q);
}

/* Text, code and options together are shown on one page. */
static void lint_question_size(const struct where *w, const struct question *q)
{
    struct page p = PAGE_INIT;
    page_markdown(&p, q->text, PAGE_WIDTH, 0);
    if (q->code.path) {
        struct page_source s = region_source(&q->code, NULL);
        page_code(&p, &s, PAGE_WIDTH);
    }
    for (size_t i = 0; i < q->option_count; i++)
        page_item(&p, "1 [ ] ", q->options[i].text, PAGE_WIDTH, 0);
    lint_size(w, &p, "the question with its options");
}

static void lint_key(const struct where *w, const struct question *q)
{
    char *dir = path_join("lessons", w->lesson->id);
    if (q->key_program)
        lint_file_there(w->l, w->file, w->line, dir, q->key_program);
    free(dir);
}

/* The step a wrong answer leads to. */
static void lint_read(const struct where *w, const struct question *q)
{
    const struct lesson *s = w->lesson;
    for (size_t i = 0; i < s->step_count; i++)
        if (s->steps[i].number == q->read && s->steps[i].kind == STEP_READ)
            return;
    if (q->read)
        COMPLAIN(w, "'read: %d' is no step to read in this lesson", q->read);
}

static void lint_question(const struct where *block, const struct block *b)
{
    const struct question *q = &b->question;
    struct where w = *block;
    w.line = q->line ? q->line : b->line;
    lint_prose(w.l, w.file, w.line, q->text);
    lint_options(&w, q);
    lint_question_size(&w, q);
    lint_key(&w, q);
    lint_read(&w, q);
    if (q->code.path)
        lint_region(&w, &q->code);
}

/* ---- demos and drives ----------------------------------------------------------- */

static void lint_program(const struct where *w, const char *program)
{
    char *dir = path_join("lessons", w->lesson->id);
    if (*program)
        lint_file_there(w->l, w->file, w->line, dir, program);
    free(dir);
}

static void lint_demo(const struct where *w, const struct block *b)
{
    char *program = xasprintf("%s.c", b->demo.program);
    if (*b->demo.program)
        lint_program(w, program);
    free(program);
    if (b->demo.recorded)
        lint_program(w, b->demo.recorded);
    for (size_t i = 0; i < b->demo.variant_count; i++) {
        if (!*b->demo.variants[i].label)
            COMPLAIN(w, "a variant has no label");
        if (b->demo.variants[i].recorded)
            lint_program(w, b->demo.variants[i].recorded);
    }
}

static bool is_goal(const char *s)
{
    static const char *const words[] = {"final", "reach", "output"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(s, words[i]) && s[strlen(words[i])] == ' ')
            return true;
    return strcmp(s, "deadlock") == 0 || strcmp(s, "crash") == 0;
}

/* The steps of a schedule "A B*2 A": -1 when a word is none. */
static int count_steps(const char *sched, int *ret_switches)
{
    char **words = NULL, last[32] = "", name[32];
    size_t count = 0;
    int steps = 0;
    *ret_switches = 0;
    list_split(&words, &count, sched, ' ');
    for (size_t i = 0; i < count && steps >= 0; i++) {
        size_t n = strcspn(words[i], "(*");
        const char *rest = words[i] + n + (str_starts(words[i] + n, "(spurious)") ? strlen("(spurious)") : 0);
        long times = 1;
        bool good = n > 0 && n < sizeof name &&
                    (!*rest || (*rest == '*' && scan_number(rest + 1, 1, 9999, &times)));
        snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : 0), words[i]);
        *ret_switches += i > 0 && strcmp(name, last) != 0;
        steps = good ? steps + (int)times : -1;
        memcpy(last, name, sizeof last);
    }
    list_free(words, count);
    return steps;
}

static void lint_sched(const struct where *w, const struct drive *d)
{
    int switches, steps = d->sched ? count_steps(d->sched, &switches) : 0;
    if (!d->sched)
        return;
    if (steps < 0)
        COMPLAIN(w, "a schedule is made of thread names, 'A B*2 A', not '%s'", d->sched);
    else if (d->par_steps >= 0 && (steps != d->par_steps || switches != d->par_switches))
        COMPLAIN(w, "the schedule has %d steps and %d switches, par says %d and %d", steps,
                 switches, d->par_steps, d->par_switches);
}

static void lint_threads(const struct where *w, const struct drive *d)
{
    for (size_t i = 0; i < d->thread_count; i++) {
        const char *name = d->threads[i];
        size_t n = strcspn(name, "=");
        for (size_t k = 0; k < i; k++)
            if (strncmp(name, d->threads[k], n + 1) == 0)
                COMPLAIN(w, "two threads are called '%.*s'", (int)n, name);
        if (n == 1 && strchr(DRIVE_KEYS, name[0]))
            COMPLAIN(w, "'%c' is another key in a drive: its thread could not be stepped by its name", name[0]);
    }
}

static void lint_drive(const struct where *w, const struct block *b)
{
    const struct drive *d = &b->drive;
    lint_program(w, d->program);
    lint_hints(w->l, w->file, w->line, d->hints, d->hint_count);
    lint_sched(w, d);
    lint_threads(w, d);
    if (*d->goal && !is_goal(d->goal))
        COMPLAIN(w, "a goal is 'final …', 'reach …', 'deadlock', 'crash' or 'output …', not '%s'", d->goal);
    if (d->follow && !is_goal(d->follow))
        COMPLAIN(w, "a further goal is 'final …', 'reach …', 'deadlock', 'crash' or 'output …', not '%s'",
                 d->follow);
    if (d->impossible && d->of_n > 0)
        COMPLAIN(w, "%ld schedules of an impossible drive reach the goal", d->of_n);
    if (!d->impossible && d->of_n == 0)
        COMPLAIN(w, "no schedule reaches the goal, but the drive is not 'impossible: yes'");
}

/* ---- all blocks ----------------------------------------------------------------- */

void lint_block(struct loader *l, const char *file, const struct lesson *lesson,
                const struct block *b)
{
    struct where w = {l, file, lesson, b->line};
    switch (b->kind) {
    /* clang-format off */
    case BLOCK_TEXT: lint_prose(l, file, b->line, b->text); break;
    case BLOCK_CODE: lint_region(&w, &b->code); break;
    case BLOCK_ROSETTA: lint_rosetta(&w, b); break;
    case BLOCK_LANES: lint_lanes(&w, b); break;
    case BLOCK_QUESTION: lint_question(&w, b); break;
    case BLOCK_DEMO: lint_demo(&w, b); break;
    case BLOCK_DRIVE: lint_drive(&w, b); break;
    case BLOCK_CAREFUL: lint_careful(&w, b); break;
    case BLOCK_EXERCISE:
    case BLOCK_BREAK: break;
    }
    /* clang-format on */
}
