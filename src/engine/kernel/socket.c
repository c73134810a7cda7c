/* socket: TCP between the threads and processes of a program, on addresses of its own: 127.0.0.1 and ports nobody else
 * has. A connection is a pair of streams like socketpair's; one that nobody has accepted yet waits at its listener.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define LISTENERS 16       /* bound ports in one run */
#define BACKLOG 64         /* connections that wait at one of them */
#define FIRST_PORT 40000   /* given to those who ask for port 0 */

static struct port {
    struct file *file;
    uint16_t number;
    int waiting, room;
    struct file *queue[BACKLOG]; /* the servers' ends, oldest first */
} ports[LISTENERS];
static int port_count;

void sockets_reset(void) { port_count = 0; }

static struct port *port_of(const struct file *f) { return f->count ? &ports[f->count - 1] : NULL; }

static short fresh_events(const struct file *f)
{
    (void)f;
    return POLLOUT | POLLHUP;
}

static short listener_events(const struct file *f) { return port_of(f)->waiting ? POLLIN | POLLRDNORM : 0; }

/* Those who wait at it find nobody. */
static void listener_drop(struct file *f)
{
    struct port *p = port_of(f);
    while (p->waiting)
        stream_drop(p->queue[--p->waiting]);
    p->file = NULL;
}

static const struct file_kind kind_fresh = {FILE_SOCKET, fresh_events, NULL, NULL, NULL, NULL};
static const struct file_kind kind_listener = {FILE_SOCKET, listener_events, NULL, NULL, NULL, listener_drop};

int __wrap_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (domain != AF_INET || (type & 0xf) != SOCK_STREAM || (protocol && protocol != IPPROTO_TCP))
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "the lab has TCP sockets (AF_INET, SOCK_STREAM) and no others");
    engine.run.undigested = true;
    descriptor_step(pc);
    struct file *f = file_new(&kind_fresh);
    f->nonblocking = type & SOCK_NONBLOCK;
    int fd = descriptor_new(f, type & SOCK_CLOEXEC, pc);
    record(EVENT_OPEN, f, 0, pc);
    return fd;
}

static struct file *socket_file(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    bool is = f && (f->kind == &kind_fresh || f->kind == &kind_listener || f->kind == &kind_socket);
    if (f && !is)
        learner_errno(ENOTSOCK);
    return is ? f : NULL;
}

/* The port; -1 and errno: no address of this lab. */
static int read_address(const struct sockaddr *a, socklen_t size, uint64_t pc)
{
    struct sockaddr_in in;
    if (size < sizeof in)
        return learner_errno(EINVAL);
    access_range(a, sizeof in, false, pc);
    memcpy(&in, a, sizeof in);
    uint32_t host = ntohl(in.sin_addr.s_addr);
    if (in.sin_family != AF_INET)
        return learner_errno(EAFNOSUPPORT);
    return host == INADDR_LOOPBACK || host == INADDR_ANY ? ntohs(in.sin_port) : learner_errno(EADDRNOTAVAIL);
}

static struct port *bound(int number)
{
    for (int i = 0; i < port_count; i++)
        if (ports[i].file && ports[i].number == number)
            return &ports[i];
    return NULL;
}

int __wrap_bind(int fd, const struct sockaddr *a, socklen_t size);
int __wrap_bind(int fd, const struct sockaddr *a, socklen_t size)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = socket_file(fd, pc);
    int number = f ? read_address(a, size, pc) : -1;
    if (number < 0)
        return -1;
    step(EVENT_OPEN, ports, always); /* ports are everybody's */
    record(EVENT_OPEN, f, 0, pc);
    if (f->count || bound(number))
        return learner_errno(f->count ? EINVAL : EADDRINUSE);
    if (port_count == LISTENERS)
        fail(.reason = REASON_LIMIT, .detail = "more than 16 bound sockets in one run");
    ports[port_count] = (struct port){.file = f, .number = (uint16_t)(number ? number : FIRST_PORT + port_count)};
    f->count = (uint64_t)++port_count;
    return 0;
}

int __wrap_listen(int fd, int backlog);
int __wrap_listen(int fd, int backlog)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = socket_file(fd, pc);
    if (!f)
        return -1;
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    record(EVENT_FD_SET, f, 0, pc);
    if (!port_of(f))
        return learner_errno(EDESTADDRREQ);
    f->kind = &kind_listener;
    port_of(f)->room = backlog < 1 ? 1 : backlog > BACKLOG ? BACKLOG : backlog;
    return 0;
}

/* The connection is there before the server accepts it, as with the system's backlog. */
int __wrap_connect(int fd, const struct sockaddr *a, socklen_t size);
int __wrap_connect(int fd, const struct sockaddr *a, socklen_t size)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = socket_file(fd, pc);
    int number = f ? read_address(a, size, pc) : -1;
    if (number < 0)
        return -1;
    if (f->kind != &kind_fresh)
        return learner_errno(EISCONN);
    step(EVENT_OPEN, ports, always);
    record(EVENT_OPEN, f, 0, pc);
    struct port *p = bound(number);
    if (!p || p->file->kind != &kind_listener || p->waiting == p->room)
        return learner_errno(ECONNREFUSED);
    struct file *server = file_new(&kind_socket);
    f->kind = &kind_socket;
    socket_connect(f, server);
    server->fd = p->file->fd;
    p->queue[p->waiting++] = server;
    file_publish(p->file);
    file_changed(p->file);
    file_changed(f);
    return 0;
}

