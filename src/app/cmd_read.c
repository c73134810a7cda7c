/* read: a lesson as plain text: for screen readers, paper, and terminals that are none.
 *
 * Answers to questions stand at the end of their step, so that reading on does not give them away.
 */
#include "app/cmd.h"

#include "page/page.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *measured(void *unused, const char *name)
{
    static char cores[16];
    (void)unused;
    if (strcmp(name, "cores") != 0)
        return NULL;
    snprintf(cores, sizeof cores, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    return cores;
}

static void add_markdown(struct page *p, const char *text)
{
    char *whole = page_expand(text, measured, NULL);
    page_markdown(p, whole, PAGE_WIDTH, PAGE_MARKS);
    free(whole);
}

static void add_line(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add_line(struct page *p, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    page_item(p, "", b.s, PAGE_WIDTH, PAGE_MARKS);
    strbuf_fini(&b);
}

static void add_code(struct page *p, const struct region *r)
{
    struct page_source s = region_source(r, r->path);
    page_code(p, &s, PAGE_WIDTH);
}

static void add_rosetta(struct page *p, const struct block *b)
{
    struct page_source py = region_source(&b->python, b->python.path);
    struct page_source c = region_source(&b->code, b->code.path);
    py.first_line = 0;
    c.first_line = 0;
    page_rosetta(p, &py, &c, PAGE_WIDTH);
}

/* ---- questions ------------------------------------------------------------ */

static void add_options(struct page *p, const struct question *q)
{
    char label[32];
    for (size_t i = 0; i < q->option_count; i++) {
        snprintf(label, sizeof label, "  %c. ", (char)('a' + (int)(i % 26)));
        page_item(p, label, q->options[i].text, PAGE_WIDTH, PAGE_MARKS);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp((*(const struct option *const *)a)->text,
                  (*(const struct option *const *)b)->text);
}

/* Lines to put in order, or right sides to match, in alphabetical order. */
static void add_sorted(struct page *p, const struct question *q, bool right_side)
{
    const struct option **o = xcalloc(q->option_count, sizeof *o);
    for (size_t i = 0; i < q->option_count; i++)
        o[i] = &q->options[i];
    qsort(o, q->option_count, sizeof *o, by_text);
    for (size_t i = 0; i < q->option_count; i++) {
        char *line = right_side ? xasprintf("`%s` belongs to one of the right sides", o[i]->text)
                                : xstrdup(o[i]->text);
        page_item(p, "  - ", line, PAGE_WIDTH, PAGE_MARKS);
        free(line);
    }
    free(o);
}

static void add_right_sides(struct page *p, const struct question *q)
{
    for (size_t i = q->option_count; i-- > 0;)
        page_item(p, "  = ", q->options[i].why ? q->options[i].why : "", PAGE_WIDTH, PAGE_MARKS);
}

static void add_question(struct page *p, const struct question *q)
{
    page_item(p, "? ", q->text, PAGE_WIDTH, PAGE_MARKS);
    if (q->code.path)
        add_code(p, &q->code);
    if (q->kind == QUESTION_CHOICE || q->kind == QUESTION_MULTI)
        add_options(p, q);
    else if (q->kind == QUESTION_ORDER)
        add_sorted(p, q, false);
    else if (q->kind == QUESTION_MATCH) {
        for (size_t i = 0; i < q->option_count; i++)
            page_item(p, "  - ", q->options[i].text, PAGE_WIDTH, PAGE_MARKS);
        add_right_sides(p, q);
    } else
        add_line(p, "  (a number)");
}

static void answer_options(struct page *p, const struct question *q)
{
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        char label[48];
        snprintf(label, sizeof label, "  %c. %s: ", (char)('a' + (int)(i % 26)),
                 o->right ? "right" : "wrong");
        page_item(p, label, o->why ? o->why : "", PAGE_WIDTH, PAGE_MARKS);
    }
}

static void answer_lines(struct page *p, const struct question *q)
{
    int n = 0;
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        char label[32];
        snprintf(label, sizeof label, "  %d. ", ++n);
        char *pair = q->kind == QUESTION_MATCH ? xasprintf("%s: %s", o->text, o->why ? o->why : "")
                                               : xstrdup(o->text);
        page_item(p, o->right || q->kind == QUESTION_MATCH ? label : "  not: ", pair, PAGE_WIDTH,
                  PAGE_MARKS);
        free(pair);
    }
}

static void add_answer(struct page *p, const struct question *q)
{
    page_item(p, "? ", q->text, PAGE_WIDTH, PAGE_MARKS);
    if (q->kind == QUESTION_CHOICE || q->kind == QUESTION_MULTI)
        answer_options(p, q);
    else if (q->kind == QUESTION_NUMBER)
        add_line(p, "  %g", q->number);
    else
        answer_lines(p, q);
    if (q->why)
        page_item(p, "  ", q->why, PAGE_WIDTH, PAGE_MARKS);
}

/* ---- steps ------------------------------------------------------------------ */

static void add_drive(struct page *p, const struct drive *d, const struct step *s)
{
    add_line(p, "Drive: `%s`. Goal: `%s`.", d->program, d->goal);
    add_line(p, "`threadmill drive %s`%s", s->id,
             d->impossible ? "" : " lets you be the scheduler.");
    if (d->follow)
        add_line(p, "Then: `%s`.", d->follow);
}

static void add_block(struct page *p, const struct step *s, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_TEXT: add_markdown(p, b->text); break;
    case BLOCK_CODE: add_code(p, &b->code); break;
    case BLOCK_ROSETTA: add_rosetta(p, b); break;
    case BLOCK_LANES: page_lanes(p, b->text, PAGE_WIDTH); break;
    case BLOCK_QUESTION: add_question(p, &b->question); break;
    case BLOCK_DEMO: add_line(p, "Demo: `threadmill demo %s`", s->id); break;
    case BLOCK_DRIVE: add_drive(p, &b->drive, s); break;
    case BLOCK_CAREFUL:
        page_careful(p, b->careful.says, b->careful.exactly, PAGE_WIDTH, PAGE_MARKS);
        break;
    case BLOCK_EXERCISE: add_line(p, "Exercise: `threadmill check %s`", b->exercise); break;
    case BLOCK_BREAK: break;
    }
}

