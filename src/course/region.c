/* region: the lines of a real file between "region: name" and "endregion".
 *
 * Code in a lesson is never written in the lesson. Marks of regions and anchors at line ends are
 * for authors; they do not reach the learner.
 */
#include "course/internal.h"
#include "page/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a line says ----------------------------------------------------------- */

static const char *skip_blanks(const char *s) { return s + strspn(s, " \t"); }

static const char *comment_text(const char *line)
{
    const char *s = skip_blanks(line);
    if (str_starts(s, "//") || str_starts(s, "/*"))
        return skip_blanks(s + 2);
    return *s == '#' ? skip_blanks(s + 1) : NULL;
}

static size_t name_length(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '-' || s[n] == '_')
        n++;
    return n;
}

static bool comment_ends(const char *s)
{
    s = skip_blanks(s);
    return *s == '\0' || str_starts(s, "*/");
}

bool region_comment(const char *line, const char **ret_name, size_t *ret_length)
{
    const char *s = comment_text(line);
    *ret_name = NULL;
    *ret_length = 0;
    if (!s)
        return false;
    if (str_starts(s, "endregion")) {
        s += strlen("endregion");
        s = *s == ':' ? skip_blanks(s + 1) : skip_blanks(s);
        return comment_ends(s + name_length(s));
    }
    if (!str_starts(s, "region:"))
        return false;
    s = skip_blanks(s + strlen("region:"));
    *ret_length = name_length(s);
    *ret_name = s;
    return *ret_length > 0 && comment_ends(s + *ret_length);
}

/* Length of the line without a tag at its end; *ret_tag is the anchor or 0. */
static size_t cut_tag(const char *line, int *ret_tag)
{
    size_t n = strlen(line);
    *ret_tag = 0;
    size_t s = n;
    if (n > 2 && memcmp(line + n - 2, "*/", 2) == 0)
        s -= 2;
    while (s && line[s - 1] == ' ')
        s--;
    size_t digits = s;
    while (s && isdigit((unsigned char)line[s - 1]))
        s--;
    if (s == digits || digits - s > 4)
        return n;
    int tag = atoi(line + s);
    while (s && line[s - 1] == ' ')
        s--;
    if (s == 0 || line[--s] != '=')
        return n;
    bool block = digits < n && str_ends(line, "*/");
    const char *opening = block ? "/*" : "//";
    if (s >= 2 && memcmp(line + s - 2, opening, 2) == 0)
        s -= 2;
    else if (!block && s >= 1 && line[s - 1] == '#')
        s--;
    else
        return n;
    while (s && line[s - 1] == ' ')
        s--;
    *ret_tag = tag;
    return s;
}

void region_blank_marks(char *text)
{
    while (*text) {
        char *end = text + strcspn(text, "\n"), *next = end + (*end != '\0');
        const char *name;
        size_t length, from = 0;
        int tag;

        bool last = *end == '\0';
        *end = '\0';
        if (!region_comment(text, &name, &length))
            from = cut_tag(text, &tag);
        memset(text + from, ' ', (size_t)(end - text) - from);
        if (!last)
            *end = '\n';
        text = next;
    }
}

/* ---- collecting lines ----------------------------------------------------------- */

static void take_line(struct region *r, struct strbuf *text, const char *line, int number)
{
    int tag;
    size_t n = cut_tag(line, &tag), have = (size_t)r->line_count;
    if ((have & (have - 1)) == 0) {
        size_t cap = have ? have * 2 : 1;
        r->lines = xrealloc(r->lines, cap * sizeof *r->lines);
        r->tags = xrealloc(r->tags, cap * sizeof *r->tags);
    }
    if (have == 0)
        r->first_line = number;
    r->lines[have] = number;
    r->tags[have] = tag;
    r->line_count++;
    strbuf_add(text, line, n);
    strbuf_addc(text, '\n');
}

