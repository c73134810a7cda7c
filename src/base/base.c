/* base: see base.h. One file, because each function is small and stands alone. */
#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool err_set(struct err *e, int code, const char *fmt, ...)
{
    if (e) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(e->msg, sizeof e->msg, fmt, ap);
        va_end(ap);
        e->code = code;
    }
    return false;
}

static void *checked(void *p)
{
    if (!p) {
        static const char text[] = "threadmill: out of memory\n";
        ssize_t ignored = write(2, text, sizeof text - 1);
        (void)ignored;
        abort();
    }
    return p;
}

void *xmalloc(size_t size) { return checked(malloc(size ? size : 1)); }
void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}
void *xrealloc(void *old, size_t size) { return checked(realloc(old, size ? size : 1)); }
char *xstrdup(const char *s) { return checked(strdup(s)); }
char *xstrndup(const char *s, size_t n) { return checked(strndup(s, n)); }

char *xasprintf(const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    return strbuf_take(&b);
}

/* ---- growing strings ------------------------------------------------- */

char strbuf_empty[1] = "";

static void reserve(struct strbuf *b, size_t extra)
{
    if (b->cap - b->len > extra && b->s != strbuf_empty)
        return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap - b->len <= extra)
        cap *= 2;
    b->s = b->s == strbuf_empty ? xmalloc(cap) : xrealloc(b->s, cap);
    b->s[b->len] = '\0';
    b->cap = cap;
}

void strbuf_fini(struct strbuf *b)
{
    if (b->s != strbuf_empty)
        free(b->s);
    *b = (struct strbuf)STRBUF_INIT;
}

void strbuf_reset(struct strbuf *b)
{
    b->len = 0;
    if (b->s != strbuf_empty)
        b->s[0] = '\0';
}

char *strbuf_take(struct strbuf *b)
{
    char *s = b->s == strbuf_empty ? xstrdup("") : b->s;
    *b = (struct strbuf)STRBUF_INIT;
    return s;
}

void strbuf_add(struct strbuf *b, const char *bytes, size_t n)
{
    if (!n)
        return;
    reserve(b, n);
    memcpy(b->s + b->len, bytes, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void strbuf_adds(struct strbuf *b, const char *s) { strbuf_add(b, s, strlen(s)); }
void strbuf_addc(struct strbuf *b, char c) { strbuf_add(b, &c, 1); }

void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        reserve(b, (size_t)n);
        vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(b, fmt, ap);
    va_end(ap);
}

void strbuf_pad(struct strbuf *b, size_t column, char c)
{
    while (b->len < column)
        strbuf_addc(b, c);
}

/* ---- files and paths ------------------------------------------------- */

static char *read_all(int fd, const char *path, size_t max, size_t *ret_len, struct err *e)
{
    struct strbuf b = STRBUF_INIT;
    char chunk[16384];
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err_set(e, errno, "cannot read '%s': %s", path, strerror(errno));
            strbuf_fini(&b);
            return NULL;
        }
        if (b.len + (size_t)n > max) {
            err_set(e, EFBIG, "'%s' is larger than %zu bytes", path, max);
            strbuf_fini(&b);
            return NULL;
        }
        strbuf_add(&b, chunk, (size_t)n);
    }
    if (ret_len)
        *ret_len = b.len;
    return strbuf_take(&b);
}

char *file_read(const char *path, size_t max, size_t *ret_len, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        err_set(e, errno, "cannot open '%s': %s", path, strerror(errno));
        return NULL;
    }
    struct stat st;
    char *text = NULL;
    if (fstat(fd, &st) != 0)
        err_set(e, errno, "cannot read '%s': %s", path, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        err_set(e, EISDIR, "'%s' is a directory, not a file", path);
    else if (!S_ISREG(st.st_mode))
        err_set(e, EINVAL, "'%s' is not a regular file", path);
    else
        text = read_all(fd, path, max, ret_len, e);
    close(fd);
    return text;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* A new file beside `path` with these bytes; its name, or NULL. */
static char *stage(const char *path, const char *bytes, size_t len, bool sync, struct err *e)
{
    char *tmp = xasprintf("%s.XXXXXX", path);
    int fd = mkstemp(tmp), saved = errno;
    mode_t mask = umask(0);
    umask(mask);
    bool ok = fd >= 0 && write_all(fd, bytes, len) && fchmod(fd, 0666 & ~mask) == 0 &&
              (!sync || fsync(fd) == 0);
    saved = fd >= 0 ? errno : saved;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        saved = errno;
    }
    if (ok)
        return tmp;
    if (fd >= 0)
        unlink(tmp);
    err_set(e, saved, "cannot write '%s': %s", path, strerror(saved));
    free(tmp);
    return NULL;
}

