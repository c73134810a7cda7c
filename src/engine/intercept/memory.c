/* memory: malloc and friends, and the string functions: the bytes they touch are looked at, then
 * libc does the work. */
#include "engine/engine.h"

#include <errno.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)
#define PC CALLER
#define ENTER_HEAP(pc)                                                                             \
    do {                                                                                           \
        ENTER(pc);                                                                                 \
        process_check_safe("malloc, or what belongs to it,", pc);                                  \
    } while (0)

static void *no_memory(void)
{
    learner_errno(ENOMEM);
    return NULL;
}

DECLARE(void *, __wrap_malloc, size_t n)
{
    ENTER_HEAP(PC);
    void *p = heap_alloc(n, 16, false, PC);
    return p ? p : no_memory();
}
DECLARE(void *, __wrap_calloc, size_t n, size_t size)
{
    ENTER_HEAP(PC);
    void *p = size && n > SIZE_MAX / size ? NULL : heap_alloc(n * size, 16, true, PC);
    return p ? p : no_memory();
}
DECLARE(void *, __wrap_realloc, void *p, size_t n)
{
    ENTER_HEAP(PC);
    void *q = heap_resize(p, n, PC);
    return q ? q : no_memory();
}
DECLARE(void, __wrap_free, void *p) { ENTER_HEAP(PC); heap_free(p, PC); }
DECLARE(int, __wrap_posix_memalign, void **out, size_t align, size_t n)
{
    ENTER_HEAP(PC);
    if (align < sizeof(void *) || (align & (align - 1)) || align > 4096)
        return EINVAL;
    void *p = heap_alloc(n, align < 16 ? 16 : align, false, PC);
    if (!p)
        return ENOMEM;
    access_range(out, sizeof *out, true, PC);
    *out = p;
    return 0;
}

DECLARE(void *, __wrap_reallocarray, void *p, size_t n, size_t size)
{
    ENTER_HEAP(PC);
    void *q = size && n > SIZE_MAX / size ? NULL : heap_resize(p, n * size, PC);
    return q ? q : no_memory();
}
static void *aligned(size_t align, size_t n, uint64_t pc)
{
    bool good = align && !(align & (align - 1)) && align <= 4096;
    if (!good) {
        learner_errno(EINVAL);
        return NULL;
    }
    void *p = heap_alloc(n, align < 16 ? 16 : align, false, pc);
    return p ? p : no_memory();
}
DECLARE(void *, __wrap_aligned_alloc, size_t align, size_t n) { ENTER_HEAP(PC); return aligned(align, n, PC); }
DECLARE(void *, __wrap_memalign, size_t align, size_t n) { ENTER_HEAP(PC); return aligned(align, n, PC); }
DECLARE(void *, __wrap_valloc, size_t n) { ENTER_HEAP(PC); return aligned(4096, n, PC); }
DECLARE(size_t, __wrap_malloc_usable_size, void *p)
{
    ENTER_HEAP(PC);
    const struct block *b = p ? heap_find(p) : NULL;
    return b && b->addr == p && !b->freed ? b->size : 0;
}

static char *duplicate(const char *s, size_t max, uint64_t pc)
{
    size_t n = access_string(s, max, pc);
    char *p = heap_alloc(n + 1, 16, false, pc);
    if (!p)
        return no_memory();
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}
DECLARE(char *, __wrap_strdup, const char *s) { ENTER_HEAP(PC); return duplicate(s, ANY_LENGTH, PC); }
DECLARE(char *, __wrap_strndup, const char *s, size_t n) { ENTER_HEAP(PC); return duplicate(s, n, PC); }

DECLARE(void *, __wrap_memcpy, void *to, const void *from, size_t n)
{
    ENTER(PC);
    access_range(from, n, false, PC);
    access_range(to, n, true, PC);
    return memcpy(to, from, n);
}
DECLARE(void *, __wrap_memmove, void *to, const void *from, size_t n)
{
    ENTER(PC);
    access_range(from, n, false, PC);
    access_range(to, n, true, PC);
    return memmove(to, from, n);
}
DECLARE(void *, __wrap_memset, void *to, int c, size_t n)
{
    ENTER(PC);
    access_range(to, n, true, PC);
    return memset(to, c, n);
}
DECLARE(int, __wrap_memcmp, const void *a, const void *b, size_t n)
{
    ENTER(PC);
    access_range(a, n, false, PC);
    access_range(b, n, false, PC);
    return memcmp(a, b, n);
}
DECLARE(void *, __wrap_memchr, const void *a, int c, size_t n)
{
    ENTER(PC);
    access_range(a, n, false, PC);
    return memchr(a, c, n);
}

