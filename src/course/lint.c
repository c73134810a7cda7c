/* lint: the half that needs nothing but the text. Each check is small and says one thing.
 */
#include "course/lint.h"
#include "page/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- pieces that several checks need -------------------------------------------- */

static bool is_known_name(const char *s, size_t n)
{
    static const char cores[] = "cores";
    return n == sizeof cores - 1 && memcmp(cores, s, n) == 0;
}

static void lint_line(struct loader *l, const char *file, int line, const char *s, size_t n)
{
    char *copy = xstrndup(s, n);
    for (const char *at = copy; (at = strstr(at, "{{")); at += 2) {
        size_t length = strcspn(at + 2, "}");
        if (!str_starts(at + 2 + length, "}}") || !is_known_name(at + 2, length))
            problem_add(l, file, line, "there is no measured value '%.40s'", at);
    }
    free(copy);
}

void lint_prose(struct loader *l, const char *file, int line, const char *text)
{
    const char *what = page_forbidden(text);
    if (what)
        problem_add(l, file, line, "this text has %s, which lessons do not use", what);
    if (page_needs(text) > PAGE_WIDTH)
        problem_add(l, file, line, "a table or a word needs %d columns; a page has %d",
                    page_needs(text), PAGE_WIDTH);
    for (int i = line; *text; i++) {
        size_t n = strcspn(text, "\n");
        lint_line(l, file, i, text, n);
        text += n + (text[n] == '\n');
    }
}

/* "line 12", "Lines 3", "x.c:12" */
static bool names_a_line(const char *s)
{
    for (const char *at = s; (at = strcasestr(at, "line")); at++) {
        const char *after = at + 4;
        after += *after == 's' || *after == 'S';
        after += strspn(after, " ");
        if ((at == s || !isalpha((unsigned char)at[-1])) && isdigit((unsigned char)*after))
            return true;
    }
    for (const char *at = s; (at = strchr(at, ':')); at++)
        if (at - s >= 2 && at[-2] == '.' && strchr("ch", at[-1]) && isdigit((unsigned char)at[1]))
            return true;
    return false;
}

void lint_hints(struct loader *l, const char *file, int line, char *const *hints, size_t count)
{
    if (count != 3)
        problem_add(l, file, line, "there are three hints, not %zu", count);
    for (size_t i = 0; i < count; i++) {
        if (names_a_line(hints[i]))
            problem_add(l, file, line,
                        "hint %zu names a line by number; the learner's file has moved on", i + 1);
        if (!*hints[i])
            problem_add(l, file, line, "hint %zu is empty", i + 1);
    }
}

void lint_misconception(struct loader *l, const char *file, int line, const char *id)
{
    if (!misconception_is_valid(id))
        problem_add(l, file, line, "'%s' is no misconception: M01 to M50", id);
    else if (l->course->belief_count && !course_belief(l->course, id))
        problem_add(l, file, line, "'%s' is not in lessons/misconceptions.txt", id);
}

bool lint_file_there(struct loader *l, const char *file, int line, const char *dir,
                     const char *path)
{
    if (!path_is_inside(path)) {
        problem_add(l, file, line, "'%s' is not a path below %s", path, dir);
        return false;
    }
    char *full = xasprintf("%s/%s/%s", l->course->root, dir, path);
    bool there = path_is_file(full);
    free(full);
    if (!there)
        problem_add(l, file, line, "there is no file '%s/%s'", dir, path);
    return there;
}

/* ---- pages ---------------------------------------------------------------------- */

struct sheet { /* one page of a step */
    int line, lines, figures, blocks;
};

static int text_lines(const char *text)
{
    struct page p = PAGE_INIT;
    page_markdown(&p, text, PAGE_WIDTH, 0);
    int lines = (int)p.count;
    page_fini(&p);
    return lines;
}

static void end_sheet(struct loader *l, const char *file, const struct sheet *sheet)
{
    if (sheet->lines > PAGE_LINES)
        problem_add(l, file, sheet->line,
                    "%d lines of text on a page; it holds %d (--- starts a new one)", sheet->lines,
                    PAGE_LINES);
    if (sheet->figures > 1)
        problem_add(l, file, sheet->line,
                    "%d figures on a page; it holds one (--- starts a new one)", sheet->figures);
    if (sheet->blocks == 0)
        problem_add(l, file, sheet->line, "an empty page");
}

static void add_to_sheet(struct sheet *sheet, const struct block *b)
{
    if (sheet->blocks++ == 0)
        sheet->line = b->line;
    if (b->kind == BLOCK_TEXT)
        sheet->lines += text_lines(b->text) + (sheet->lines ? 1 : 0);
    sheet->figures += b->kind == BLOCK_CODE || b->kind == BLOCK_ROSETTA || b->kind == BLOCK_LANES ||
                      b->kind == BLOCK_CAREFUL;
}