bool file_replace(const char *path, const char *bytes, size_t len, bool sync, struct err *e)
{
    char *tmp = stage(path, bytes, len, sync, e);
    if (!tmp)
        return false;
    bool ok = rename(tmp, path) == 0;
    if (!ok) {
        err_set(e, errno, "cannot write '%s': %s", path, strerror(errno));
        unlink(tmp);
    }
    free(tmp);
    return ok;
}

bool file_write_atomic(const char *path, const char *bytes, size_t len, struct err *e)
{
    return file_replace(path, bytes, len, true, e);
}

bool path_is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool path_is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *path_join(const char *a, const char *b)
{
    size_t n = strlen(a);
    return xasprintf("%s%s%s", a, n && a[n - 1] != '/' ? "/" : "", b);
}

char *path_dirname(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

const char *path_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool dir_make_all(const char *path, struct err *e)
{
    char *p = xstrdup(path);
    bool ok = true;
    for (char *s = p + 1; ok; s++) {
        if (*s != '/' && *s != '\0')
            continue;
        char was = *s;
        *s = '\0';
        if (mkdir(p, 0777) != 0 && !(errno == EEXIST && path_is_dir(p)))
            ok = err_set(e, errno, "cannot make directory '%s': %s", p, strerror(errno));
        *s = was;
        if (was == '\0')
            break;
    }
    free(p);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **dir_list(const char *path, size_t *ret_count, struct err *e)
{
    DIR *d = opendir(path);
    if (!d) {
        err_set(e, errno, "cannot open directory '%s': %s", path, strerror(errno));
        return NULL;
    }
    char **names = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *ent; (ent = readdir(d));) {
        if (strcmp(ent->d_name, ".") == 0 || strcmp(ent->d_name, "..") == 0)
            continue;
        ARRAY_GROW(names, n, cap);
        names[n++] = xstrdup(ent->d_name);
    }
    closedir(d);
    if (!names)
        names = xmalloc(sizeof *names);
    qsort(names, n, sizeof *names, by_name);
    *ret_count = n;
    return names;
}

/* ---- small things ----------------------------------------------------- */

uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        seed = (seed ^ p[i]) * UINT64_C(0x100000001b3);
    return seed;
}

static size_t utf8_length(unsigned char c)
{
    return c < 0x80                ? 1
           : c >= 0xc2 && c < 0xe0 ? 2
           : c >= 0xe0 && c < 0xf0 ? 3
           : c >= 0xf0 && c < 0xf5 ? 4
                                   : 0;
}

bool utf8_valid(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    for (size_t i = 0; i < n;) {
        size_t len = utf8_length(p[i]);
        if (p[i] == 0 || len == 0 || i + len > n)
            return false;
        for (size_t k = 1; k < len; k++)
            if ((p[i + k] & 0xc0) != 0x80)
                return false;
        if ((p[i] == 0xe0 && p[i + 1] < 0xa0) || (p[i] == 0xed && p[i + 1] > 0x9f) ||
            (p[i] == 0xf0 && p[i + 1] < 0x90) || (p[i] == 0xf4 && p[i + 1] > 0x8f))
            return false;
        i += len;
    }
    return true;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

char *str_trim(char *s)
{
    while (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
        s++;
    size_t n = strlen(s);
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t' || s[n - 1] == '\n' || s[n - 1] == '\r'))
        s[--n] = '\0';
    return s;
}

void str_words(char ***list, size_t *count, const char *text)
{
    for (const char *w = text ? text : ""; *(w += strspn(w, " "));) {
        size_t n = strcspn(w, " ");
        *list = xrealloc(*list, (*count + 1) * sizeof **list);
        (*list)[(*count)++] = xstrndup(w, n);
        w += n;
    }
}
