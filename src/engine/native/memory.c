/* memory: malloc and friends, counted while a scenario asks for lab_heap_live.
 *
 * A demo pays nothing: outside scenarios each call is libc's. Inside one, live blocks stand in a hash
 * table with the size that was asked for (not what malloc rounded it to), under one mutex: native
 * scenarios are for correctness, not for speed.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct block {
    void *at; /* NULL: free slot */
    size_t size;
};
static struct block *table;
static size_t slots, used, live_bytes;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

/* The slot of `at`, or the free one where it would go. Slots are a power of two, never full. */
static struct block *slot_of(struct block *t, size_t n, const void *at)
{
    size_t i = (size_t)(((uintptr_t)at >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (n - 1);
    while (t[i].at && t[i].at != at)
        i = (i + 1) & (n - 1);
    return &t[i];
}

static bool table_grow(void)
{
    size_t n = slots ? slots * 2 : 1024;
    struct block *bigger = calloc(n, sizeof *bigger);
    if (!bigger)
        return false;
    for (size_t i = 0; i < slots; i++)
        if (table[i].at)
            *slot_of(bigger, n, table[i].at) = table[i];
    free(table);
    table = bigger;
    slots = n;
    return true;
}

static void *block_add(void *at, size_t size)
{
    if (!at || !scenario_running())
        return at;
    pthread_mutex_lock(&table_lock);
    if (used * 2 < slots || table_grow()) {
        *slot_of(table, slots, at) = (struct block){at, size};
        used++;
        live_bytes += size;
    }
    pthread_mutex_unlock(&table_lock);
    return at;
}

/* Takes the block out and closes the gap, so that searches never stop too early. */
static void slot_remove(struct block *b)
{
    live_bytes -= b->size;
    used--;
    b->at = NULL;
    for (size_t i = (size_t)(b - table + 1) & (slots - 1); table[i].at; i = (i + 1) & (slots - 1)) {
        struct block moved = table[i];
        table[i].at = NULL;
        *slot_of(table, slots, moved.at) = moved;
    }
}

static void block_remove(void *at)
{
    if (!at || !scenario_running())
        return;
    pthread_mutex_lock(&table_lock);
    struct block *b = slots ? slot_of(table, slots, at) : NULL;
    if (b && b->at)
        slot_remove(b);
    pthread_mutex_unlock(&table_lock);
}

void memory_hold(bool hold)
{
    if (hold)
        pthread_mutex_lock(&table_lock);
    else
        pthread_mutex_unlock(&table_lock);
}

EXPORT size_t __wrap_lab_heap_live(void)
{
    pthread_mutex_lock(&table_lock);
    size_t n = live_bytes;
    pthread_mutex_unlock(&table_lock);
    return n;
}

/* ---- the calls ------------------------------------------------------------------- */

EXPORT void *__wrap_malloc(size_t size) { return block_add(malloc(size), size); }

EXPORT void *__wrap_calloc(size_t count, size_t size) { return block_add(calloc(count, size), count * size); }

EXPORT void __wrap_free(void *at)
{
    block_remove(at); /* first: another thread may get the same address at once */
    free(at);
}

EXPORT void *__wrap_realloc(void *at, size_t size)
{
    if (!scenario_running())
        return realloc(at, size);
    void *bigger = malloc(size);
    if (!bigger)
        return NULL;
    if (at) {
        pthread_mutex_lock(&table_lock);
        struct block *b = slots ? slot_of(table, slots, at) : NULL;
        size_t old = b && b->at ? b->size : 0;
        pthread_mutex_unlock(&table_lock);
        memcpy(bigger, at, old < size ? old : size);
        __wrap_free(at);
    }
    return block_add(bigger, size);
}

EXPORT void *__wrap_aligned_alloc(size_t align, size_t size) { return block_add(aligned_alloc(align, size), size); }

EXPORT int __wrap_posix_memalign(void **ret, size_t align, size_t size)
{
    int error = posix_memalign(ret, align, size);
    if (!error)
        block_add(*ret, size);
    return error;
}

EXPORT char *__wrap_strdup(const char *s) { return block_add(strdup(s), strlen(s) + 1); }

EXPORT char *__wrap_strndup(const char *s, size_t n) { return block_add(strndup(s, n), strnlen(s, n) + 1); }
