/* scan: files as lines, and "key: value" lines as fields of a struct.
 *
 * No grammar is needed beyond this: a line starts something or continues it.
 */
#include "course/internal.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- problems ------------------------------------------------------------------- */

static void problem_put(struct course *c, const char *file, int line, char *text)
{
    c->problems = xrealloc(c->problems, (c->problem_count + 1) * sizeof *c->problems);
    c->problems[c->problem_count++] = (struct problem){xstrdup(file), line, text};
}

void problem_add(struct loader *l, const char *file, int line, const char *fmt, ...)
{
    struct course *c = l->course;
    if (c->problem_count > PROBLEMS_MAX)
        return;
    if (c->problem_count == PROBLEMS_MAX) {
        problem_put(c, file, line, xstrdup("too many problems; the rest is not shown"));
        return;
    }
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    problem_put(c, file, line, strbuf_take(&b));
}

/* ---- files ---------------------------------------------------------------------- */

static void split_lines(struct scan_file *f, size_t len)
{
    size_t cap = 0;
    char *s = f->bytes, *end = f->bytes + len;
    while (s < end) {
        char *stop = memchr(s, '\n', (size_t)(end - s));
        if (!stop)
            stop = end;
        *stop = '\0';
        if (stop > s && stop[-1] == '\r')
            stop[-1] = '\0';
        ARRAY_GROW(f->lines, f->count, cap);
        f->lines[f->count++] = s;
        s = stop + 1;
    }
}

struct scan_file *scan_load(struct loader *l, const char *file, size_t max)
{
    struct err e = {0};
    char *path = path_join(l->course->root, file);
    size_t len = 0;
    char *bytes = file_read(path, max, &len, &e);
    free(path);
    if (!bytes && e.code == EFBIG)
        problem_add(l, file, 0, "is larger than %zu KiB", max >> 10);
    else if (!bytes && e.code == EISDIR)
        problem_add(l, file, 0, "is a directory, not a file");
    else if (!bytes)
        problem_add(l, file, 0, "cannot be read: %s", e.code ? strerror(e.code) : e.msg);
    if (!bytes)
        return NULL;
    if (!utf8_valid(bytes, len)) {
        problem_add(l, file, 0, "is not UTF-8 text");
        free(bytes);
        return NULL;
    }
    struct scan_file *f = xcalloc(1, sizeof *f);
    f->file = xstrdup(file);
    f->bytes = bytes;
    split_lines(f, len);
    return f;
}

void scan_free(struct scan_file *f)
{
    if (!f)
        return;
    free(f->file);
    free(f->bytes);
    free(f->lines);
    free(f);
}

const struct scan_file *scan_program(struct loader *l, const char *file)
{
    for (size_t i = 0; i < l->file_count; i++)
        if (strcmp(l->files[i]->file, file) == 0)
            return l->files[i];
    struct scan_file *f = scan_load(l, file, PROGRAM_BYTES);
    if (!f)
        return NULL;
    ARRAY_GROW(l->files, l->file_count, l->file_cap);
    return l->files[l->file_count++] = f;
}

void loader_forget(struct loader *l)
{
    for (size_t i = 0; i < l->file_count; i++)
        scan_free(l->files[i]);
    free(l->files);
    l->files = NULL;
    l->file_count = l->file_cap = 0;
}

/* ---- lines ---------------------------------------------------------------------- */

static bool key_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

bool scan_key(char *line, char **ret_key, char **ret_value)
{
    char *s = line;
    while (key_letter(*s))
        s++;
    if (s == line || *s != ':' || (s[1] != '\0' && s[1] != ' '))
        return false;
    *s = '\0';
    *ret_key = line;
    *ret_value = str_trim(s + 1);
    return true;
}

static bool fence_closes(const char *line)
{
    size_t n = strspn(line, "`");
    return n >= 3 && line[n + strspn(line + n, " ")] == '\0';
}

size_t scan_fence_end(const struct scan_file *f, size_t open, bool *ret_closed)
{
    size_t i = open + 1;
    while (i < f->count && !fence_closes(f->lines[i]) && !str_starts(f->lines[i], "## "))
        i++;
    *ret_closed = i < f->count && fence_closes(f->lines[i]);
    return i;
}

size_t scan_front_matter(struct loader *l, const struct scan_file *f, size_t *ret_end)
{
    if (f->count == 0 || strcmp(f->lines[0], "---") != 0) {
        problem_add(l, f->file, 1, "starts with front matter between two --- lines");
        *ret_end = 0;
        return 0;
    }
    for (size_t i = 1; i < f->count && i <= FRONT_MATTER; i++) {
        if (strcmp(f->lines[i], "---") == 0) {
            *ret_end = i;
            return i + 1;
        }
        if (f->lines[i][0] == '#')
            break;
    }
    problem_add(l, f->file, 1, "the front matter is not closed by a line ---");
    *ret_end = 0;
    return 1;
}

bool scan_number(const char *s, long min, long max, long *ret)
{
    char *end;
    errno = 0;
    long n = strtol(s, &end, 10);
    if (end == s || *end || errno || n < min || n > max || *s == ' ' || *s == '+')
        return false;
    *ret = n;
    return true;
}

/* ---- lists ---------------------------------------------------------------------- */

