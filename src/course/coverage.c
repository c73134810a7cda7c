/* coverage: what the course promises to teach (coverage.txt), the beliefs it fights
 * (misconceptions.txt), and ways through it (paths.txt). Rows of fields between " | ".
 */
#include "course/internal.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 1000

/* Cuts a row; returns the number of fields found, at most `max`. */
static size_t cut_row(char *line, char *field[], size_t max)
{
    size_t n = 0;
    for (char *s = line; s && n < max; n++) {
        char *bar = strstr(s, " | ");
        if (bar)
            *bar = '\0';
        field[n] = str_trim(s);
        s = bar ? bar + 3 : NULL;
    }
    return n;
}

static void coverage_row(struct loader *l, const char *file, int line, char *row)
{
    struct course *c = l->course;
    char *field[3];
    if (cut_row(row, field, 3) != 3 || !*field[0] || (*field[0] != 'S' && *field[0] != 'E')) {
        problem_add(l, file, line, "a row is 'ITEM | topic | steps'");
        return;
    }
    c->coverage = xrealloc(c->coverage, (c->coverage_count + 1) * sizeof *c->coverage);
    struct coverage *r = &c->coverage[c->coverage_count++];
    *r = (struct coverage){.item = xstrdup(field[0]), .topic = xstrdup(field[1]), .line = line};
    list_split(&r->steps, &r->step_count, field[2], ',');
}

static void belief_row(struct loader *l, const char *file, int line, char *row)
{
    struct course *c = l->course;
    char *field[2];
    if (cut_row(row, field, 2) != 2 || !misconception_is_valid(field[0]) || field[0][3] ||
        !*field[1]) {
        problem_add(l, file, line, "a row is 'M01 | belief'");
        return;
    }
    if (course_belief(c, field[0]))
        problem_add(l, file, line, "'%s' is there twice", field[0]);
    c->beliefs = xrealloc(c->beliefs, (c->belief_count + 1) * sizeof *c->beliefs);
    c->beliefs[c->belief_count++] = (struct belief){xstrdup(field[0]), xstrdup(field[1])};
}

static void path_row(struct loader *l, const char *file, int line, char *row)
{
    struct course *c = l->course;
    char *field[3];
    if (cut_row(row, field, 3) != 3 || !slug_is_valid(field[0]) || !*field[1] || !*field[2]) {
        problem_add(l, file, line, "a row is 'name | Title | 01, 02'");
        return;
    }
    if (course_path(c, field[0]))
        problem_add(l, file, line, "'%s' is there twice", field[0]);
    c->paths = xrealloc(c->paths, (c->path_count + 1) * sizeof *c->paths);
    struct course_path *p = &c->paths[c->path_count++];
    *p = (struct course_path){.id = xstrdup(field[0]), .title = xstrdup(field[1])};
    list_split(&p->lessons, &p->lesson_count, field[2], ',');
    for (size_t i = 0; i < p->lesson_count; i++)
        if (strspn(p->lessons[i], "0123456789") != 2 || p->lessons[i][2])
            problem_add(l, file, line, "'%s' is no number of a lesson: two digits", p->lessons[i]);
}

static void load_rows(struct loader *l, const char *file,
                      void (*row)(struct loader *l, const char *file, int line, char *row))
{
    char *path = path_join(l->course->root, file);
    struct scan_file *f = path_is_file(path) ? scan_load(l, file, LESSON_BYTES) : NULL;
    for (size_t i = 0; f && i < f->count && i < ROWS_MAX; i++)
        if (f->lines[i][0] != '#' && f->lines[i][strspn(f->lines[i], " ")])
            row(l, file, (int)i + 1, f->lines[i]);
    if (f && f->count > ROWS_MAX)
        problem_add(l, file, ROWS_MAX, "has more than %d lines", ROWS_MAX);
    scan_free(f);
    free(path);
}

bool step_teaches(const struct step *s, const char *item)
{
    for (size_t i = 0; i < s->cover_count; i++)
        if (strcmp(s->covers[i], item) == 0)
            return true;
    for (size_t i = 0; i < s->block_count; i++)
        if (s->blocks[i].kind == BLOCK_CAREFUL && strcmp(s->blocks[i].careful.item, item) == 0)
            return true;
    return false;
}

static void settle(const struct course *c, struct coverage *r)
{
    for (size_t i = 0; i < r->step_count && !r->taught; i++) {
        const struct step *s = course_step(c, r->steps[i], NULL, NULL);
        r->taught = s && step_teaches(s, r->item);
    }
}

/* Seed items before careful items, each in the order of the file. */
static void order_rows(struct course *c)
{
    struct coverage *sorted = xmalloc((c->coverage_count + 1) * sizeof *sorted);
    size_t n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < c->coverage_count; i++)
            if ((c->coverage[i].item[0] == 'E') == (pass == 1))
                sorted[n++] = c->coverage[i];
    free(c->coverage);
    c->coverage = sorted;
}

void coverage_load(struct loader *l)
{
    struct course *c = l->course;
    load_rows(l, "lessons/coverage.txt", coverage_row);
    load_rows(l, "lessons/misconceptions.txt", belief_row);
    load_rows(l, "lessons/paths.txt", path_row);
    order_rows(c);
    for (size_t i = 0; i < c->coverage_count; i++)
        settle(c, &c->coverage[i]);
}

void coverage_free(struct course *c)
{
    for (size_t i = 0; i < c->coverage_count; i++) {
        free(c->coverage[i].item);
        free(c->coverage[i].topic);
        list_free(c->coverage[i].steps, c->coverage[i].step_count);
    }
    for (size_t i = 0; i < c->belief_count; i++) {
        free(c->beliefs[i].id);
        free(c->beliefs[i].text);
    }
    for (size_t i = 0; i < c->path_count; i++) {
        free(c->paths[i].id);
        free(c->paths[i].title);
        list_free(c->paths[i].lessons, c->paths[i].lesson_count);
    }
    free(c->coverage);
    free(c->beliefs);
    free(c->paths);
}

const char *course_belief(const struct course *c, const char *id)
{
    for (size_t i = 0; i < c->belief_count; i++)
        if (strcmp(c->beliefs[i].id, id) == 0)
            return c->beliefs[i].text;
    return NULL;
}
