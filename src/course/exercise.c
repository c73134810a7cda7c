/* exercise: exercise.md, its hints, and the wrong and right answers kept beside it.
 */
#include "course/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- front matter --------------------------------------------------------------- */

static void same_name(const struct field_place *p, const char *folder, const char *value)
{
    if (strcmp(folder, value) != 0)
        problem_add(p->l, p->file, p->line, "the folder is '%s', not '%s'", folder, value);
}

static void read_name(const struct field_place *p, void *to, char *value)
{
    same_name(p, ((struct exercise *)to)->name, value);
}

static void read_lesson(const struct field_place *p, void *to, char *value)
{
    same_name(p, ((struct exercise *)to)->lesson, value);
}

#define TEXT(name, member, needed)                                                                 \
    {                                                                                              \
        name, FIELD_TEXT, needed, offsetof(struct exercise, member), 0, NULL                       \
    }
#define LIST(name, member, counter)                                                                \
    {                                                                                              \
        name, FIELD_LIST, false, offsetof(struct exercise, member),                                \
            offsetof(struct exercise, counter), NULL                                               \
    }
#define NUMBER(name, member, needed)                                                               \
    {                                                                                              \
        name, FIELD_NUMBER, needed, offsetof(struct exercise, member), 0, NULL                     \
    }

static const struct field fields[] = {
    {"exercise", FIELD_OWN, true, 0, 0, read_name},
    {"lesson", FIELD_OWN, true, 0, 0, read_lesson},
    NUMBER("minutes", minutes, true),
    TEXT("class", class_, true),
    TEXT("edit", edit, true),
    NUMBER("solution_lines", solution_lines, true),
    LIST("misconceptions", misconceptions, misconception_count),
    LIST("forbid", forbid, forbid_count),
    LIST("files", files, file_count),
    TEXT("starter", starter_verdict, true),
};

/* ---- hints ---------------------------------------------------------------------- */

struct reader {
    struct field_place place;
    const struct scan_file *f;
    struct exercise *x;
};

static void arrange_line(struct hint *h, const char *line)
{
    size_t indent = strspn(line, " ");
    if (str_starts(line + indent, "distract:")) {
        line += indent + strlen("distract:");
        line += *line == ' '; /* what follows is indented as it would stand among the others */
        list_add(&h->distract, &h->distract_count, line);
    } else if (line[indent]) {
        list_add(&h->lines, &h->line_count, line);
    }
}

/* "lock | ok = cups > 0 | distract: …" */
static void arrange_pieces(struct hint *h, const char *s)
{
    while (s) {
        const char *bar = strstr(s, " | ");
        char *piece = bar ? xstrndup(s, (size_t)(bar - s)) : xstrdup(s);
        arrange_line(h, str_trim(piece));
        free(piece);
        s = bar ? bar + 3 : NULL;
    }
}

static void begin_hint(struct reader *r, char *value)
{
    struct exercise *x = r->x;
    x->hints = xrealloc(x->hints, (x->hint_count + 1) * sizeof *x->hints);
    struct hint *h = &x->hints[x->hint_count++];
    *h = (struct hint){.text = xstrdup(value), .arrange = str_starts(value, "arrange:")};
    if (h->arrange)
        arrange_pieces(h, value + strlen("arrange:"));
}

static void continue_hint(struct reader *r, const char *line)
{
    struct hint *h = &r->x->hints[r->x->hint_count - 1];
    if (h->arrange) {
        arrange_line(h, line + 2);
        return;
    }
    if (strlen(h->text) > VALUE_BYTES)
        return;
    char *text = xasprintf("%s%s%s", h->text, *h->text ? " " : "", line + strspn(line, " "));
    free(h->text);
    h->text = text;
}

static void read_hint_line(struct reader *r, size_t index)
{
    const char *line = r->f->lines[index];
    size_t n = strspn(line, "0123456789");
    long number;
    char *digits = xstrndup(line, n);
    if (n && line[n] == ':' && scan_number(digits, 1, 9, &number) && r->x->hint_count < 9) {
        if ((size_t)number != r->x->hint_count + 1)
            problem_add(r->place.l, r->place.file, (int)index + 1, "hint %ld follows hint %zu",
                        number, r->x->hint_count);
        begin_hint(r, str_trim(r->f->lines[index] + n + 1));
    } else if (str_starts(line, "  ") && r->x->hint_count) {
        continue_hint(r, line);
    } else if (line[strspn(line, " ")]) {
        problem_add(r->place.l, r->place.file, (int)index + 1,
                    "a hint is '1: text', '2: text' or '3: text'");
    }
    free(digits);
}

