/* sources: see sources.h. Names are compared whole, then by their last part: a compiler may have
 * been given another way to the same file. */
#include "session/sources.h"

#include "course/course.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE_MAX (1 << 20)

static void cut_lines(struct source *f)
{
    size_t cap = 0;

    for (const char *p = f->text; p && *p;) {
        size_t n = (size_t)f->count;
        ARRAY_GROW(f->lines, n, cap);
        f->lines[f->count++] = p;
        p += strcspn(p, "\n");
        p += *p == '\n';
    }
}

void sources_add(struct sources *s, const char *path, char *text)
{
    ARRAY_GROW(s->list, s->count, s->cap);
    struct source *f = &s->list[s->count++];
    *f = (struct source){.path = xstrdup(path), .text = text};
    if (text)
        region_blank_marks(text);
    cut_lines(f);
}

static const struct source *look_up(const struct sources *s, const char *file)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->list[i].path, file) == 0)
            return &s->list[i];
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(path_basename(s->list[i].path), path_basename(file)) == 0)
            return &s->list[i];
    return NULL;
}

void sources_need(struct sources *s, const char *dir, const struct trace_place *at)
{
    if (!at->file || at->line <= 0 || look_up(s, at->file))
        return;
    char *path = *at->file == '/' || !dir ? xstrdup(at->file) : path_join(dir, at->file);
    sources_add(s, at->file, file_read(path, SOURCE_MAX, NULL, NULL));
    free(path);
}

void sources_need_state(struct sources *s, const char *dir, const struct trace_state *st)
{
    for (size_t i = 0; i < st->thread_count; i++) {
        const struct trace_thread *t = &st->threads[i];
        sources_need(s, dir, &t->at);
        for (size_t k = 0; k < t->stack_len; k++)
            sources_need(s, dir, &t->stack[k]);
    }
}

const struct source *sources_find(const struct sources *s, const struct trace_place *at)
{
    const struct source *f = at->file && at->line > 0 ? look_up(s, at->file) : NULL;

    return f && f->text && at->line <= f->count ? f : NULL;
}

const struct trace_place *sources_where(const struct sources *s, const struct trace_thread *t)
{
    if (sources_find(s, &t->at))
        return &t->at;
    for (size_t k = 0; k < t->stack_len; k++)
        if (sources_find(s, &t->stack[k]))
            return &t->stack[k];
    return NULL;
}

void sources_fini(struct sources *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->list[i].path);
        free(s->list[i].text);
        free(s->list[i].lines);
    }
    free(s->list);
    *s = (struct sources){0};
}
