/* io: reading and writing, whatever the descriptor stands for.
 *
 * A read waits until there is something, and may get less than was asked for. A write waits until there is room, and
 * goes on until all of it is written: each piece is a step of its own, others may come in between. Where a test
 * asks for it (lab_short_io, lab_interrupts) a call may move fewer bytes than it could, or be interrupted.
 *
 * A call that could go on when it was announced has not begun: it looks its descriptor up when its turn comes, and what
 * another thread made of the number meanwhile counts. One that has to wait has found its file, and keeps it.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define LEAST_ROOM 4096 /* of what is read at once: more than any file that is no stream gives */
#define SHORTEST 16 /* up to so many bytes, every shorter length is tried */

/* What is read or gathered lies here until it may touch the learner's memory. One each: others run in between. */
static char *me_buffer(size_t n)
{
    static struct { char *at; size_t cap; } buffers[MAX_THREADS];
    if (n < LEAST_ROOM)
        n = LEAST_ROOM;
    if (buffers[me()->tid].cap < n) {
        free(buffers[me()->tid].at);
        buffers[me()->tid].at = xmalloc(n);
        buffers[me()->tid].cap = n;
    }
    return buffers[me()->tid].at;
}

/* ---- how much may move ------------------------------------------------------------------------- */

static bool can_read(const struct thread *t)
{
    const struct file *f = t->op.object;
    return !f->kind || (file_events(f) & (POLLIN | POLLHUP | POLLERR));
}

static bool can_write(const struct thread *t)
{
    const struct file *f = t->op.object;
    if (!f->kind)
        return true;
    return f->kind->fits ? f->kind->fits(f, t->op.value) : (file_events(f) & (POLLOUT | POLLERR)) != 0;
}

/* What one call could move at most, were it chosen now. */
static size_t movable(const struct thread *t)
{
    const struct file *f = t->op.object;
    const struct stream *s = !f->kind ? NULL : t->op.kind == EVENT_FD_READ ? f->in : f->out;
    if (!s || s->packets) /* messages move whole */
        return 0;
    size_t most = t->op.kind == EVENT_FD_READ ? s->len : s->room - s->len;
    return t->op.value < most ? t->op.value : most;
}

/* Shorter lengths worth trying: each one of few bytes; of many, the ends and the middle. */
static size_t shorter(size_t n, int k)
{
    if (n <= SHORTEST)
        return n - (size_t)k;
    return k == 1 ? 1 : k == 2 ? n / 2 : n - 1;
}

int io_choices(const struct thread *t)
{
    bool tool = processes[t->process].tool; /* those know how to go on */
    size_t n = engine.run.short_io > 0 && !tool ? movable(t) : 0;
    return n < 2 ? 1 : n <= SHORTEST ? (int)n : 4;
}

/* How many bytes this step moves. */
static size_t limit(size_t n)
{
    int k = kernel_variant();
    if (!k)
        return n;
    size_t most = movable(me());
    engine.run.short_io--;
    return shorter(most, k);
}

/* ---- one step ----------------------------------------------------------------------------------------- */

/* A pipe has two ends; what is no stream at all says so differently. */
static int wrong_way(const struct file *f)
{
    return f->in || f->out ? EBADF : f->noun == FILE_SOCKET ? ENOTCONN : EINVAL;
}

static struct file *readable_file(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && !f->kind->read)
        learner_errno(wrong_way(f));
    return f && f->kind->read ? f : NULL;
}

static struct file *writable_file(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && !f->kind->write)
        learner_errno(wrong_way(f));
    return f && f->kind->write ? f : NULL;
}

static bool must_wait(enum event_kind kind, struct file *f, size_t n, bool (*enabled)(const struct thread *))
{
    me()->op.kind = kind;
    me()->op.object = f;
    me()->op.value = n;
    return !enabled(me());
}

/* The file whose turn to be read has come; NULL: errno is set. */
static struct file *read_step(int fd, const void *to, size_t n, bool wait, uint64_t pc)
{
    struct file *f;
    bool begun;
    do {
        if (!(f = readable_file(fd, pc)))
            return NULL;
        bool (*enabled)(const struct thread *) = wait && !f->nonblocking && (n || !f->in) ? can_read : always;
        op_with((uint64_t)fd);
        op_with((uintptr_t)to);
        begun = must_wait(EVENT_FD_READ, f, n, enabled);
        if (!kernel_step(EVENT_FD_READ, f, n, NEVER, enabled))
            return NULL;
        if (begun && !f->kind)
            descriptor_misused(fd, pc); /* closed while it waited */
    } while (!begun && descriptor_moved(fd, f));
    return f;
}

