/* file: what descriptors stand for. Files and streams lie in two arrays that a new run begins anew, so an
 * address says how many were made before, and nothing is used twice within a run.
 *
 * Whoever changes a file tells those who watch it (file_changed), as the system's wait queues do; that order of
 * telling is the order in which epoll reports.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FILES_MAX 65536 /* in one run */

static struct file *files;
static struct stream *streams;
static size_t file_count, stream_count;

static void *reserve(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static void need_room(void)
{
    if (!files)
        files = reserve(FILES_MAX * sizeof *files);
    if (!streams)
        streams = reserve(FILES_MAX * sizeof *streams);
    if (!files || !streams || file_count == FILES_MAX || stream_count == FILES_MAX)
        fail(.reason = REASON_LIMIT, .detail = "more than 65536 files in one run");
}

void files_reset(void) { file_count = stream_count = 0; }

struct file *file_new(const struct file_kind *kind)
{
    need_room();
    struct file *f = &files[file_count++];
    memset(f, 0, sizeof *f);
    f->kind = kind;
    f->noun = kind->noun;
    f->number = kernel_number();
    f->fd = -1;
    f->due = NEVER;
    return f;
}

/* Its bytes stay for the next run's stream of the same place. */
struct stream *stream_new(void)
{
    need_room();
    struct stream *s = &streams[stream_count++];
    char *bytes = s->bytes;
    size_t cap = s->cap;
    memset(s, 0, sizeof *s);
    s->bytes = bytes;
    s->cap = cap;
    s->room = engine.run.pipe_room ? engine.run.pipe_room : STREAM_ROOM;
    s->number = kernel_number();
    kernel_number();
    kernel_number();
    return s;
}

void file_changed(struct file *f)
{
    if (f && f->watchers)
        epoll_notice(f);
}

short file_events(const struct file *f) { return f->kind ? f->kind->events(f) : POLLNVAL; }

int64_t file_due(const struct file *f)
{
    if (f->kind == &kind_timer)
        return f->due;
    return f->kind == &kind_epoll ? epoll_due(f) : NEVER;
}

void file_release(struct file *f)
{
    if (--f->refs > 0)
        return;
    const struct file_kind *kind = f->kind;
    if (kind->drop)
        kind->drop(f);
    epoll_forget(f);
    f->kind = NULL;
}

void file_publish(struct file *f) { hb_release(f->sync); }

void file_observe(const struct file *f)
{
    hb_acquire(f->sync);
    if (f->in)
        hb_acquire(f->in->sync);
}

void stream_publish(struct stream *s) { hb_release(s->sync); }

/* ---- as a part of a state ----------------------------------------------------------------------- */

static bool is_digested(const struct file *f)
{
    return f->noun == FILE_TERMINAL || f->noun == FILE_PIPE || f->noun == FILE_SOCKET || f->noun == FILE_EVENTFD ||
           f->noun == FILE_TIMER || f->noun == FILE_EPOLL;
}

/* Bytes matter while somebody can read them; how many there are, to who writes. */
static void stream_digest(struct digest *out, const struct stream *s)
{
    digest_word(out, (uint64_t)s->len << 32 | (uint64_t)s->room);
    digest_word(out, (uint64_t)(uintptr_t)s->reader);
    digest_word(out, (uint64_t)(uintptr_t)s->writer);
    size_t first = s->cap - s->head < s->len ? s->cap - s->head : s->len;
    if (!s->reader || !s->len)
        return;
    digest_word(out, first);
    digest_bytes(out, s->bytes + s->head, first);
    digest_bytes(out, s->bytes, s->len - first);
}

bool files_digest(struct digest *out)
{
    digest_word(out, (uint64_t)file_count << 32 | (uint64_t)stream_count);
    for (size_t i = 0; i < file_count; i++) {
        const struct file *f = &files[i];
        if (!is_digested(f))
            return false;
        digest_word(out, (uint64_t)(uintptr_t)f->kind);
        digest_word(out, (uint64_t)f->refs << 2 | (uint64_t)f->nonblocking << 1 | f->semaphore);
        digest_word(out, (uint64_t)(uintptr_t)f->in);
        digest_word(out, (uint64_t)(uintptr_t)f->out);
        digest_word(out, f->count);
        digest_word(out, (uint64_t)f->due);
        digest_word(out, (uint64_t)f->every << 4 ^ (uint64_t)f->clock);
        epoll_digest(out, f);
    }
    for (size_t i = 0; i < stream_count; i++)
        stream_digest(out, &streams[i]);
    return true;
}

/* ---- for those who know only an address ------------------------------------------------------- */

static bool is_file(const void *addr)
{
    const struct file *f = addr;
    return files && f >= files && f < files + file_count;
}

bool kernel_owns(const void *addr) { return is_file(addr); }

uint64_t kernel_state(const void *addr)
{
    const struct file *f = addr;
    uint64_t s = f->count * 31 + (uint64_t)(unsigned short)file_events(f);
    if (f->kind == &kind_epoll)
        return epoll_state(f);
    if (f->in)
        s += f->in->len * 131 + f->in->head * 17;
    if (f->out)
        s += f->out->len * 1031 + (f->out->reader != NULL);
    return s * 3 + (f->kind == NULL);
}

struct trace_ref kernel_ref(const void *addr)
{
    const struct file *f = addr;
    return (struct trace_ref){.kind = REF_FILE, .offset = f->fd, .block = f->noun};
}