static void lint_pages(struct loader *l, const char *file, const struct step *s)
{
    struct sheet sheet = {.line = s->line};
    for (size_t i = 0; i < s->block_count; i++) {
        if (s->blocks[i].kind != BLOCK_BREAK) {
            add_to_sheet(&sheet, &s->blocks[i]);
            continue;
        }
        end_sheet(l, file, &sheet);
        sheet = (struct sheet){.line = s->blocks[i].line};
    }
    end_sheet(l, file, &sheet);
}

/* ---- steps ---------------------------------------------------------------------- */

/* What a kind of step is made of, besides prose and figures; a quiz counts page by page. */
static const struct diet {
    enum block_kind block;
    size_t least, most;
    const char *what;
} diets[] = {
    [STEP_READ] = {BLOCK_TEXT, 0, 0, NULL},
    [STEP_PREDICT] = {BLOCK_QUESTION, 1, 6, "questions"},
    [STEP_DEMO] = {BLOCK_DEMO, 1, 3, "demos"},
    [STEP_DRIVE] = {BLOCK_DRIVE, 1, 4, "drives"},
    [STEP_EXERCISE] = {BLOCK_EXERCISE, 1, 6, "exercises"},
    [STEP_QUIZ] = {BLOCK_QUESTION, 3, 6, "questions"},
};

static bool belongs_to_a_kind(enum block_kind k)
{
    return k == BLOCK_QUESTION || k == BLOCK_DEMO || k == BLOCK_DRIVE || k == BLOCK_EXERCISE;
}

static void end_portion(struct loader *l, const char *file, int line, const struct step *s,
                        size_t count)
{
    const struct diet *d = &diets[s->kind];
    if (d->what && (count < d->least || count > d->most))
        problem_add(l, file, line, "a %s %s has %zu to %zu %s, this one has %zu",
                    step_kind_id(s->kind), s->kind == STEP_QUIZ ? "page" : "step", d->least,
                    d->most, d->what, count);
}

static void lint_diet(struct loader *l, const char *file, const struct step *s)
{
    const struct diet *d = &diets[s->kind];
    size_t count = 0;
    int line = s->line;
    for (size_t i = 0; i < s->block_count; i++) {
        const struct block *b = &s->blocks[i];
        if (b->kind == d->block && d->what)
            count++;
        else if (belongs_to_a_kind(b->kind))
            problem_add(l, file, b->line, "this block does not belong in a %s step",
                        step_kind_id(s->kind));
        if (b->kind == BLOCK_BREAK && s->kind == STEP_QUIZ) {
            end_portion(l, file, line, s, count);
            count = 0;
            line = b->line;
        }
    }
    end_portion(l, file, line, s, count);
}

static bool lists_step(const struct coverage *r, const char *id)
{
    for (size_t i = 0; i < r->step_count; i++)
        if (strcmp(r->steps[i], id) == 0)
            return true;
    return false;
}

static void lint_item(struct loader *l, const char *file, int line, const struct step *s,
                      const char *item)
{
    const struct course *c = l->course;
    for (size_t i = 0; i < c->coverage_count; i++)
        if (strcmp(c->coverage[i].item, item) == 0) {
            if (!lists_step(&c->coverage[i], s->id))
                problem_add(l, file, line, "lessons/coverage.txt does not name step %s for '%s'",
                            s->id, item);
            return;
        }
    problem_add(l, file, line, "'%s' is not in lessons/coverage.txt", item);
}

static bool careful_item_is_valid(const char *s)
{
    long n;
    return s[0] == 'E' && s[1] != '0' && scan_number(s + 1, 1, 17, &n);
}

static void lint_items(struct loader *l, const char *file, const struct step *s)
{
    for (size_t i = 0; i < s->cover_count; i++)
        lint_item(l, file, s->line, s, s->covers[i]);
    for (size_t i = 0; i < s->block_count; i++) {
        const struct block *b = &s->blocks[i];
        if (b->kind != BLOCK_CAREFUL || !*b->careful.item)
            continue;
        if (!careful_item_is_valid(b->careful.item))
            problem_add(l, file, b->line, "'%s' is no careful item: E1 to E17", b->careful.item);
        else if (l->course->coverage_count)
            lint_item(l, file, b->line, s, b->careful.item);
    }
}

static void lint_step(struct loader *l, const char *file, const struct lesson *lesson,
                      const struct step *s)
{
    if (s > lesson->steps && s->number <= s[-1].number)
        problem_add(l, file, s->line, "step %d follows step %d: numbers rise", s->number,
                    s[-1].number);
    lint_diet(l, file, s);
    lint_pages(l, file, s);
    lint_items(l, file, s);
    for (size_t i = 0; i < s->block_count; i++)
        lint_block(l, file, lesson, &s->blocks[i]);
}

/* ---- lessons ----------------------------------------------------------------------------------
 */

