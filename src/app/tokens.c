/* tokens: one small file a token, named after its hash; the oldest go when there are many. */
#include "app/tokens.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEEP = 2000, MAX_BYTES = 1 << 16 };

void token_origin_fini(struct token_origin *o)
{
    free(o->file);
    free(o->exercise);
    free(o->races);
    free(o->args);
    for (size_t i = 0; i < o->cflag_count; i++)
        free(o->cflags[i]);
    free(o->cflags);
    *o = (struct token_origin){0};
}

static char *path_of(const char *cache, const char *token)
{
    return xasprintf("%s/tokens/%016" PRIx64, cache, hash_bytes(token, strlen(token), HASH_SEED));
}

static bool one_line(const char *s) { return !strchr(s, '\n'); }

struct aged {
    char *path;
    time_t t;
};

static int older_first(const void *a, const void *b)
{
    const struct aged *x = a, *y = b;
    return (x->t > y->t) - (x->t < y->t);
}

static void sweep(const char *cache)
{
    char *dir = path_join(cache, "tokens");
    size_t n = 0;
    char **names = dir_list(dir, &n, NULL);
    struct aged *files = xcalloc(n, sizeof *files);
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        files[i].path = path_join(dir, names[i]);
        files[i].t = stat(files[i].path, &st) == 0 ? st.st_mtime : 0;
        free(names[i]);
    }
    if (n > KEEP)
        qsort(files, n, sizeof *files, older_first);
    for (size_t i = 0; i < n; i++) {
        if (n > KEEP && i < n - KEEP / 2)
            unlink(files[i].path);
        free(files[i].path);
    }
    free(files);
    free(names);
    free(dir);
}

void tokens_remember(const char *cache, const char *token, const struct token_origin *o)
{
    struct strbuf b = STRBUF_INIT;
    bool writable = one_line(o->file);
    strbuf_addf(&b, "token %s\nfile %s\n", token, o->file);
    if (o->exercise)
        strbuf_addf(&b, "exercise %s\n", o->exercise);
    if (o->races)
        strbuf_addf(&b, "races %s\n", o->races);
    for (size_t i = 0; i < o->cflag_count; i++) {
        strbuf_addf(&b, "flag %s\n", o->cflags[i]);
        writable = writable && one_line(o->cflags[i]);
    }
    if (o->args) {
        strbuf_addf(&b, "args %s\n", o->args);
        writable = writable && one_line(o->args);
    }
    char *path = path_of(cache, token), *dir = path_dirname(path);
    if (writable && dir_make_all(dir, NULL) && file_write_atomic(path, b.s, b.len, NULL))
        sweep(cache);
    free(dir);
    free(path);
    strbuf_fini(&b);
}

void tokens_remember_drive(const char *cache, const char *token, const struct target *t)
{
    struct token_origin o = {.file = t->file,
                             .exercise = t->exercise ? t->exercise->id : NULL,
                             .races = (char *)"ignore",
                             .args = t->args};
    if (t->file && strchr(token, '@'))
        tokens_remember(cache, token, &o);
}

static void take_line(struct token_origin *o, char *line)
{
    char *value = strchr(line, ' ');
    if (!value)
        return;
    *value++ = '\0';
    if (strcmp(line, "file") == 0 && !o->file)
        o->file = xstrdup(value);
    else if (strcmp(line, "exercise") == 0 && !o->exercise)
        o->exercise = xstrdup(value);
    else if (strcmp(line, "races") == 0 && !o->races)
        o->races = xstrdup(value);
    else if (strcmp(line, "args") == 0 && !o->args)
        o->args = xstrdup(value);
    else if (strcmp(line, "flag") == 0) {
        o->cflags = xrealloc(o->cflags, (o->cflag_count + 1) * sizeof *o->cflags);
        o->cflags[o->cflag_count++] = xstrdup(value);
    }
}

bool tokens_find(const char *cache, const char *token, struct token_origin *out)
{
    char *path = path_of(cache, token), *text = file_read(path, MAX_BYTES, NULL, NULL),
         *save = NULL;
    *out = (struct token_origin){0};
    char *line = text ? strtok_r(text, "\n", &save) : NULL;
    bool ours = line && str_starts(line, "token ") && strcmp(line + 6, token) == 0;
    while (ours && (line = strtok_r(NULL, "\n", &save)))
        take_line(out, line);
    free(text);
    free(path);
    if (ours && out->file)
        return true;
    token_origin_fini(out);
    return false;
}