static void add_answers(struct page *p, const struct step *s)
{
    bool any = false;
    for (size_t i = 0; i < s->block_count; i++) {
        if (s->blocks[i].kind != BLOCK_QUESTION)
            continue;
        if (!any)
            page_markdown(p, "### Answers", PAGE_WIDTH, PAGE_MARKS);
        any = true;
        page_blank(p);
        add_answer(p, &s->blocks[i].question);
    }
}

static void add_step(struct page *p, const struct step *s)
{
    char *head = xasprintf("### %s  %s: %s", s->id, step_kind_id(s->kind), s->title);
    page_markdown(p, head, PAGE_WIDTH, PAGE_MARKS);
    for (size_t i = 0; i < s->block_count; i++) {
        if (s->blocks[i].kind != BLOCK_BREAK)
            page_blank(p);
        add_block(p, s, &s->blocks[i]);
    }
    page_blank(p);
    add_answers(p, s);
    page_blank(p);
    free(head);
}

static void add_lesson(struct page *p, const struct lesson *l)
{
    add_line(p, "%s  %s", l->id, l->title);
    page_blank(p);
    for (size_t i = 0; i < l->goal_count; i++)
        page_item(p, "- ", l->goals[i], PAGE_WIDTH, PAGE_MARKS);
    page_blank(p);
    for (size_t i = 0; i < l->step_count; i++)
        add_step(p, &l->steps[i]);
}

static void print(const struct page *p)
{
    char *text = page_plain(p, strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
    out_text(text);
    free(text);
}

static int no_such(const struct course *c, const char *name)
{
    const char *names[256];
    size_t n = 0;
    for (size_t i = 0; i < c->lesson_count && n < 256; i++)
        names[n++] = c->lessons[i].id;
    const char *near = app_nearest(name, names, n);
    return near
               ? app_fail("read: there is no lesson or step '%s'; did you mean '%s'?", name, near)
               : app_fail("read: there is no lesson or step '%s'; 'threadmill list' names them all",
                          name);
}

int cmd_read(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, NULL, 0, 1, 1, &a, &e))
        return opt_fail("read", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    const struct lesson *l = course_lesson(c, a.items[0], NULL), *of;
    const struct step *s = l ? NULL : course_step(c, a.items[0], &of, NULL);
    if (!l && !s)
        return no_such(c, a.items[0]);
    struct page p = PAGE_INIT;
    if (l)
        add_lesson(&p, l);
    else
        add_step(&p, s);
    print(&p);
    page_fini(&p);
    return EXIT_HOLDS;
}
