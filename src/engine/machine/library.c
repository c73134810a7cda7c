/* library: what the C library keeps for a whole program, and all its threads share: where strtok is, the
 * time that localtime points to, named semaphores, the lock of stdout.
 *
 * It lies in memory with a shadow, so two threads that call strtok at the same time race there like
 * anywhere else. A new run finds it empty.
 */
#include "engine/engine.h"

#include <string.h>

static const struct { size_t at, size; const char *name; } parts[] = {
    [LIBRARY_STRTOK] = {0, 8, "the place where strtok goes on"},
    [LIBRARY_TM] = {64, 64, "the time that localtime and gmtime point to"},
    [LIBRARY_TIME_TEXT] = {128, 64, "the text that ctime and asctime point to"},
    [LIBRARY_ADDRESS_TEXT] = {192, 64, "the text that inet_ntoa points to"},
    [LIBRARY_ERROR_TEXT] = {256, 128, "the text that strerror points to"},
    [LIBRARY_LOCALE] = {384, 8, "the name of the locale"},
    [LIBRARY_STDOUT] = {512, 64, "stdout"},
    [LIBRARY_SIGNALS] = {1024, 8 * MAX_THREADS, "the signals of a thread"},
    [LIBRARY_SEM_NAMES] = {2048, 64, "the names of semaphores"},
    [LIBRARY_SEMS] = {4096, 32 * NAMED_SEMS, NULL},
};

static bool used; /* in this run; else it is empty */

static char *start(void) { return engine.tls_area + (size_t)MAX_THREADS * TLS_SLOT; }

void *library_place(enum library_part part) { return start() + parts[part].at; }

void *library_memory(enum library_part part)
{
    used = true;
    return library_place(part);
}

bool library_used(void) { return used; }

/* Named semaphores and signals are not in a digest at all, see run.undigested. */
void library_digest(struct digest *out)
{
    if (used)
        digest_bytes(out, start(), parts[LIBRARY_STDOUT].at);
}

void library_reset(void)
{
    if (used)
        memset(start(), 0, parts[LIBRARY_SEMS].at);
    used = false;
}

bool library_owns(const void *addr)
{
    const char *a = addr;
    return a >= start() && a < start() + TLS_SLOT;
}

struct trace_ref library_ref(const void *addr)
{
    size_t at = (size_t)((const char *)addr - start());
    struct trace_ref r = {.kind = REF_LIBRARY, .offset = (int64_t)at};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (at >= parts[i].at && at < parts[i].at + parts[i].size)
            r.name = parts[i].name ? xstrdup(parts[i].name) : sem_name(addr);
    return r;
}