DECLARE(size_t, __wrap_strlen, const char *s) { ENTER(PC); return access_string(s, ANY_LENGTH, PC); }
DECLARE(size_t, __wrap_strnlen, const char *s, size_t n) { ENTER(PC); return access_string(s, n, PC); }
DECLARE(char *, __wrap_strcpy, char *to, const char *from)
{
    ENTER(PC);
    size_t n = access_string(from, ANY_LENGTH, PC);
    access_range(to, n + 1, true, PC);
    return strcpy(to, from);
}
DECLARE(char *, __wrap_strncpy, char *to, const char *from, size_t n)
{
    ENTER(PC);
    access_string(from, n, PC);
    access_range(to, n, true, PC);
    size_t len = strnlen(from, n);
    memcpy(to, from, len);
    memset(to + len, 0, n - len);
    return to;
}
DECLARE(char *, __wrap_strcat, char *to, const char *from)
{
    ENTER(PC);
    size_t at = access_string(to, ANY_LENGTH, PC), n = access_string(from, ANY_LENGTH, PC);
    access_range(to + at, n + 1, true, PC);
    return strcat(to, from);
}
DECLARE(char *, __wrap_strncat, char *to, const char *from, size_t max)
{
    ENTER(PC);
    size_t at = access_string(to, ANY_LENGTH, PC), n = access_string(from, max, PC);
    access_range(to + at, n + 1, true, PC);
    return strncat(to, from, max);
}

static void both(const char *a, const char *b, size_t max, uint64_t pc)
{
    access_string(a, max, pc);
    access_string(b, max, pc);
}
DECLARE(int, __wrap_strcmp, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strcmp(a, b); }
DECLARE(int, __wrap_strncmp, const char *a, const char *b, size_t n) { ENTER(PC); both(a, b, n, PC); return strncmp(a, b, n); }
DECLARE(int, __wrap_strcasecmp, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strcasecmp(a, b); }
DECLARE(int, __wrap_strncasecmp, const char *a, const char *b, size_t n) { ENTER(PC); both(a, b, n, PC); return strncasecmp(a, b, n); }
DECLARE(char *, __wrap_strchr, const char *s, int c) { ENTER(PC); access_string(s, ANY_LENGTH, PC); return strchr(s, c); }
DECLARE(char *, __wrap_strrchr, const char *s, int c) { ENTER(PC); access_string(s, ANY_LENGTH, PC); return strrchr(s, c); }
DECLARE(char *, __wrap_strstr, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strstr(a, b); }
DECLARE(size_t, __wrap_strspn, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strspn(a, b); }
DECLARE(size_t, __wrap_strcspn, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strcspn(a, b); }
DECLARE(char *, __wrap_strpbrk, const char *a, const char *b) { ENTER(PC); both(a, b, ANY_LENGTH, PC); return strpbrk(a, b); }

/* qsort calls back into learner code. */
static void swap(char *a, char *b, size_t size)
{
    for (; size--; a++, b++) {
        char t = *a;
        *a = *b;
        *b = t;
    }
}
DECLARE(void, __wrap_qsort_r, void *base, size_t n, size_t size, int (*compare)(const void *, const void *, void *), void *with)
{
    ENTER(PC);
    char *a = base;
    access_range(base, n * size, true, PC);
    for (size_t gap = n / 2; gap; gap /= 2) /* Shell's sort: deterministic, no memory */
        for (size_t i = gap; i < n; i++)
            for (size_t k = i; k >= gap && compare(a + (k - gap) * size, a + k * size, with) > 0; k -= gap)
                swap(a + (k - gap) * size, a + k * size, size);
}
DECLARE(void, __wrap_qsort, void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    ENTER(PC);
    char *a = base;
    access_range(base, n * size, true, PC);
    for (size_t gap = n / 2; gap; gap /= 2)
        for (size_t i = gap; i < n; i++)
            for (size_t k = i; k >= gap && compare(a + (k - gap) * size, a + k * size) > 0; k -= gap)
                swap(a + (k - gap) * size, a + k * size, size);
}
DECLARE(void *, __wrap_bsearch, const void *key, const void *base, size_t n, size_t size,
        int (*compare)(const void *, const void *))
{
    ENTER(PC);
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const char *at = (const char *)base + mid * size;
        int c = compare(key, at);
        if (c == 0)
            return (void *)(uintptr_t)at;
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}