static void lint_front(struct loader *l, const char *file, const struct lesson *s)
{
    if (page_columns(s->title) > 40)
        problem_add(l, file, 1, "the title has %d columns; the map has room for 40",
                    page_columns(s->title));
    if (s->step_count && s->minutes == 0)
        problem_add(l, file, 1, "'minutes:' is how long the lesson takes, not 0");
    if (s->step_count && s->goal_count == 0)
        problem_add(l, file, 1, "the lesson has no goals");
    for (size_t i = 0; i < s->need_count; i++)
        if (!lesson_name_is_valid(s->needs[i]) || strcmp(s->needs[i], s->id) == 0)
            problem_add(l, file, 1, "'needs: %s' is not the name of another lesson", s->needs[i]);
}

static void lint_numbers(struct loader *l)
{
    const struct course *c = l->course;
    for (size_t i = 1; i < c->lesson_count; i++)
        if (strcmp(c->lessons[i - 1].number, c->lessons[i].number) == 0) {
            char *file = path_join("lessons", c->lessons[i].id);
            problem_add(l, file, 0, "has the same number as '%s'", c->lessons[i - 1].id);
            free(file);
        }
}

void lint_lesson(struct loader *l, const struct lesson *s)
{
    char *file = xasprintf("lessons/%s/lesson.md", s->id),
         *cards = xasprintf("lessons/%s/cards.md", s->id);
    lint_front(l, file, s);
    for (size_t i = 0; i < s->step_count; i++)
        lint_step(l, file, s, &s->steps[i]);
    if (s->card_count < 3 && !s->check)
        problem_add(l, cards, 0, "a lesson has three recall cards, this one has %zu",
                    s->card_count);
    for (size_t i = 0; i < s->exercise_count; i++)
        lint_exercise(l, &s->exercises[i]);
    free(cards);
    free(file);
}

/* ---- coverage ----------------------------------------------------------------------------------
 */

static bool item_is_valid(const char *s)
{
    if (*s == 'E')
        return careful_item_is_valid(s);
    size_t n = strlen(s);
    return *s == 'S' && n >= 5 && n <= 6 && isdigit((unsigned char)s[1]) && s[2] == '-' &&
           isdigit((unsigned char)s[3]) && isdigit((unsigned char)s[4]) &&
           (n == 5 || islower((unsigned char)s[5]));
}

/* Lessons that are not written yet promise nothing. */
static void lint_promise(struct loader *l, const char *file, const struct coverage *r,
                         const char *step)
{
    char *number = xstrndup(step, strcspn(step, "."));
    const struct lesson *lesson = course_lesson(l->course, number, NULL);
    const struct step *s = course_step(l->course, step, NULL, NULL);
    long n;
    if (!isdigit((unsigned char)step[0]) || !isdigit((unsigned char)step[1]) || step[2] != '.' ||
        !scan_number(step + 3, 1, 99, &n))
        problem_add(l, file, r->line, "'%s' is no step: NN.N", step);
    else if (lesson && !s)
        problem_add(l, file, r->line, "there is no step '%s'", step);
    else if (s && !step_teaches(s, r->item))
        problem_add(l, file, r->line, "step %s does not carry '%s'", step, r->item);
    free(number);
}

void lint_coverage(struct loader *l)
{
    static const char file[] = "lessons/coverage.txt";
    const struct course *c = l->course;
    for (size_t i = 0; i < c->coverage_count; i++) {
        const struct coverage *r = &c->coverage[i];
        if (!item_is_valid(r->item))
            problem_add(l, file, r->line, "'%s' is no item: S0-01, S2-15a or E1", r->item);
        for (size_t k = 0; k < i; k++)
            if (strcmp(c->coverage[k].item, r->item) == 0)
                problem_add(l, file, r->line, "'%s' is there twice", r->item);
        if (r->step_count == 0)
            problem_add(l, file, r->line, "no step teaches '%s'", r->item);
        for (size_t k = 0; k < r->step_count; k++)
            lint_promise(l, file, r, r->steps[k]);
    }
}

/* ---- all of it ------------------------------------------------------------------ */

static void copy_problems(struct course *work, const struct course *c)
{
    work->problems = xmalloc((c->problem_count + 1) * sizeof *work->problems);
    for (size_t i = 0; i < c->problem_count; i++) {
        const struct problem *p = &c->problems[i];
        work->problems[i] = (struct problem){xstrdup(p->file), p->line, xstrdup(p->text)};
    }
}

struct problem *course_lint(const struct course *c, size_t *ret_count)
{
    struct course work = *c;
    struct loader l = {.course = &work};
    copy_problems(&work, c);
    lint_numbers(&l);
    for (size_t i = 0; i < c->lesson_count; i++)
        lint_lesson(&l, &c->lessons[i]);
    for (size_t i = 0; i < c->check_count; i++)
        lint_lesson(&l, &c->checks[i]);
    lint_coverage(&l);
    lint_files(&l);
    *ret_count = work.problem_count;
    return work.problems;
}
