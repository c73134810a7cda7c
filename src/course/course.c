/* course: the folder as a whole, and finding things in it by the names people type.
 */
#include "course/internal.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---------------------------------------------------------------------- */

bool slug_is_valid(const char *s)
{
    if (!*s || *s == '-' || strlen(s) > 64)
        return false;
    for (; *s; s++)
        if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '-')
            return false;
    return true;
}

bool lesson_name_is_valid(const char *s)
{
    return isdigit((unsigned char)s[0]) && isdigit((unsigned char)s[1]) && s[2] == '-' &&
           slug_is_valid(s + 3);
}

bool misconception_is_valid(const char *id)
{
    if (id[0] != 'M' || !isdigit((unsigned char)id[1]) || !isdigit((unsigned char)id[2]) ||
        isalnum((unsigned char)id[3]))
        return false;
    int n = (id[1] - '0') * 10 + id[2] - '0';
    return n >= 1 && n <= 50;
}

/* ---- loading -------------------------------------------------------------------- */

static void add_lesson(struct lesson **list, size_t *count, const struct lesson *lesson)
{
    *list = xrealloc(*list, (*count + 1) * sizeof **list);
    (*list)[(*count)++] = *lesson;
}

static void add_check(struct loader *l, const struct lesson *lesson)
{
    struct course *c = l->course;
    if (course_check(c, lesson->check)) {
        char *file = path_join("lessons", lesson->id);
        problem_add(l, file, 0, "a course has one such check; the other is '%s'",
                    course_check(c, lesson->check)->id);
        free(file);
    }
    add_lesson(&c->checks, &c->check_count, lesson);
}

static void load_lessons(struct loader *l, char **names, size_t count)
{
    struct course *c = l->course;
    for (size_t i = 0; i < count; i++) {
        char *path = xasprintf("%s/lessons/%s", c->root, names[i]);
        if (lesson_name_is_valid(names[i]) && path_is_dir(path)) {
            struct lesson lesson;
            lesson_load(l, names[i], &lesson);
            if (lesson.check)
                add_check(l, &lesson);
            else
                add_lesson(&c->lessons, &c->lesson_count, &lesson);
        }
        free(path);
    }
}

struct course *course_load(const char *root, struct err *e)
{
    char *absolute = realpath(root, NULL);
    if (!absolute) {
        err_set(e, errno, "cannot open course '%s': %s", root, strerror(errno));
        return NULL;
    }
    char *lessons = path_join(absolute, "lessons");
    size_t count = 0;
    char **names = NULL;
    if (!path_is_dir(lessons))
        err_set(e, ENOENT, "'%s' is no course: it has no folder 'lessons'", root);
    else
        names = dir_list(lessons, &count, e);
    free(lessons);
    if (!names) {
        free(absolute);
        return NULL;
    }
    struct course *c = xcalloc(1, sizeof *c);
    struct loader l = {.course = c};
    c->root = absolute;
    load_lessons(&l, names, count);
    if (c->lesson_count == 0)
        problem_add(&l, "lessons", 0, "there is no lesson: folders are called NN-slug");
    coverage_load(&l);
    list_free(names, count);
    return c;
}

void course_free(struct course *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->lesson_count; i++)
        lesson_free(&c->lessons[i]);
    for (size_t i = 0; i < c->check_count; i++)
        lesson_free(&c->checks[i]);
    free(c->lessons);
    free(c->checks);
    coverage_free(c);
    problems_free(c->problems, c->problem_count);
    free(c->root);
    free(c);
}

void problems_free(struct problem *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(p[i].file);
        free(p[i].text);
    }
    free(p);
}

/* ---- finding -------------------------------------------------------------------- */

const struct lesson *course_check(const struct course *c, enum lesson_check kind)
{
    for (size_t i = 0; i < c->check_count; i++)
        if (c->checks[i].check == kind)
            return &c->checks[i];
    return NULL;
}

const struct course_path *course_path(const struct course *c, const char *id)
{
    for (size_t i = 0; i < c->path_count; i++)
        if (strcmp(c->paths[i].id, id) == 0)
            return &c->paths[i];
    return NULL;
}

bool course_path_has(const struct course_path *p, const struct lesson *l)
{
    for (size_t i = 0; i < p->lesson_count; i++)
        if (strcmp(p->lessons[i], l->number) == 0)
            return true;
    return false;
}

static bool is_lesson(const struct lesson *s, const char *name, size_t n)
{
    const char *const names[] = {s->id, s->number, s->id + 3};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
            return true;
    return false;
}

static const struct lesson *find_lesson(const struct course *c, const char *name, size_t n,
                                        struct err *e)
{
    const struct lesson *found = NULL;
    for (size_t i = 0; i < c->lesson_count + c->check_count; i++) {
        const struct lesson *s =
            i < c->lesson_count ? &c->lessons[i] : &c->checks[i - c->lesson_count];
        if (!is_lesson(s, name, n))
            continue;
        if (found) {
            err_set(e, EINVAL, "'%.*s' may be lesson '%s' or '%s'", (int)n, name, found->id, s->id);
            return NULL;
        }
        found = s;
    }
    if (!found)
        err_set(e, ENOENT, "there is no lesson '%.*s'", (int)n, name);
    return found;
}