/* What a read or a write came to: bytes, or -errno. None were asked for: nothing is told. */
static void record_moved(enum event_kind kind, struct file *f, ssize_t moved, bool asked, uint64_t pc)
{
    struct trace_event *ev = record(kind, f, (uint64_t)(moved > 0 ? moved : 0), pc);
    if (!ev)
        return;
    ev->has_value = asked;
    ev->before = moved < 0 ? (uint64_t)-moved : 0;
}

/* ours: to is not the learner's memory. */
static ssize_t read_into(int fd, void *to, size_t n, bool ours, bool wait, uint64_t pc)
{
    struct file *f = read_step(fd, to, n, wait, pc);
    if (!f)
        return -1;
    n = limit(n);
    size_t most = f->in && f->in->len > LEAST_ROOM ? f->in->len : LEAST_ROOM, room = n < most ? n : most;
    char *bytes = me_buffer(room); /* not the thread's stack: that is copied from process to process */
    ssize_t got = f->kind->read(f, bytes, room);
    record_moved(EVENT_FD_READ, f, got, room > 0, pc);
    if (got < 0)
        return learner_errno((int)-got);
    spin_effect(me());
    if (!ours)
        access_range(to, (size_t)got, true, pc);
    memcpy(to, bytes, (size_t)got);
    return got;
}

static ssize_t read_from(int fd, void *to, size_t n, bool wait, uint64_t pc) { return read_into(fd, to, n, false, wait, pc); }
ssize_t io_read(int fd, void *to, size_t n, uint64_t pc) { return read_into(fd, to, n, true, true, pc); }

struct output {
    const char *from;
    size_t n;
    bool ours;  /* from is not the learner's memory */
    bool quiet; /* a broken pipe is an error, no signal */
};

/* The turn of that piece has come; false: the call was interrupted. *file, which is there, is looked up again where it may be. */
static bool write_step(int fd, const struct output *o, struct file **file, size_t done, bool wait, uint64_t pc)
{
    size_t n = o->n - done;
    for (; *file; *file = writable_file(fd, pc)) {
        struct file *f = *file;
        bool (*enabled)(const struct thread *) = wait && !f->nonblocking ? can_write : always;
        op_with((uint64_t)fd << 2 | (uint64_t)o->ours << 1 | (uint64_t)o->quiet);
        op_with((uint64_t)done);
        op_with(o->ours && engine.set.digests ? hash_bytes(o->from + done, n, HASH_SEED) : (uintptr_t)o->from);
        bool begun = done || must_wait(EVENT_FD_WRITE, f, n, enabled);
        if (!kernel_step(EVENT_FD_WRITE, f, n, NEVER, enabled))
            return false;
        if (begun && !f->kind)
            descriptor_misused(fd, pc);
        if (begun || !descriptor_moved(fd, f))
            break;
    }
    return true;
}

/* One piece; -errno. */
static ssize_t write_piece(int fd, const struct output *o, struct file **file, size_t done, bool wait, uint64_t pc)
{
    if (!write_step(fd, o, file, done, wait, pc))
        return -EINTR;
    struct file *f = *file;
    if (!f)
        return -*learner_errno_at();
    size_t n = limit(o->n - done);
    if (!o->ours)
        access_range(o->from + done, n, false, pc);
    ssize_t put = f->kind->write(f, o->from + done, n);
    record_moved(EVENT_FD_WRITE, f, put, n > 0, pc);
    if (put >= 0)
        spin_effect(me());
    return put;
}

static ssize_t write_to(int fd, struct output o, bool wait, uint64_t pc)
{
    struct file *f = writable_file(fd, pc);
    size_t done = 0;
    if (!f)
        return -1;
    do {
        ssize_t put = write_piece(fd, &o, &f, done, wait, pc);
        if (put == -EPIPE && !o.quiet)
            signal_broken_pipe(pc);
        if (put < 0)
            return done ? (ssize_t)done : learner_errno((int)-put);
        done += (size_t)put;
    } while (wait && !f->nonblocking && done < o.n && !kernel_variant());
    return (ssize_t)done;
}

ssize_t io_write(int fd, const char *from, size_t n, uint64_t pc)
{
    return write_to(fd, (struct output){from, n, true, false}, true, pc);
}

/* ---- calls ------------------------------------------------------------------------------------------------ */

ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
    ENTER(CALLER);
    return read_from(fd, to, n, true, CALLER);
}

ssize_t __wrap_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n)
{
    ENTER(CALLER);
    access_check((void *)(uintptr_t)from, n, false, CALLER);
    return write_to(fd, (struct output){from, n, false, false}, true, CALLER);
}

static struct file *socket_of(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && f->kind != &kind_socket)
        learner_errno(ENOTSOCK);
    return f && f->kind == &kind_socket ? f : NULL;
}

