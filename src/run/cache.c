/* cache: objects by the content of all they were made from.
 *
 * KEY.o is an object; KEY.meta beside it lists what else went into it (headers with the hash of
 * their content), what the compiler said, and whether the text wants scanning. The meta file is
 * written last and by renaming, so an entry is there completely or not at all, and two
 * labs that make the same one do no harm.
 */
#include "run/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_HEADER    (8u << 20)
#define MANY_FILES    300
#define YOUNG_SECONDS 600
#define SOME_BUILDS   64

void cached_fini(struct cached *c)
{
    free(c->object);
    free(c->output);
    *c = (struct cached){0};
}

char *cache_scratch(const char *dir, const char *suffix)
{
    static unsigned count;
    return xasprintf("%s/tmp-%ld-%u%s", dir, (long)getpid(), count++, suffix);
}

static char *entry(const char *dir, uint64_t key, const char *suffix)
{
    return xasprintf("%s/%016llx%s", dir, (unsigned long long)key, suffix);
}

void cache_touch(const char *path) { utimensat(AT_FDCWD, path, NULL, 0); }

/* ---- looking up ----------------------------------------------------------- */

static bool header_unchanged(const char *path, uint64_t hash)
{
    size_t n;
    char *text = file_read(path, MAX_HEADER, &n, NULL);
    bool same = text && hash_bytes(text, n, HASH_SEED) == hash;
    free(text);
    return same;
}

/* "header HASH PATH" lines, "scan 0|1", then "output" and the rest of the file. */
static bool read_meta(char *text, struct cached *out)
{
    char *next;
    for (char *line = text; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        char *end;
        if (str_starts(line, "header ")) {
            uint64_t hash = strtoull(line + 7, &end, 16);
            if (*end != ' ' || !header_unchanged(end + 1, hash))
                return false;
        } else if (str_starts(line, "scan ")) {
            out->suspicious = line[5] == '1';
        } else if (strcmp(line, "output") == 0) {
            out->output = xstrdup(next ? next : "");
            return true;
        } else {
            return false;
        }
    }
    return false;
}

bool cache_lookup(const char *dir, uint64_t key, struct cached *out)
{
    char *meta = entry(dir, key, ".meta");
    char *text = file_read(meta, MAX_HEADER, NULL, NULL);
    *out = (struct cached){.object = entry(dir, key, ".o")};
    bool hit = text && path_is_file(out->object) && read_meta(text, out);
    if (hit) {
        cache_touch(meta);
        cache_touch(out->object);
    } else {
        cached_fini(out);
    }
    free(meta);
    free(text);
    return hit;
}

/* ---- storing ---------------------------------------------------------------- */

/* Cuts the next name out of "target: a.c my\ header.h \<newline> b.h"; NULL at the end. */
static char *next_dependency(char **at)
{
    char *p = *at, *to, *start;
    while (*p == ' ' || *p == '\n' || (*p == '\\' && p[1] == '\n'))
        p++;
    for (start = to = p; *p && *p != ' ' && *p != '\n'; p++) {
        if ((p[0] == '\\' && (p[1] == ' ' || p[1] == '#')) || (p[0] == '$' && p[1] == '$'))
            p++;
        *to++ = *p;
    }
    *at = *p ? p + 1 : p;
    *to = '\0';
    return to > start ? start : NULL;
}

static bool ours(const char *path, const char *trusted)
{
    size_t n = trusted ? strlen(trusted) : 0;
    return n && strncmp(path, trusted, n) == 0 && path[n] == '/';
}

/* False when a file cannot be read any more: then the object must not be kept. */
static bool note_header(const char *path, const char *trusted, struct strbuf *meta,
                        bool *suspicious)
{
    size_t n;
    char *text = file_read(path, MAX_HEADER, &n, NULL);
    if (!text)
        return false;
    strbuf_addf(meta, "header %016llx %s\n", (unsigned long long)hash_bytes(text, n, HASH_SEED),
                path);
    if (!ours(path, trusted))
        *suspicious |= scan_suspicious(text, n);
    free(text);
    return true;
}

static bool note_headers(const char *depfile, const char *trusted, struct strbuf *meta,
                         bool *suspicious)
{
    char *text = file_read(depfile, MAX_HEADER, NULL, NULL), *name;
    char *at = text ? strstr(text, ": ") : NULL;
    bool all = at != NULL;
    if (at)
        at += 2;
    while (all && (name = next_dependency(&at)))
        all = note_header(name, trusted, meta, suspicious);
    free(text);
    return all;
}

static bool keep(const char *dir, uint64_t key, const char *object, const struct strbuf *meta,
                 struct cached *out, struct err *e)
{
    char *path = entry(dir, key, ".meta");
    out->object = entry(dir, key, ".o");
    bool done = rename(object, out->object) == 0 ||
                err_set(e, errno, "cannot write '%s': %s", out->object, strerror(errno));
    done = done && file_write_atomic(path, meta->s, meta->len, e);
    free(path);
    return done;
}

bool cache_store(const char *dir, uint64_t key, const char *object, const char *depfile,
                 const char *trusted, const char *output, struct cached *out, struct err *e)
{
    struct strbuf meta = STRBUF_INIT;
    *out = (struct cached){.output = xstrdup(output)};
    /* What cannot be told is scanned, and looked at again next time. */
    if (!note_headers(depfile, trusted, &meta, &out->suspicious)) {
        out->suspicious = true;
        strbuf_adds(&meta, "header 0 /\n");
    }
    strbuf_addf(&meta, "scan %d\noutput\n%s", out->suspicious, output);
    bool kept = keep(dir, key, object, &meta, out, e);
    unlink(depfile);
    if (!kept) {
        unlink(object);
        cached_fini(out);
    }
    strbuf_fini(&meta);
    return kept;
}

/* ---- forgetting --------------------------------------------------------------- */

struct aged {
    char *path;
    time_t age;
};

static int oldest_first(const void *a, const void *b)
{
    const struct aged *x = a, *y = b;
    return (x->age < y->age) - (x->age > y->age);
}

static size_t read_ages(const char *dir, char **names, size_t n, struct aged *files)
{
    size_t count = 0;
    time_t now = time(NULL);
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        char *path = path_join(dir, names[i]);
        if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
            files[count++] = (struct aged){path, now - st.st_mtime};
        else
            free(path);
    }
    return count;
}

void cache_prune(const char *dir)
{
    static unsigned builds; /* whoever builds hundreds does not look through all files each time */
    size_t n = 0;
    if (builds++ % SOME_BUILDS)
        return;
    char **names = dir_list(dir, &n, NULL);
    if (n > MANY_FILES) {
        struct aged *files = xcalloc(n, sizeof *files);
        size_t count = read_ages(dir, names, n, files);
        qsort(files, count, sizeof *files, oldest_first);
        for (size_t i = 0; i < count; i++) {
            if (i < count / 2 && files[i].age > YOUNG_SECONDS)
                unlink(files[i].path);
            free(files[i].path);
        }
        free(files);
    }
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
}
