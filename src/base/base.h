/* base: what every room needs and libc does not give: errors as data, growing
 * strings, whole-file reading and writing, paths.
 *
 * Nothing here prints. Memory that cannot be had ends the program (x-functions):
 * the app has nothing better to do, and the engine allocates before it runs
 * learner code.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- errors ---------------------------------------------------------- */

/* A failure in words a person can act on. `code` is an errno value or 0 where
 * none fits; `msg` is lower case, without a full stop, subject in quotes. */
struct err {
    int code;
    char msg[1024];
};

/* Fills `e` (which may be NULL) and returns false, so that a failing function
 * can end in `return err_set(e, ENOENT, "no file '%s'", path);`. */
bool err_set(struct err *e, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* ---- memory: never return NULL --------------------------------------- */

void *xmalloc(size_t size) __attribute__((returns_nonnull, malloc));
void *xcalloc(size_t count, size_t size) __attribute__((returns_nonnull, malloc));
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((returns_nonnull, malloc, nonnull));
char *xstrndup(const char *s, size_t n) __attribute__((returns_nonnull, malloc, nonnull));
/* printf into a fresh string; the caller frees it. */
char *xasprintf(const char *fmt, ...) __attribute__((returns_nonnull, format(printf, 1, 2)));

/* Makes room for one more element in a growing array: ARRAY_GROW(a, n, cap). */
#define ARRAY_GROW(array, count, cap)                                                              \
    do {                                                                                           \
        if ((count) == (cap)) {                                                                    \
            (cap) = (cap) ? (cap) * 2 : 8;                                                         \
            (array) = xrealloc((array), (cap) * sizeof *(array));                                  \
        }                                                                                          \
    } while (0)

/* ---- growing strings ------------------------------------------------- */

/* `s` is always a valid, NUL-terminated string, also before the first add.
 * Start with STRBUF_INIT; strbuf_fini frees; strbuf_take hands the string over. */
struct strbuf {
    char *s;
    size_t len, cap;
};
extern char strbuf_empty[];
#define STRBUF_INIT {strbuf_empty, 0, 0}

void strbuf_fini(struct strbuf *b);
void strbuf_reset(struct strbuf *b);
char *strbuf_take(struct strbuf *b); /* caller frees */
void strbuf_add(struct strbuf *b, const char *bytes, size_t n);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap);
void strbuf_pad(struct strbuf *b, size_t column, char c); /* pads with c up to `column` bytes */

/* ---- files and paths ------------------------------------------------- */

/* Reads a whole regular file. NULL with `e` filled when it is missing, a
 * directory, larger than `max` bytes, or unreadable. The result has a NUL after
 * its last byte; *ret_len (may be NULL) does not count it. Caller frees. */
char *file_read(const char *path, size_t max, size_t *ret_len, struct err *e);

/* Writes to a temporary file beside `path`, syncs, renames over it: a reader sees
 * the old bytes or the new ones, never a part. */
bool file_write_atomic(const char *path, const char *bytes, size_t len, struct err *e);
/* The same; without `sync` it lasts through the end of this process, but not through a power cut. */
bool file_replace(const char *path, const char *bytes, size_t len, bool sync, struct err *e);

bool path_is_file(const char *path);
bool path_is_dir(const char *path);
char *path_join(const char *a, const char *b);       /* caller frees */
char *path_dirname(const char *path);                /* caller frees; "." if there is none */
const char *path_basename(const char *path);         /* points into path */
bool dir_make_all(const char *path, struct err *e);  /* mkdir -p */
/* Names in a directory, sorted bytewise, without "." and "..". Caller frees each
 * name and the array. */
char **dir_list(const char *path, size_t *ret_count, struct err *e);

/* ---- small things ----------------------------------------------------- */

/* FNV-1a, 64 bit: for cache keys and tokens, not for security. */
uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed);
#define HASH_SEED UINT64_C(0xcbf29ce484222325)

/* True when the bytes are valid UTF-8 without NUL. */
bool utf8_valid(const char *s, size_t n);
/* The same for a file that was read from `path`; where not, `e` says in which line and what to do. */
bool text_valid(const char *path, const char *text, size_t n, struct err *e);
/* Decodes the first code point of `n` bytes and returns how many bytes it takes: 0 at the end, 1
 * with UTF8_BAD for a byte that is not UTF-8. A NUL byte is code point 0. */
size_t utf8_decode(const char *s, size_t n, uint32_t *ret_ch);
#define UTF8_BAD UINT32_C(0xffffffff)
/* Columns a code point takes on a terminal, in any locale: 0 for a combining mark, 2 for a wide
 * character, -1 for a control character. */
int utf8_columns(uint32_t ch);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
/* Cuts white space off both ends, in place; returns the first kept byte. */
char *str_trim(char *s);
/* Appends copies of the words between the blanks of `text` (NULL: none) to a list on the heap. */
void str_words(char ***list, size_t *count, const char *text);

#endif
