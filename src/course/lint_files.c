/* lint_files: every file has a place, and is clean text.
 *
 * The walk knows how deep a course is, does not follow links to folders and counts what it sees, so
 * a hostile folder cannot keep it busy.
 */
#include "course/lint.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX   6
#define FILES_MAX   10000
#define CLUTTER_MAX 3 /* complaints a file about blanks and tabs */

struct walk {
    struct loader *l;
    int files;
};

/* ---- clean text ----------------------------------------------------------------- */

static bool ends_blank(const char *line)
{
    size_t n = strlen(line);
    return n && (line[n - 1] == ' ' || line[n - 1] == '\r');
}

static void lint_rule_lines(struct loader *l, const struct scan_file *f)
{
    bool fence = false, front = true;
    for (size_t i = 1; i < f->count; i++) {
        const char *line = f->lines[i];
        if (str_starts(line, "```"))
            fence = !fence;
        if (strcmp(line, "---") != 0 || fence)
            continue;
        if (!front && f->lines[i - 1][0] != '\0')
            problem_add(l, f->file, (int)i + 1, "a page break needs a blank line before it");
        front = false;
    }
}

/* The lines are scanned again from the bytes on disk: loading has cut "\r" off. */
static void lint_clutter(struct loader *l, const char *file)
{
    char *path = path_join(l->course->root, file),
         *text = file_read(path, LESSON_BYTES, NULL, NULL);
    int line = 0, complaints = 0;
    for (char *s = text, *next; s && *s && complaints < CLUTTER_MAX; s = next) {
        next = s + strcspn(s, "\n");
        next += *next == '\n' ? (*next = '\0', 1) : 0;
        line++;
        if (strchr(s, '\t') && ++complaints)
            problem_add(l, file, line, "a tab; use blanks");
        if (ends_blank(s) && ++complaints)
            problem_add(l, file, line, "blanks at the end of the line");
    }
    free(text);
    free(path);
}

static bool is_text(const char *name)
{
    return str_ends(name, ".md") || str_ends(name, ".txt") || str_ends(name, ".c") ||
           str_ends(name, ".h") || str_ends(name, ".py");
}

/* ---- places --------------------------------------------------------------------- */

static bool region_is(const struct region *r, const char *path)
{
    return r->path && strcmp(r->path, path) == 0;
}

static bool demo_is(const struct demo *d, const char *path)
{
    size_t n = d->program ? strlen(d->program) : 0;
    if (d->recorded && strcmp(d->recorded, path) == 0)
        return true;
    for (size_t i = 0; i < d->variant_count; i++)
        if (d->variants[i].recorded && strcmp(d->variants[i].recorded, path) == 0)
            return true;
    return n && strncmp(path, d->program, n) == 0 && strcmp(path + n, ".c") == 0;
}

static bool same(const char *a, const char *b) { return a && strcmp(a, b) == 0; }

static bool block_uses(const struct block *b, const char *path)
{
    return region_is(&b->code, path) || region_is(&b->python, path) ||
           region_is(&b->question.code, path) || same(b->question.key_program, path) ||
           same(b->drive.program, path) || demo_is(&b->demo, path);
}

static bool lesson_uses(const struct lesson *s, const char *path)
{
    for (size_t i = 0; i < s->step_count; i++)
        for (size_t k = 0; k < s->steps[i].block_count; k++)
            if (block_uses(&s->steps[i].blocks[k], path))
                return true;
    return false;
}

static bool has_place_in_lesson(const struct lesson *s, const char *path)
{
    if (strcmp(path, "lesson.md") == 0 || strcmp(path, "cards.md") == 0)
        return true;
    bool folder =
        str_starts(path, "demo/") || str_starts(path, "drive/") || str_starts(path, "py/");
    return folder && (str_ends(path, ".h") || lesson_uses(s, path));
}

static bool has_place_in_exercise(const struct exercise *x, const char *name)
{
    if (strchr(name, '/'))
        return false;
    for (size_t i = 0; i < x->file_count; i++)
        if (strcmp(x->files[i], name) == 0)
            return true;
    return strcmp(name, "exercise.md") == 0 || strcmp(name, "check.c") == 0 ||
           strcmp(name, x->edit) == 0 || str_ends(name, ".h");
}

static bool is_mutant(const struct course *c, const struct exercise *x, const char *path)
{
    size_t root = strlen(c->root) + 1;
    for (size_t i = 0; i < x->mutant_count; i++)
        if (strcmp(x->mutants[i].path + root, path) == 0)
            return true;
    return false;
}

/* The lesson whose folder `path` (relative to lessons/, exercises/ ...) is in; *ret_rest follows
 * it. */
static const struct lesson *lesson_of(const struct course *c, const char *path,
                                      const char **ret_rest)
{
    for (size_t i = 0; i < c->lesson_count + c->check_count; i++) {
        const struct lesson *s =
            i < c->lesson_count ? &c->lessons[i] : &c->checks[i - c->lesson_count];
        size_t n = strlen(s->id);
        if (strncmp(path, s->id, n) == 0 && path[n] == '/') {
            *ret_rest = path + n + 1;
            return s;
        }
    }
    return NULL;
}