void list_add(char ***list, size_t *count, const char *s)
{
    /* Grows at powers of two; there is no room for a capacity in the public structs. */
    if ((*count & (*count - 1)) == 0)
        *list = xrealloc(*list, (*count ? *count * 2 : 1) * sizeof **list);
    (*list)[(*count)++] = xstrdup(s);
}

static void list_add_trimmed(char ***list, size_t *count, const char *s, size_t n)
{
    char *piece = xstrndup(s, n), *trimmed = str_trim(piece);
    if (*trimmed && *count < LIST_MAX)
        list_add(list, count, trimmed);
    free(piece);
}

void list_split(char ***list, size_t *count, const char *s, char separator)
{
    int depth = 0;
    const char *start = s;
    for (; *s; s++) {
        depth += (*s == '(') - (*s == ')');
        if (*s == separator && depth <= 0) {
            list_add_trimmed(list, count, start, (size_t)(s - start));
            start = s + 1;
        }
    }
    list_add_trimmed(list, count, start, (size_t)(s - start));
}

void list_free(char **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    free(list);
}

/* ---- fields --------------------------------------------------------------------- */

static void field_text(const struct field_place *p, const struct field *field, char **to,
                       char *value)
{
    if (*to) {
        problem_add(p->l, p->file, p->line, "'%s:' is there twice", field->key);
        return;
    }
    if (!*value)
        problem_add(p->l, p->file, p->line, "'%s:' is empty", field->key);
    *to = xstrdup(value);
}

static void field_number(const struct field_place *p, const struct field *field, int *to,
                         char *value)
{
    long n;
    if (scan_number(value, 0, 100000, &n))
        *to = (int)n;
    else
        problem_add(p->l, p->file, p->line, "'%s: %s' is not a number", field->key, value);
}

static void field_yes(const struct field_place *p, const struct field *field, bool *to, char *value)
{
    *to = strcmp(value, "yes") == 0;
    if (!*to && strcmp(value, "no") != 0)
        problem_add(p->l, p->file, p->line, "'%s:' is yes or no, not '%s'", field->key, value);
}

static size_t *field_count(const struct field *field, void *into)
{
    return (size_t *)(void *)((char *)into + field->count_at);
}

static void field_item(const struct field_place *p, const struct field *field, char ***to,
                       size_t *count, char *value)
{
    if (*count < LIST_MAX)
        list_add(to, count, value);
    else
        problem_add(p->l, p->file, p->line, "'%s:' is there more than %d times", field->key,
                    LIST_MAX);
}

static void field_set(const struct field_place *p, const struct field *field, void *into,
                      char *value)
{
    char *base = into;
    void *to = base + field->at;
    switch (field->type) {
    case FIELD_TEXT:
        field_text(p, field, to, value);
        break;
    case FIELD_LIST:
        list_split(to, field_count(field, into), value, ',');
        break;
    case FIELD_ITEM:
        field_item(p, field, to, field_count(field, into), value);
        break;
    case FIELD_NUMBER:
        field_number(p, field, to, value);
        break;
    case FIELD_YES:
        field_yes(p, field, to, value);
        break;
    case FIELD_OWN:
        field->read(p, into, value);
        break;
    }
}

static const struct field *field_find(const struct field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

static void field_line(const struct field_place *p, const char *line, const struct field *fields,
                       size_t count, void *into, uint64_t *seen)
{
    char *copy = xstrdup(line), *key, *value;
    const struct field *field = NULL;
    if (!scan_key(copy, &key, &value))
        problem_add(p->l, p->file, p->line, "expected 'key: value', found '%.60s'", copy);
    else if (!(field = field_find(fields, count, key)))
        problem_add(p->l, p->file, p->line, "there is no key '%s' here", key);
    if (field) {
        *seen |= UINT64_C(1) << (field - fields);
        field_set(p, field, into, value);
    }
    free(copy);
}

void fields_read(const struct field_place *place, const struct scan_file *f, size_t from, size_t to,
                 const struct field *fields, size_t count, void *into)
{
    struct field_place p = *place;
    uint64_t seen = 0;
    for (size_t i = from; i < to;) {
        struct strbuf line = STRBUF_INIT;
        p.line = (int)i + 1;
        strbuf_adds(&line, f->lines[i]);
        for (i++; i < to && str_starts(f->lines[i], "  "); i++)
            strbuf_addf(&line, " %s", f->lines[i] + strspn(f->lines[i], " "));
        if (line.s[strspn(line.s, " ")] != '\0')
            field_line(&p, line.s, fields, count, into, &seen);
        strbuf_fini(&line);
    }
    for (size_t k = 0; k < count; k++)
        if (fields[k].required && !(seen >> k & 1))
            problem_add(p.l, p.file, (int)from, "'%s:' is missing", fields[k].key);
}

void fields_free(const struct field *fields, size_t count, void *of)
{
    char *base = of;
    for (size_t k = 0; k < count; k++) {
        void *at = base + fields[k].at;
        if (fields[k].type == FIELD_TEXT)
            free(*(char **)at);
        else if (fields[k].type == FIELD_LIST || fields[k].type == FIELD_ITEM)
            list_free(*(char ***)at, *field_count(&fields[k], of));
    }
}
