/* stream: bytes on their way: pipes, and pairs of sockets.
 *
 * A write of at most 4096 bytes to a pipe stays together (POSIX: PIPE_BUF); a longer one, and any write to a
 * socket, may be mixed with those of others. Reading from a stream nobody can write to any more is the end (0);
 * writing to one nobody can read is EPIPE. Sockets of messages (SOCK_DGRAM, SOCK_SEQPACKET) move whole ones: what does not
 * fit the reader's memory is lost, and between datagrams there is no end.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* ---- the ring ---------------------------------------------------------------------------------- */

static void grow(struct stream *s, size_t need)
{
    size_t cap = s->cap ? s->cap : 512;
    while (cap < need)
        cap *= 2;
    if (cap == s->cap)
        return;
    char *bytes = xmalloc(cap);
    for (size_t i = 0; i < s->len; i++)
        bytes[i] = s->bytes[(s->head + i) % s->cap];
    free(s->bytes);
    s->bytes = bytes;
    s->cap = cap;
    s->head = 0;
}

static void put(struct stream *s, const char *from, size_t n)
{
    grow(s, s->len + n);
    size_t at = (s->head + s->len) % s->cap, first = s->cap - at < n ? s->cap - at : n;
    memcpy(s->bytes + at, from, first);
    memcpy(s->bytes, from + first, n - first);
    s->len += n;
}

static void take(struct stream *s, char *to, size_t n)
{
    size_t first = s->cap - s->head < n ? s->cap - s->head : n;
    memcpy(to, s->bytes + s->head, first);
    memcpy(to + first, s->bytes, n - first);
    s->head = (s->head + n) % s->cap;
    s->len -= n;
}

/* ---- as files ------------------------------------------------------------------------------------ */

static bool over(const struct stream *s) { return !s->writer && !s->lasting; }

static size_t packet_take(struct stream *s, char *to, size_t n)
{
    uint32_t len;
    take(s, (char *)&len, sizeof len);
    n = n < len ? n : len;
    take(s, to, n);
    s->head = (s->head + len - n) % s->cap;
    s->len -= len - n;
    return n;
}

ssize_t stream_read(struct file *f, char *to, size_t n)
{
    struct stream *s = f->in;
    if (!s)
        return -EBADF;
    if (!n)
        return 0;
    if (!s->len) {
        if (!over(s))
            return -EAGAIN;
        hb_acquire(s->sync); /* the end was written too, by closing */
        return 0;
    }
    if (s->packets)
        n = packet_take(s, to, n);
    else
        take(s, to, n = n < s->len ? n : s->len);
    hb_acquire(s->sync);
    file_changed(s->writer);
    return (ssize_t)n;
}

/* So many bytes of one write stay together; a pipe of a test may be smaller than that (lab_pipe_room). */
static size_t atomic(const struct stream *s) { return s->room < ATOMIC_WRITE ? s->room : ATOMIC_WRITE; }

static bool together(const struct file *f, size_t n) { return f->kind == &kind_pipe_out && n <= atomic(f->out); }

static bool packet_fits(const struct stream *s, size_t n) { return s->room - s->len >= n + sizeof(uint32_t); }
static bool too_long(const struct stream *s, size_t n) { return n > s->room - sizeof(uint32_t); }

bool stream_fits(const struct file *f, size_t n)
{
    const struct stream *s = f->out;
    if (s && s->packets && s->reader && s->writer == f)
        return too_long(s, n) || packet_fits(s, n);
    return !s || !s->reader || s->writer != f || s->room - s->len >= (together(f, n) ? n : n ? 1 : 0);
}

ssize_t stream_write(struct file *f, const char *from, size_t n)
{
    struct stream *s = f->out;
    if (!s)
        return f->kind == &kind_socket ? -EPIPE : -EBADF;
    if (!s->reader || s->writer != f) /* nobody reads, or this end was shut */
        return s->lasting && s->writer == f ? -ECONNREFUSED : -EPIPE;
    if (s->packets && too_long(s, n))
        return -EMSGSIZE;
    if (!stream_fits(f, n))
        return -EAGAIN;
    if (s->packets)
        put(s, (const char *)&(uint32_t){(uint32_t)n}, sizeof(uint32_t));
    size_t room = s->room - s->len;
    n = n < room ? n : room;
    put(s, from, n);
    stream_publish(s);
    file_changed(s->reader);
    return (ssize_t)n;
}

static short in_events(const struct stream *s)
{
    short e = s->len || !s->writer ? POLLIN | POLLRDNORM : 0;
    return s->writer ? e : s->len ? POLLIN | POLLRDNORM | POLLHUP : POLLHUP;
}

static short out_events(const struct file *f, const struct stream *s)
{
    size_t least = f->kind == &kind_pipe_out ? atomic(s) : 1;
    short e = s->room - s->len >= least ? POLLOUT | POLLWRNORM : 0;
    return s->reader ? e : (short)(e | POLLERR);
}