ssize_t __wrap_recv(int fd, void *to, size_t n, int flags);
ssize_t __wrap_recv(int fd, void *to, size_t n, int flags)
{
    ENTER(CALLER);
    if (flags & ~(MSG_DONTWAIT | MSG_NOSIGNAL))
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER, .detail = "recv() knows MSG_DONTWAIT here, and no other flag");
    return socket_of(fd, CALLER) ? read_from(fd, to, n, !(flags & MSG_DONTWAIT), CALLER) : -1;
}

ssize_t __wrap_send(int fd, const void *from, size_t n, int flags);
ssize_t __wrap_send(int fd, const void *from, size_t n, int flags)
{
    ENTER(CALLER);
    if (flags & ~(MSG_DONTWAIT | MSG_NOSIGNAL))
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER,
             .detail = "send() knows MSG_DONTWAIT and MSG_NOSIGNAL here, and no other flag");
    access_check((void *)(uintptr_t)from, n, false, CALLER);
    struct output o = {from, n, false, flags & MSG_NOSIGNAL};
    return socket_of(fd, CALLER) ? write_to(fd, o, !(flags & MSG_DONTWAIT), CALLER) : -1;
}

/* Sockets here have peers: with whom was settled when they were connected. */
ssize_t __wrap_sendto(int fd, const void *from, size_t n, int flags, const struct sockaddr *to, socklen_t size);
ssize_t __wrap_sendto(int fd, const void *from, size_t n, int flags, const struct sockaddr *to, socklen_t size)
{
    ENTER(CALLER);
    if (to || size)
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER, .detail = "sendto() sends to the socket's peer here, without an address");
    access_check((void *)(uintptr_t)from, n, false, CALLER);
    struct output o = {from, n, false, flags & MSG_NOSIGNAL};
    return socket_of(fd, CALLER) ? write_to(fd, o, !(flags & MSG_DONTWAIT), CALLER) : -1;
}

ssize_t __wrap_recvfrom(int fd, void *to, size_t n, int flags, struct sockaddr *from, socklen_t *size);
ssize_t __wrap_recvfrom(int fd, void *to, size_t n, int flags, struct sockaddr *from, socklen_t *size)
{
    ENTER(CALLER);
    if (flags & ~(MSG_DONTWAIT | MSG_NOSIGNAL))
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER, .detail = "recvfrom() knows MSG_DONTWAIT here, and no other flag");
    if (from && size) {
        access_range(size, sizeof *size, true, CALLER);
        *size = 0; /* as of a peer without a name */
    }
    return socket_of(fd, CALLER) ? read_from(fd, to, n, !(flags & MSG_DONTWAIT), CALLER) : -1;
}

int __wrap_eventfd_read(int fd, uint64_t *to);
int __wrap_eventfd_read(int fd, uint64_t *to)
{
    ENTER(CALLER);
    return read_from(fd, to, sizeof *to, true, CALLER) == sizeof *to ? 0 : -1;
}

int __wrap_eventfd_write(int fd, uint64_t n);
int __wrap_eventfd_write(int fd, uint64_t n)
{
    ENTER(CALLER);
    struct output o = {(const char *)&n, sizeof n, true, false};
    return write_to(fd, o, true, CALLER) == sizeof n ? 0 : -1;
}

/* ---- several pieces of memory at once: gathered first, so that a short write stays one ------------------------ */

static ssize_t total(const struct iovec *v, int count, uint64_t pc)
{
    size_t n = 0;
    if (count < 0 || count > IOV_MAX)
        return learner_errno(EINVAL);
    access_range(v, (size_t)count * sizeof *v, false, pc);
    for (int i = 0; i < count; i++)
        n += v[i].iov_len;
    return (ssize_t)n;
}

ssize_t __wrap_writev(int fd, const struct iovec *v, int count);
ssize_t __wrap_writev(int fd, const struct iovec *v, int count)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    ssize_t n = total(v, count, pc);
    if (n < 0)
        return -1;
    char *all = me_buffer((size_t)n + 1), *at = all;
    for (int i = 0; i < count; i++) {
        access_range(v[i].iov_base, v[i].iov_len, false, pc);
        memcpy(at, v[i].iov_base, v[i].iov_len);
        at += v[i].iov_len;
    }
    return io_write(fd, all, (size_t)n, pc);
}

ssize_t __wrap_readv(int fd, const struct iovec *v, int count);
ssize_t __wrap_readv(int fd, const struct iovec *v, int count)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    ssize_t n = total(v, count, pc);
    if (n < 0)
        return -1;
    for (int i = 0; i < count; i++)
        if (v[i].iov_len) /* what is there goes into the first; a short read is always allowed */
            return read_from(fd, v[i].iov_base, v[i].iov_len, true, pc);
    return read_from(fd, NULL, 0, true, pc);
}