const struct lesson *course_lesson(const struct course *c, const char *name, struct err *e)
{
    return find_lesson(c, name, strlen(name), e);
}

static const struct exercise *exercise_of(const struct lesson *s, const char *name)
{
    for (size_t i = 0; i < s->exercise_count; i++)
        if (strcmp(s->exercises[i].name, name) == 0)
            return &s->exercises[i];
    return NULL;
}

static const struct exercise *exercise_anywhere(const struct course *c, const char *name,
                                                struct err *e)
{
    const struct exercise *found = NULL;
    for (size_t i = 0; i < c->lesson_count; i++) {
        const struct exercise *x = exercise_of(&c->lessons[i], name);
        if (x && found) {
            err_set(e, EINVAL, "'%s' may be exercise '%s' or '%s'", name, found->id, x->id);
            return NULL;
        }
        found = x ? x : found;
    }
    if (!found)
        err_set(e, ENOENT, "there is no exercise '%s'", name);
    return found;
}

const struct exercise *course_exercise(const struct course *c, const char *name, struct err *e)
{
    const char *slash = strchr(name, '/');
    if (!slash)
        return exercise_anywhere(c, name, e);
    const struct lesson *s = find_lesson(c, name, (size_t)(slash - name), e);
    const struct exercise *x = s ? exercise_of(s, slash + 1) : NULL;
    if (s && !x)
        err_set(e, ENOENT, "lesson '%s' has no exercise '%s'", s->id, slash + 1);
    return x;
}

const struct step *course_step(const struct course *c, const char *name,
                               const struct lesson **ret_lesson, struct err *e)
{
    size_t n = strcspn(name, "./");
    long number;
    if (!name[n] || !scan_number(name + n + 1, 1, 99, &number)) {
        err_set(e, EINVAL, "'%s' is no step: write LESSON/NUMBER, for instance 03/4", name);
        return NULL;
    }
    const struct lesson *s = find_lesson(c, name, n, e);
    for (size_t i = 0; s && i < s->step_count; i++)
        if (s->steps[i].number == number) {
            if (ret_lesson)
                *ret_lesson = s;
            return &s->steps[i];
        }
    if (s)
        err_set(e, ENOENT, "lesson '%s' has no step %ld", s->id, number);
    return NULL;
}

/* ---- finding a drive or demo ---------------------------------------------------- */

static const char *block_program(const struct block *b)
{
    return b->kind == BLOCK_DRIVE  ? b->drive.program
           : b->kind == BLOCK_DEMO ? b->demo.program
                                   : NULL;
}

/* "drive/lost-update.c" is called "lost-update". */
static bool block_is_called(const struct block *b, const char *name)
{
    const char *program = block_program(b);
    const char *base = program ? path_basename(program) : "";
    size_t n = strlen(base) - (str_ends(base, ".c") ? 2 : 0);
    if (str_ends(name, ".c"))
        return strcmp(base, name) == 0;
    return n && strlen(name) == n && memcmp(base, name, n) == 0;
}

/* First block of the kind in the step; `name` NULL: whatever it is called. */
static const struct block *find_in_step(const struct step *s, enum block_kind kind,
                                        const char *name)
{
    for (size_t i = 0; i < s->block_count; i++)
        if (s->blocks[i].kind == kind && (!name || block_is_called(&s->blocks[i], name)))
            return &s->blocks[i];
    return NULL;
}

static const struct block *find_in_lesson(const struct lesson *s, enum block_kind kind,
                                          const char *name, const struct step **ret_step)
{
    for (size_t i = 0; i < s->step_count; i++) {
        const struct block *b = find_in_step(&s->steps[i], kind, name);
        if (b) {
            *ret_step = &s->steps[i];
            return b;
        }
    }
    return NULL;
}

static const struct block *find_by_step(const struct course *c, enum block_kind kind,
                                        const char *name, const struct lesson **lesson,
                                        const struct step **step)
{
    *step = course_step(c, name, lesson, NULL);
    return *step ? find_in_step(*step, kind, NULL) : NULL;
}

static const struct block *find_by_name(const struct course *c, enum block_kind kind,
                                        const char *name, const struct lesson **lesson,
                                        const struct step **step)
{
    const char *slash = strchr(name, '/');
    for (size_t i = 0; i < c->lesson_count; i++) {
        const struct lesson *s = &c->lessons[i];
        if (slash && !is_lesson(s, name, (size_t)(slash - name)))
            continue;
        const struct block *b = find_in_lesson(s, kind, slash ? slash + 1 : name, step);
        *lesson = s;
        if (b)
            return b;
    }
    return NULL;
}

const struct block *course_find(const struct course *c, enum block_kind kind, const char *name,
                                const struct lesson **ret_lesson, const struct step **ret_step)
{
    const struct lesson *lesson = NULL;
    const struct step *step = NULL;
    const struct block *b = find_by_step(c, kind, name, &lesson, &step);
    if (!b)
        b = find_by_name(c, kind, name, &lesson, &step);
    if (b && ret_lesson)
        *ret_lesson = lesson;
    if (b && ret_step)
        *ret_step = step;
    return b;
}