/* A socket whose peer is gone reads its end and says so by POLLRDHUP; closed on both sides it is hung up. */
static short socket_events(const struct file *f)
{
    short e = 0;
    bool end = !f->in || over(f->in);
    if (end || f->in->len)
        e |= POLLIN | POLLRDNORM;
    if (end)
        e |= POLLRDHUP;
    bool shut = !f->out || !f->out->reader;
    if (shut || f->out->room > f->out->len)
        e |= POLLOUT | POLLWRNORM;
    return end && shut ? (short)(e | POLLHUP) : e;
}

short stream_events(const struct file *f)
{
    if (f->kind == &kind_socket)
        return socket_events(f);
    return f->in ? in_events(f->in) : out_events(f, f->out);
}

/* Closing is an event for the other end: the last write it sees, or the first error. */
void stream_drop(struct file *f)
{
    if (f->in) {
        f->in->reader = NULL;
        hb_release(f->in->sync);
        file_changed(f->in->writer);
    }
    if (f->out) {
        f->out->writer = NULL;
        hb_release(f->out->sync);
        file_changed(f->out->reader);
    }
}

const struct file_kind kind_pipe_in = {FILE_PIPE, stream_events, stream_read, NULL, NULL, stream_drop};
const struct file_kind kind_pipe_out = {FILE_PIPE, stream_events, NULL, stream_write, stream_fits, stream_drop};
const struct file_kind kind_socket = {FILE_SOCKET, stream_events, stream_read, stream_write, stream_fits, stream_drop};

/* ---- calls ------------------------------------------------------------------------------------------ */

static int new_pair(struct file *a, struct file *b, bool cloexec, bool nonblocking, int *out, uint64_t pc)
{
    access_range(out, 2 * sizeof *out, true, pc);
    a->nonblocking = b->nonblocking = nonblocking;
    out[0] = descriptor_new(a, cloexec, pc);
    if (out[0] < 0)
        return -1;
    out[1] = descriptor_new(b, cloexec, pc);
    if (out[1] < 0)
        descriptor_forget(out[0], pc);
    return out[1] < 0 ? -1 : 0;
}

/* One step opens both. */
static void record_pair(struct file *a, struct file *b, uint64_t pc)
{
    struct trace_event *ev = record(EVENT_OPEN, a, 0, pc);
    if (ev)
        ev->object2 = ref_of(b, 0);
}

static int make_pipe(int *out, int flags, uint64_t pc)
{
    if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
        return learner_errno(EINVAL);
    op_with((uintptr_t)out);
    op_with((uint64_t)flags);
    descriptor_step(pc);
    struct file *in = file_new(&kind_pipe_in), *to = file_new(&kind_pipe_out);
    struct stream *s = stream_new();
    in->in = to->out = s;
    s->reader = in;
    s->writer = to;
    int r = new_pair(in, to, flags & O_CLOEXEC, flags & O_NONBLOCK, out, pc);
    record_pair(in, to, pc);
    return r;
}

int __wrap_pipe(int out[2]);
int __wrap_pipe(int out[2])
{
    ENTER(CALLER);
    return make_pipe(out, 0, CALLER);
}

int __wrap_pipe2(int out[2], int flags);
int __wrap_pipe2(int out[2], int flags)
{
    ENTER(CALLER);
    return make_pipe(out, flags, CALLER);
}

void socket_connect(struct file *a, struct file *b)
{
    a->in = b->out = stream_new();
    b->in = a->out = stream_new();
    a->in->reader = a->out->writer = a;
    b->in->reader = b->out->writer = b;
}

int __wrap_socketpair(int domain, int type, int protocol, int out[2]);
int __wrap_socketpair(int domain, int type, int protocol, int out[2])
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (domain != AF_UNIX)
        return learner_errno(EOPNOTSUPP);
    int kind = type & 0xf;
    if (protocol && protocol != AF_UNIX)
        return learner_errno(EPROTONOSUPPORT);
    if (kind != SOCK_STREAM && kind != SOCK_DGRAM && kind != SOCK_SEQPACKET)
        return learner_errno(ESOCKTNOSUPPORT);
    op_with((uintptr_t)out);
    op_with((uint64_t)type);
    descriptor_step(pc);
    struct file *a = file_new(&kind_socket), *b = file_new(&kind_socket);
    socket_connect(a, b);
    a->in->packets = b->in->packets = kind != SOCK_STREAM;
    a->in->lasting = b->in->lasting = kind == SOCK_DGRAM;
    int r = new_pair(a, b, type & SOCK_CLOEXEC, type & SOCK_NONBLOCK, out, pc);
    record_pair(a, b, pc);
    return r;
}