static const struct exercise *exercise_of(const struct lesson *s, const char *path,
                                          const char **ret_rest)
{
    for (size_t i = 0; s && i < s->exercise_count; i++) {
        size_t n = strlen(s->exercises[i].name);
        if (strncmp(path, s->exercises[i].name, n) == 0 && path[n] == '/') {
            *ret_rest = path + n + 1;
            return &s->exercises[i];
        }
    }
    return NULL;
}

static bool is_solution(const struct course *c, const char *path)
{
    size_t root = strlen(c->root) + 1;
    const char *rest;
    const struct lesson *s = lesson_of(c, path + strlen("solutions/"), &rest);
    for (size_t i = 0; s && i < s->exercise_count; i++)
        if (strcmp(s->exercises[i].solution + root, path) == 0)
            return true;
    return false;
}

static bool has_place(const struct course *c, const char *path)
{
    const char *rest = NULL;
    static const char *const tables[] = {"lessons/coverage.txt", "lessons/misconceptions.txt",
                                         "lessons/paths.txt"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(path, tables[i]) == 0)
            return true;
    if (str_starts(path, "lessons/")) {
        const struct lesson *s = lesson_of(c, path + strlen("lessons/"), &rest);
        return s && has_place_in_lesson(s, rest);
    }
    if (str_starts(path, "solutions/"))
        return is_solution(c, path);
    bool mutants = str_starts(path, "tests/mutants/");
    const struct lesson *s =
        lesson_of(c, path + strlen(mutants ? "tests/mutants/" : "exercises/"), &rest);
    const struct exercise *x = exercise_of(s, rest, &rest);
    return x && (mutants ? is_mutant(c, x, path) : has_place_in_exercise(x, rest));
}

/* ---- the walk ------------------------------------------------------------------- */

static void visit_file(struct walk *w, const char *path)
{
    struct loader *l = w->l;
    if (++w->files > FILES_MAX) {
        if (w->files == FILES_MAX + 1)
            problem_add(l, path, 0, "more than %d files; the rest was not looked at", FILES_MAX);
        return;
    }
    if (!has_place(l->course, path))
        problem_add(l, path, 0, "this file has no place in a course, or nothing uses it");
    else if (is_text(path))
        lint_clutter(l, path);
}

static void visit_folder(struct walk *w, const char *path, int depth);

static void visit(struct walk *w, const char *path, int depth)
{
    struct stat st;
    char *full = path_join(w->l->course->root, path);
    bool there = lstat(full, &st) == 0;
    bool link_to_folder = there && S_ISLNK(st.st_mode) && path_is_dir(full);
    free(full);
    if (link_to_folder)
        problem_add(w->l, path, 0, "a link to a folder has no place in a course");
    else if (there && S_ISDIR(st.st_mode))
        visit_folder(w, path, depth + 1);
    else if (there)
        visit_file(w, path);
}

static void visit_folder(struct walk *w, const char *path, int depth)
{
    size_t count = 0;
    char *full = path_join(w->l->course->root, path);
    char **names = depth <= DEPTH_MAX ? dir_list(full, &count, NULL) : NULL;
    if (depth > DEPTH_MAX)
        problem_add(w->l, path, 0, "a folder this deep has no place in a course");
    for (size_t i = 0; names && i < count && w->files <= FILES_MAX; i++) {
        char *inside = path_join(path, names[i]);
        if (names[i][0] != '.')
            visit(w, inside, depth);
        free(inside);
    }
    if (names)
        list_free(names, count);
    free(full);
}

static void lint_breaks_of(struct loader *l, const struct lesson *s)
{
    char *file = xasprintf("lessons/%s/lesson.md", s->id);
    char *full = path_join(l->course->root, file);
    struct loader quiet = {.course = l->course};
    struct scan_file *f =
        s->step_count && path_is_file(full) ? scan_load(&quiet, file, LESSON_BYTES) : NULL;
    if (f)
        lint_rule_lines(l, f);
    scan_free(f);
    free(full);
    free(file);
}

static void lint_breaks(struct loader *l)
{
    for (size_t i = 0; i < l->course->lesson_count; i++)
        lint_breaks_of(l, &l->course->lessons[i]);
    for (size_t i = 0; i < l->course->check_count; i++)
        lint_breaks_of(l, &l->course->checks[i]);
}

void lint_files(struct loader *l)
{
    static const char *const folders[] = {"lessons", "exercises", "solutions", "tests/mutants"};
    struct walk w = {l, 0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *full = path_join(l->course->root, folders[i]);
        if (path_is_dir(full))
            visit_folder(&w, folders[i], 1);
        free(full);
    }
    lint_breaks(l);
}