/* Where the region starts and ends (0-based, end excluded). */
static bool find_region(const struct scan_file *f, const char *name, size_t *ret_from,
                        size_t *ret_to)
{
    const char *found;
    size_t n, depth = 0, i = 0;
    for (; i < f->count; i++)
        if (region_comment(f->lines[i], &found, &n) && found && n == strlen(name) &&
            memcmp(found, name, n) == 0)
            break;
    *ret_from = i + 1;
    for (i++; i < f->count; i++) {
        if (!region_comment(f->lines[i], &found, &n))
            continue;
        if (!found && depth == 0)
            break;
        depth += found ? 1 : (size_t)-1;
    }
    *ret_to = i;
    return i < f->count;
}

static void collect(const struct field_place *p, const struct scan_file *f, struct region *r)
{
    size_t from = 0, to = f->count, n;
    const char *name;
    if (r->name && !find_region(f, r->name, &from, &to)) {
        problem_add(p->l, p->file, p->line, "'%s' has no %s '%s'", r->path,
                    from <= f->count ? "end of region" : "region", r->name);
        return;
    }
    struct strbuf text = STRBUF_INIT;
    size_t i = from;
    for (; i < to && r->line_count < REGION_LINES && text.len < REGION_BYTES; i++)
        if (!region_comment(f->lines[i], &name, &n))
            take_line(r, &text, f->lines[i], (int)i + 1);
    if (i < to)
        problem_add(p->l, p->file, p->line, "'%s' is too long to show: %d lines", r->path,
                    REGION_LINES);
    free(r->text);
    r->text = strbuf_take(&text);
}

char *program_path(const char *name)
{
    return xasprintf("%s%s", name, str_ends(name, ".c") ? "" : ".c");
}

bool path_is_inside(const char *path)
{
    if (*path == '\0' || *path == '/')
        return false;
    for (const char *s = path; *s;) {
        size_t n = strcspn(s, "/");
        if (n == 0 || (n == 1 && *s == '.') || (n == 2 && memcmp(s, "..", 2) == 0))
            return false;
        s += n + (s[n] == '/');
    }
    return true;
}

void region_load(const struct field_place *p, char *reference, struct region *r)
{
    char *hash = strchr(reference, '#');
    if (hash)
        *hash++ = '\0';
    region_free(r);
    r->path = xstrdup(str_trim(reference));
    r->name = hash && *hash ? xstrdup(str_trim(hash)) : NULL;
    r->text = xstrdup("");
    if (!path_is_inside(r->path)) {
        problem_add(p->l, p->file, p->line, "'%s' is not a path below the lesson's folder",
                    r->path);
        return;
    }
    char *file = path_join(p->dir, r->path);
    const struct scan_file *f = scan_program(p->l, file);
    if (f)
        collect(p, f, r);
    else
        problem_add(p->l, p->file, p->line, "'%s' cannot be shown", r->path);
    free(file);
}

void region_free(struct region *r)
{
    free(r->path);
    free(r->name);
    free(r->text);
    free(r->lines);
    free(r->tags);
    free(r->marks);
    *r = (struct region){0};
}

void region_marks(const struct field_place *p, struct region *r, char *value)
{
    char **list = NULL;
    size_t count = 0;
    long n;
    list_split(&list, &count, value, ',');
    r->marks = xrealloc(r->marks, (count + 1) * sizeof *r->marks);
    r->mark_count = 0;
    for (size_t i = 0; i < count; i++)
        if (scan_number(list[i], 1, 100000, &n))
            r->marks[r->mark_count++] = (int)n;
        else
            problem_add(p->l, p->file, p->line, "'mark: %s' is no line number", list[i]);
    list_free(list, count);
}

struct page_source region_source(const struct region *r, const char *label)
{
    return (struct page_source){.text = r->text,
                                .language = page_language(r->path),
                                .label = label,
                                .first_line = r->first_line,
                                .lines = r->lines,
                                .tags = r->tags,
                                .line_count = r->line_count,
                                .marks = r->marks,
                                .mark_count = r->mark_count};
}