/* The words of an arrangement: what is said where no lines can be moved. */
static void finish_hints(struct exercise *x)
{
    for (size_t i = 0; i < x->hint_count; i++) {
        struct hint *h = &x->hints[i];
        if (!h->arrange)
            continue;
        struct strbuf b = STRBUF_INIT;
        strbuf_addf(&b, "Put these lines in order%s.",
                    h->distract_count ? "; not all of them belong" : "");
        free(h->text);
        h->text = strbuf_take(&b);
    }
}

/* Returns the index of the line after the fence. */
static size_t read_hints(struct reader *r, size_t open)
{
    bool closed;
    size_t end = scan_fence_end(r->f, open, &closed);
    if (!closed)
        problem_add(r->place.l, r->place.file, (int)open + 1,
                    "the block 'hints' is not closed by three backticks");
    for (size_t i = open + 1; i < end; i++)
        read_hint_line(r, i);
    finish_hints(r->x);
    return closed ? end + 1 : end;
}

/* ---- exercise.md ---------------------------------------------------------------- */

static void read_body(struct reader *r, size_t start)
{
    struct strbuf statement = STRBUF_INIT;
    for (size_t i = start; i < r->f->count;) {
        const char *line = r->f->lines[i];
        char *word = xstrdup(str_starts(line, "```") ? line + 3 : "");
        if (strcmp(str_trim(word), "hints") == 0) {
            i = read_hints(r, i);
        } else {
            strbuf_addf(&statement, "%s\n", line);
            i++;
        }
        free(word);
    }
    char *text = strbuf_take(&statement);
    r->x->statement = xstrdup(str_trim(text));
    free(text);
}

static bool has_ending(const char *name) { return str_ends(name, ".c") || str_ends(name, ".h"); }

/* What the learner edits must be a file of the exercise's own folder. */
static void check_edit(struct loader *l, const char *file, struct exercise *x)
{
    if (x->edit && (strchr(x->edit, '/') || x->edit[0] == '.' || !has_ending(x->edit))) {
        problem_add(l, file, 0, "'edit: %s' is not a .c or .h file of this folder", x->edit);
        free(x->edit);
        x->edit = NULL;
    }
    if (!x->edit)
        x->edit = xasprintf("%s.c", x->name);
}

static void check_files(struct loader *l, const char *file, struct exercise *x)
{
    for (size_t i = 0; i < x->file_count; i++)
        if (strchr(x->files[i], '/') || x->files[i][0] == '.')
            problem_add(l, file, 0, "'files:' names '%s', which is not in this folder",
                        x->files[i]);
}

static void read_exercise(struct loader *l, struct exercise *x, const char *dir)
{
    char *file = path_join(dir, "exercise.md");
    struct scan_file *f = scan_load(l, file, LESSON_BYTES);
    if (f) {
        struct reader r = {{l, file, 0, dir}, f, x};
        size_t end, start = scan_front_matter(l, f, &end);
        if (end)
            fields_read(&r.place, f, 1, end, fields, COUNT(fields), x);
        read_body(&r, start);
    }
    check_edit(l, file, x);
    check_files(l, file, x);
    scan_free(f);
    free(file);
}

/* ---- the answers ---------------------------------------------------------------- */

static bool same_ending(const char *a, const char *b)
{
    const char *x = strrchr(a, '.'), *y = strrchr(b, '.');
    return x && y && strcmp(x, y) == 0;
}

static void load_mutants(struct loader *l, struct exercise *x)
{
    char *dir = xasprintf("tests/mutants/%s/%s", x->lesson, x->name),
         *path = path_join(l->course->root, dir);
    size_t count = 0;
    char **names = path_is_dir(path) ? dir_list(path, &count, NULL) : NULL;
    for (size_t i = 0; names && i < count && x->mutant_count < MUTANTS_MAX; i++) {
        if (!same_ending(names[i], x->edit) || names[i][0] == '.')
            continue;
        char *file = path_join(dir, names[i]), *absolute = path_join(path, names[i]);
        x->mutants = xrealloc(x->mutants, (x->mutant_count + 1) * sizeof *x->mutants);
        mutant_load(l, file, absolute, &x->mutants[x->mutant_count++]);
        free(file);
        free(absolute);
    }
    if (names)
        list_free(names, count);
    free(path);
    free(dir);
}