static bool can_accept(const struct thread *t)
{
    const struct file *f = t->op.object;
    return f->kind != &kind_listener || port_of(f)->waiting;
}

static void tell_address(struct sockaddr *a, socklen_t *size, uint16_t number, uint64_t pc)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (!a)
        return;
    access_range(size, sizeof *size, true, pc);
    socklen_t n = *size < sizeof in ? *size : (socklen_t)sizeof in;
    access_range(a, n, true, pc);
    memcpy(a, &in, n);
    *size = sizeof in;
}

static int accept_one(int fd, struct sockaddr *a, socklen_t *size, int flags, uint64_t pc)
{
    struct file *f = socket_file(fd, pc);
    if (!f)
        return -1;
    if (f->kind != &kind_listener)
        return learner_errno(EINVAL);
    if (!kernel_step(EVENT_FD_READ, f, 0, NEVER, f->nonblocking ? always : can_accept))
        return -1;
    f = socket_file(fd, pc); /* closed while it waited: misuse */
    struct port *p = port_of(f);
    record(EVENT_FD_READ, f, 0, pc);
    if (!p->waiting)
        return learner_errno(EAGAIN);
    struct file *server = p->queue[0];
    memmove(p->queue, p->queue + 1, (size_t)--p->waiting * sizeof *p->queue);
    spin_effect(me());
    file_observe(f);
    server->fd = -1;
    server->nonblocking = flags & SOCK_NONBLOCK;
    tell_address(a, size, (uint16_t)(FIRST_PORT + 1000 + server->number % 20000), pc);
    return descriptor_new(server, flags & SOCK_CLOEXEC, pc);
}

int __wrap_accept(int fd, struct sockaddr *a, socklen_t *size);
int __wrap_accept(int fd, struct sockaddr *a, socklen_t *size)
{
    ENTER(CALLER);
    return accept_one(fd, a, size, 0, CALLER);
}

int __wrap_accept4(int fd, struct sockaddr *a, socklen_t *size, int flags);
int __wrap_accept4(int fd, struct sockaddr *a, socklen_t *size, int flags)
{
    ENTER(CALLER);
    return accept_one(fd, a, size, flags, CALLER);
}

int __wrap_getsockname(int fd, struct sockaddr *a, socklen_t *size);
int __wrap_getsockname(int fd, struct sockaddr *a, socklen_t *size)
{
    ENTER(CALLER);
    struct file *f = socket_file(fd, CALLER);
    if (!f)
        return -1;
    tell_address(a, size, port_of(f) ? port_of(f)->number : 0, CALLER);
    return 0;
}

/* A peer has no number that it could have been reached by. */
int __wrap_getpeername(int fd, struct sockaddr *a, socklen_t *size);
int __wrap_getpeername(int fd, struct sockaddr *a, socklen_t *size)
{
    ENTER(CALLER);
    struct file *f = socket_file(fd, CALLER);
    if (!f || f->kind != &kind_socket)
        return f ? learner_errno(ENOTCONN) : -1;
    tell_address(a, size, (uint16_t)(FIRST_PORT + 1000 + f->number % 20000), CALLER);
    return 0;
}

static int type_of(const struct file *f)
{
    return !f || !f->in || !f->in->packets ? SOCK_STREAM : f->in->lasting ? SOCK_DGRAM : SOCK_SEQPACKET;
}

/* What there is to ask: an error that is none, and the type. */
int __wrap_getsockopt(int fd, int level, int option, void *value, socklen_t *size);
int __wrap_getsockopt(int fd, int level, int option, void *value, socklen_t *size)
{
    ENTER(CALLER);
    struct file *f = socket_file(fd, CALLER);
    int is = option == SO_TYPE ? type_of(f) : option == SO_ACCEPTCONN && f ? f->kind == &kind_listener : 0;
    if (!f)
        return -1;
    if (level != SOL_SOCKET || (option != SO_ERROR && option != SO_TYPE && option != SO_ACCEPTCONN))
        return learner_errno(ENOPROTOOPT);
    access_range(size, sizeof *size, true, CALLER);
    socklen_t n = *size < sizeof is ? *size : (socklen_t)sizeof is;
    access_range(value, n, true, CALLER);
    memcpy(value, &is, n);
    *size = n;
    return 0;
}

/* Options change nothing here: SO_REUSEADDR and the like. */
int __wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t size);
int __wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t size)
{
    (void)level, (void)option, (void)value, (void)size;
    ENTER(CALLER);
    return socket_file(fd, CALLER) ? 0 : -1;
}

int __wrap_shutdown(int fd, int how);
int __wrap_shutdown(int fd, int how)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = socket_file(fd, pc);
    if (!f)
        return -1;
    if (f->kind != &kind_socket)
        return learner_errno(ENOTCONN);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    record(EVENT_FD_SET, f, 0, pc);
    if (how != SHUT_RD && f->out && f->out->writer) {
        f->out->writer = NULL;
        hb_release(f->out->sync);
        file_changed(f->out->reader);
    }
    if (how != SHUT_WR && f->in && f->in->reader) {
        f->in->reader = NULL;
        file_changed(f->in->writer);
    }
    spin_effect(me());
    return 0;
}
