/* waiting: calls that may have to wait for a descriptor.
 *
 * Whether one will wait is not asked before (that would be a call to the system more, and could have changed by
 * then): the lane says "waits" when it begins and "runs" when it is back. One that does not wait is back at once, and too
 * short to be drawn. With a timeout of 0 nobody waits, and nothing is logged.
 *
 * libuv, which demos may use, is no part of the plugin: its calls are not wrapped. What it sleeps in is therefore also
 * exported by its own name, and found before libc's, or the lane of a loop that sleeps would say that it runs.
 */
#include "engine/native/native.h"

#include <dlfcn.h>
#include <mqueue.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define SEVERAL UINT64_MAX /* descriptors */

#define WAITS(type, what, call)                                                                    \
    {                                                                                              \
        lanes_event(LANE_WAIT, (uint64_t)(what), LANE_DESCRIPTOR);                                 \
        type result = call;                                                                        \
        lanes_event(LANE_WOKEN, (uint64_t)(what), LANE_DESCRIPTOR);                                \
        return result;                                                                             \
    }
#define MAY_WAIT(type, name, what, args, ...)                                                      \
    EXPORT type __wrap_##name args WAITS(type, what, name(__VA_ARGS__))

/* ---- one descriptor --------------------------------------------------------------------- */

MAY_WAIT(ssize_t, read, fd, (int fd, void *to, size_t n), fd, to, n)
MAY_WAIT(ssize_t, readv, fd, (int fd, const struct iovec *to, int n), fd, to, n)
MAY_WAIT(ssize_t, recv, fd, (int fd, void *to, size_t n, int flags), fd, to, n, flags)
MAY_WAIT(ssize_t, send, fd, (int fd, const void *from, size_t n, int flags), fd, from, n, flags)
MAY_WAIT(int, accept, fd, (int fd, struct sockaddr *a, socklen_t *n), fd, a, n)
MAY_WAIT(int, accept4, fd, (int fd, struct sockaddr *a, socklen_t *n, int flags), fd, a, n, flags)
MAY_WAIT(int, connect, fd, (int fd, const struct sockaddr *a, socklen_t n), fd, a, n)

MAY_WAIT(int, mq_send, q, (mqd_t q, const char *from, size_t n, unsigned urgent), q, from, n, urgent)
MAY_WAIT(ssize_t, mq_receive, q, (mqd_t q, char *to, size_t n, unsigned *urgent), q, to, n, urgent)
MAY_WAIT(int, mq_timedsend, q, (mqd_t q, const char *from, size_t n, unsigned urgent, const struct timespec *until), q,
         from, n, urgent, until)
MAY_WAIT(ssize_t, mq_timedreceive, q, (mqd_t q, char *to, size_t n, unsigned *urgent, const struct timespec *until), q,
         to, n, urgent, until)

/* What goes to stdout or stderr is printed. */
static ssize_t written(int fd, ssize_t n)
{
    if (n > 0)
        lanes_event(LANE_PRINT, (uint64_t)fd, (uint32_t)n);
    return n;
}

static bool prints(int fd) { return fd == STDOUT_FILENO || fd == STDERR_FILENO; }

EXPORT ssize_t __wrap_write(int fd, const void *from, size_t n)
{
    if (prints(fd))
        return written(fd, write(fd, from, n));
    WAITS(ssize_t, fd, write(fd, from, n))
}

EXPORT ssize_t __wrap_writev(int fd, const struct iovec *from, int n)
{
    if (prints(fd))
        return written(fd, writev(fd, from, n));
    WAITS(ssize_t, fd, writev(fd, from, n))
}

/* ---- several ------------------------------------------------------------------------------ */

static bool is_zero(const struct timespec *t) { return t && !t->tv_sec && !t->tv_nsec; }

EXPORT int __wrap_poll(struct pollfd *fds, nfds_t n, int ms)
{
    if (ms == 0)
        return poll(fds, n, 0);
    WAITS(int, n == 1 ? (uint64_t)fds->fd : SEVERAL, poll(fds, n, ms))
}

EXPORT int __wrap_ppoll(struct pollfd *fds, nfds_t n, const struct timespec *span, const sigset_t *mask)
{
    if (is_zero(span))
        return ppoll(fds, n, span, mask);
    WAITS(int, n == 1 ? (uint64_t)fds->fd : SEVERAL, ppoll(fds, n, span, mask))
}

EXPORT int __wrap_select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *span)
{
    if (span && !span->tv_sec && !span->tv_usec)
        return select(n, r, w, x, span);
    WAITS(int, SEVERAL, select(n, r, w, x, span))
}

EXPORT int __wrap_pselect(int n, fd_set *r, fd_set *w, fd_set *x, const struct timespec *span, const sigset_t *mask)
{
    if (is_zero(span))
        return pselect(n, r, w, x, span, mask);
    WAITS(int, SEVERAL, pselect(n, r, w, x, span, mask))
}

static int (*libc_epoll_pwait)(int, struct epoll_event *, int, int, const sigset_t *);

__attribute__((constructor)) static void find_libc_epoll_pwait(void)
{
    *(void **)&libc_epoll_pwait = dlsym(RTLD_NEXT, "epoll_pwait");
}

EXPORT int __wrap_epoll_pwait(int fd, struct epoll_event *to, int most, int ms, const sigset_t *mask)
{
    if (ms == 0)
        return libc_epoll_pwait(fd, to, most, 0, mask);
    WAITS(int, SEVERAL, libc_epoll_pwait(fd, to, most, ms, mask))
}

EXPORT int __wrap_epoll_wait(int fd, struct epoll_event *to, int most, int ms)
{
    return __wrap_epoll_pwait(fd, to, most, ms, NULL);
}

EXPORT int epoll_pwait(int fd, struct epoll_event *to, int most, int ms, const sigset_t *mask)
    __attribute__((alias("__wrap_epoll_pwait")));
EXPORT int epoll_wait(int fd, struct epoll_event *to, int most, int ms) __attribute__((alias("__wrap_epoll_wait")));