static void find_header(struct exercise *x)
{
    char *name = xasprintf("%s.h", x->name), *path = path_join(x->dir, name);
    if (path_is_file(path) && strcmp(name, x->edit) != 0)
        x->header = xstrdup(name);
    free(path);
    free(name);
}

void exercise_load(struct loader *l, const char *lesson, const char *name, struct exercise *x)
{
    char *dir = xasprintf("exercises/%s/%s", lesson, name);
    *x = (struct exercise){.id = xasprintf("%s/%s", lesson, name),
                           .name = xstrdup(name),
                           .lesson = xstrdup(lesson),
                           .dir = path_join(l->course->root, dir)};
    read_exercise(l, x, dir);
    if (!x->statement)
        x->statement = xstrdup("");
    if (!x->class_)
        x->class_ = xstrdup("X");
    for (char *s = x->starter_verdict; s && *s; s++)
        *s = (char)tolower((unsigned char)*s);
    x->solution =
        xasprintf("%s/solutions/%s/%s%s", l->course->root, lesson, name, strrchr(x->edit, '.'));
    find_header(x);
    load_mutants(l, x);
    free(dir);
}

static void hint_free(struct hint *h)
{
    free(h->text);
    list_free(h->lines, h->line_count);
    list_free(h->distract, h->distract_count);
}

void exercise_free(struct exercise *x)
{
    for (size_t i = 0; i < x->hint_count; i++)
        hint_free(&x->hints[i]);
    for (size_t i = 0; i < x->mutant_count; i++)
        mutant_free(&x->mutants[i]);
    fields_free(fields, COUNT(fields), x);
    free(x->hints);
    free(x->mutants);
    free(x->id);
    free(x->name);
    free(x->lesson);
    free(x->dir);
    free(x->header);
    free(x->statement);
    free(x->solution);
}

/* ---- arrangements --------------------------------------------------------------- */

static const char *arranged_line(const struct hint *h, size_t i)
{
    if (i < h->line_count)
        return h->lines[i];
    return i - h->line_count < h->distract_count ? h->distract[i - h->line_count] : NULL;
}

struct assembly {
    const struct hint *h;
    const size_t *order;
    size_t count;
    struct strbuf out;
    bool inside, found;
};

static void assemble_here(struct assembly *a, const char *mark)
{
    int indent = (int)strspn(mark, " \t");
    for (size_t i = 0; i < a->count; i++) {
        const char *line = arranged_line(a->h, a->order[i]);
        if (line)
            strbuf_addf(&a->out, "%.*s%s\n", indent, mark, line);
    }
}

static void assemble_line(struct assembly *a, const char *line, size_t n)
{
    char *copy = xstrndup(line, n);
    const char *name;
    size_t length;
    bool mark = region_comment(copy, &name, &length);
    if (mark && name && length == 7 && memcmp(name, "arrange", 7) == 0 && !a->found) {
        a->found = a->inside = true;
        assemble_here(a, copy);
    } else if (mark && !name && a->inside) {
        a->inside = false;
    } else if (!a->inside) {
        strbuf_addf(&a->out, "%s\n", copy);
    }
    free(copy);
}

char *exercise_arranged(const struct exercise *x, const struct hint *h, const size_t *order,
                        size_t count, struct err *e)
{
    struct assembly a = {h, order, count, STRBUF_INIT, false, false};
    char *path = path_join(x->dir, x->edit);
    char *text = h->arrange ? file_read(path, PROGRAM_BYTES, NULL, e) : NULL;
    if (!h->arrange)
        err_set(e, 0, "this hint has no lines to arrange");
    for (char *s = text; s && *s;) {
        size_t n = strcspn(s, "\n");
        assemble_line(&a, s, n);
        s += n + (s[n] == '\n');
    }
    if (text && (!a.found || a.inside)) {
        err_set(e, 0, "'%s' has no region 'arrange'", x->edit);
        a.found = false;
    }
    free(text);
    free(path);
    if (a.found)
        return strbuf_take(&a.out);
    strbuf_fini(&a.out);
    return NULL;
}
