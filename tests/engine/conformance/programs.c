// Small programs, one named by argv[1], that do the same under the engine and on the real system: what the real
// one prints must be among what the engine says is possible. See conformance.py, which finds the names by CASE.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CASE(name) if (strcmp(which, #name) == 0)
static const char *which;
static char text[64], block[70000];
static int e[2], f[2];

/* ---- pipes ---------------------------------------------------------------------------------- */

static void say(ssize_t n) { printf("%zd %s\n", n, n < 0 ? strerror(errno) : ""); }

static void nonblocking(int fd) { fcntl(fd, F_SETFL, O_NONBLOCK); }

static int polled_in(int fd)
{
    struct pollfd p = {fd, POLLIN, 0};
    return poll(&p, 1, 0);
}

static void *writes_one(void *none)
{
    write(e[1], "x", 1);
    return none;
}

static void *reads_one(void *to)
{
    read(e[0], to, 1);
    return NULL;
}

static void pipes(void)
{
    pthread_t t;
    pipe(e);
    CASE(pipe_read_some) { write(e[1], "hello", 5); say(read(e[0], text, 3)); say(read(e[0], text, 9)); }
    CASE(pipe_eof) { close(e[1]); say(read(e[0], text, 3)); }
    CASE(pipe_eof_after_data) { write(e[1], "x", 1); close(e[1]); say(read(e[0], text, 3)); say(read(e[0], text, 3)); }
    CASE(pipe_empty) { nonblocking(e[0]); say(read(e[0], text, 3)); }
    CASE(pipe_zero) { say(write(e[1], "", 0)); nonblocking(e[0]); say(read(e[0], text, 0)); }
    CASE(pipe_full) { nonblocking(e[1]); say(write(e[1], block, 65536)); say(write(e[1], "x", 1)); }
    CASE(pipe_part) { nonblocking(e[1]); say(write(e[1], block, 70000)); }
    CASE(pipe_atomic) { nonblocking(e[1]); write(e[1], block, 65536 - 4096); say(write(e[1], block, 4096)); say(write(e[1], block, 4096)); }
    CASE(pipe_room_again) { nonblocking(e[1]); write(e[1], block, 65536); read(e[0], block, 4096); say(write(e[1], block, 4096)); }
    CASE(pipe_size) { printf("%d %d\n", fcntl(e[1], F_GETPIPE_SZ), fcntl(e[1], F_SETPIPE_SZ, 5000)); }
    CASE(pipe_small) { fcntl(e[1], F_SETPIPE_SZ, 4096); nonblocking(e[1]); say(write(e[1], block, 4096)); say(write(e[1], block, 1)); }
    CASE(pipe_sigpipe_ignored) { signal(SIGPIPE, SIG_IGN); close(e[0]); say(write(e[1], "x", 1)); }
    CASE(pipe_wrong_end) { say(read(e[1], text, 1)); say(write(e[0], "x", 1)); }
    CASE(pipe_numbers) { int a = dup(e[0]); close(e[1]); int b = dup(e[0]); printf("%d %d\n", a - e[1], b - e[1]); }
    CASE(pipe_dup_keeps) { int a = dup(e[1]); close(e[1]); nonblocking(e[0]); say(read(e[0], text, 1)); close(a); say(read(e[0], text, 1)); }
    CASE(pipe_dup_shares_flags) { int a = dup(e[0]); nonblocking(a); printf("%d\n", (fcntl(e[0], F_GETFL) & O_NONBLOCK) != 0); }
    CASE(pipe_flags) { printf("%d %d\n", fcntl(e[0], F_GETFL) & O_ACCMODE, fcntl(e[1], F_GETFL) & O_ACCMODE); }
    CASE(pipe_cloexec) { pipe2(f, O_CLOEXEC); printf("%d %d\n", fcntl(e[0], F_GETFD), fcntl(f[0], F_GETFD)); }
    CASE(pipe_setfd) { fcntl(e[0], F_SETFD, FD_CLOEXEC); int a = dup(e[0]); printf("%d %d\n", fcntl(e[0], F_GETFD), fcntl(a, F_GETFD)); }
    CASE(pipe_dupfd) { printf("%d %d\n", fcntl(e[0], F_DUPFD, 50), fcntl(e[0], F_DUPFD_CLOEXEC, 50)); }
    CASE(pipe_dup2) { printf("%d %d\n", dup2(e[0], 40), dup2(e[0], e[0]) == e[0]); say(dup2(999, 41)); }
    CASE(pipe_dup3) { say(dup3(e[0], e[0], 0)); printf("%d\n", dup3(e[0], 40, O_CLOEXEC)); }
    CASE(pipe_bad_flag) { say(pipe2(f, 1 << 30)); }
    CASE(pipe_vectors) {
        struct iovec v[2] = {{"ab", 2}, {"cde", 3}};
        say(writev(e[1], v, 2));
        say(read(e[0], text, 9));
        printf("%.5s\n", text);
    }
    CASE(pipe_stdout) { int out = dup(1); dup2(e[1], 1); printf("in the pipe\n"); fflush(stdout); dup2(out, 1); say(read(e[0], text, 64)); }
    CASE(pipe_dup_over) { pipe2(f, O_NONBLOCK); nonblocking(e[0]); int kept = dup(e[1]); pthread_create(&t, NULL, writes_one, NULL); dup2(f[1], e[1]); pthread_join(t, NULL); say(read(e[0], text, 9)); say(read(f[0], text, 9)); close(kept); }
    CASE(pipe_dup_over_reader) { pipe(f); int kept = dup(e[0]); write(e[1], "a", 1); write(f[1], "b", 1); pthread_create(&t, NULL, reads_one, text); dup2(f[0], e[0]); pthread_join(t, NULL); printf("%c\n", text[0]); close(kept); }
    CASE(pipe_dup_over_twice) { pipe(f); pthread_create(&t, NULL, writes_one, NULL); dup2(f[1], e[1]); dup2(f[1], e[1]); pthread_join(t, NULL); printf("%d\n", polled_in(f[0])); }
    CASE(bad_descriptor) { say(read(777, text, 1)); say(write(-1, text, 1)); say(close(777)); say(fcntl(777, F_GETFL)); say(dup(777)); }
}

/* ---- events, timers ---------------------------------------------------------------------------- */

static uint64_t get(int fd)
{
    uint64_t n = 0;
    ssize_t r = read(fd, &n, sizeof n);
    return r < 0 ? (uint64_t)-errno : n;
}

static void put(int fd, uint64_t n) { say(write(fd, &n, sizeof n)); }

static int timer(long ms, long every, int flags)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, flags);
    struct itimerspec s = {{every / 1000, every % 1000 * 1000000}, {ms / 1000, ms % 1000 * 1000000}};
    timerfd_settime(fd, 0, &s, NULL);
    return fd;
}

static void events(void)
{
    CASE(event_sum) { int fd = eventfd(2, 0); put(fd, 3); printf("%ld\n", (long)get(fd)); }
    CASE(event_empty) { int fd = eventfd(0, EFD_NONBLOCK); printf("%ld\n", (long)get(fd)); }
    CASE(event_semaphore) { int fd = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK); for (int i = 0; i < 3; i++) printf("%ld\n", (long)get(fd)); }
    CASE(event_full) { int fd = eventfd(0, EFD_NONBLOCK); put(fd, UINT64_MAX - 1); put(fd, 1); put(fd, UINT64_MAX); }
    CASE(event_short) { int fd = eventfd(1, 0); say(read(fd, text, 4)); say(write(fd, text, 4)); }
    CASE(event_flags) { say(eventfd(0, 1 << 30)); }
    CASE(event_poll) { struct pollfd p = {eventfd(0, 0), POLLIN | POLLOUT, 0}; poll(&p, 1, 0); printf("%d ", p.revents); put(p.fd, 1); poll(&p, 1, 0); printf("%d\n", p.revents); }
    CASE(timer_once) { printf("%ld\n", (long)get(timer(20, 0, 0))); }
    CASE(timer_unset) { printf("%ld\n", (long)get(timer(0, 0, TFD_NONBLOCK))); }
    CASE(timer_not_yet) { printf("%ld\n", (long)get(timer(5000, 0, TFD_NONBLOCK))); }
    CASE(timer_once_only) { int fd = timer(10, 0, TFD_NONBLOCK); usleep(30000); printf("%ld ", (long)get(fd)); printf("%ld\n", (long)get(fd)); }
    CASE(timer_period) { int fd = timer(20, 20, 0); printf("%ld ", (long)get(fd)); printf("%ld\n", (long)get(fd)); }
    CASE(timer_disarm) { int fd = timer(10, 0, TFD_NONBLOCK); struct itimerspec s = {0}, old; timerfd_settime(fd, 0, &s, &old); usleep(20000); printf("%ld %d\n", (long)get(fd), old.it_value.tv_nsec > 0); }
    CASE(timer_rearm) { int fd = timer(5000, 0, 0); struct itimerspec s = {.it_value = {0, 1000000}}; timerfd_settime(fd, 0, &s, NULL); printf("%ld\n", (long)get(fd)); }
    CASE(timer_past) { int fd = timerfd_create(CLOCK_REALTIME, 0); struct itimerspec s = {.it_value = {1, 0}}; timerfd_settime(fd, TFD_TIMER_ABSTIME, &s, NULL); printf("%ld\n", (long)get(fd)); }
    CASE(timer_gettime) { struct itimerspec s; int fd = timer(5000, 700, 0); timerfd_gettime(fd, &s); printf("%d %ld\n", s.it_value.tv_sec == 4 || s.it_value.tv_sec == 5, s.it_interval.tv_nsec); }
    CASE(timer_bad) { struct itimerspec s = {.it_value = {0, 2000000000}}; int fd = timerfd_create(CLOCK_MONOTONIC, 0); say(timerfd_settime(fd, 0, &s, NULL)); say(timerfd_create(99, 0)); say(timerfd_settime(0, 0, &s, NULL)); }
    CASE(timer_short) { int fd = timer(1, 0, 0); usleep(5000); say(read(fd, text, 4)); }
    CASE(timer_write) { say(write(timer(1, 0, 0), text, 8)); }
    CASE(timer_order) { int a = timer(20, 0, 0), b = timer(60, 0, 0); struct pollfd p[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}}; printf("%d ", poll(p, 2, -1)); printf("%d %d\n", p[0].revents, p[1].revents); }
}

/* ---- poll, select, epoll --------------------------------------------------------------------------- */

static int watched(int ep, int fd, uint32_t events)
{
    struct epoll_event ev = {.events = events, .data = {.fd = fd}};
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
}

static void tell(int ep)
{
    struct epoll_event r[4];
    int n = epoll_wait(ep, r, 4, 30);
    printf("%d:", n);
    for (int i = 0; i < n; i++)
        printf(" %x", r[i].events);
    printf("\n");
}

static int polled(int fd, short events)
{
    struct pollfd p = {fd, events, 0};
    poll(&p, 1, 0);
    return p.revents;
}

static void waiting(void)
{
    pipe(e);
    int ep = epoll_create1(0);
    CASE(poll_in) { printf("%x ", polled(e[0], POLLIN)); write(e[1], "x", 1); printf("%x\n", polled(e[0], POLLIN)); }
    CASE(poll_out) { printf("%x ", polled(e[1], POLLOUT)); nonblocking(e[1]); write(e[1], block, 65536); printf("%x\n", polled(e[1], POLLOUT)); }
    CASE(poll_hup) { close(e[1]); printf("%x\n", polled(e[0], POLLIN)); }
    CASE(poll_hup_data) { write(e[1], "x", 1); close(e[1]); printf("%x\n", polled(e[0], POLLIN)); }
    CASE(poll_err) { close(e[0]); printf("%x\n", polled(e[1], POLLOUT)); }
    CASE(poll_invalid) { printf("%x\n", polled(888, POLLIN)); }
    CASE(poll_negative) { printf("%x\n", polled(-1, POLLIN)); }
    CASE(poll_nothing) { printf("%d\n", poll(NULL, 0, 10)); }
    CASE(poll_late) { struct pollfd p = {e[0], POLLIN, 0}; printf("%d\n", poll(&p, 1, 10)); }
    CASE(poll_unasked) { write(e[1], "x", 1); printf("%x\n", polled(e[0], 0)); }
    CASE(ppoll_bad) { struct timespec t = {0, -1}; struct pollfd p = {e[0], POLLIN, 0}; say(ppoll(&p, 1, &t, NULL)); }
    CASE(select_in) { fd_set s; struct timeval t = {0, 10000}; FD_ZERO(&s); FD_SET(e[0], &s); printf("%d ", select(e[0] + 1, &s, NULL, NULL, &t)); printf("%d ", FD_ISSET(e[0], &s) != 0); write(e[1], "x", 1); FD_SET(e[0], &s); printf("%d\n", select(e[0] + 1, &s, NULL, NULL, NULL)); }
    CASE(select_out) { fd_set in, out; FD_ZERO(&in); FD_ZERO(&out); FD_SET(e[0], &in); FD_SET(e[1], &out); printf("%d %d\n", select(10, &in, &out, NULL, NULL), FD_ISSET(e[1], &out) != 0); }
    CASE(select_bad) { fd_set s; FD_ZERO(&s); FD_SET(40, &s); say(select(41, &s, NULL, NULL, NULL)); say(select(-1, NULL, NULL, NULL, NULL)); }
    CASE(epoll_level) { watched(ep, e[0], EPOLLIN); tell(ep); write(e[1], "ab", 2); tell(ep); read(e[0], text, 1); tell(ep); read(e[0], text, 1); tell(ep); }
    CASE(epoll_edge) { watched(ep, e[0], EPOLLIN | EPOLLET); write(e[1], "ab", 2); tell(ep); tell(ep); write(e[1], "c", 1); tell(ep); }
    CASE(epoll_oneshot) { struct epoll_event ev = {.events = EPOLLIN | EPOLLONESHOT}; epoll_ctl(ep, EPOLL_CTL_ADD, e[0], &ev); write(e[1], "a", 1); tell(ep); tell(ep); epoll_ctl(ep, EPOLL_CTL_MOD, e[0], &ev); tell(ep); }
    CASE(epoll_twice) { printf("%d ", watched(ep, e[0], EPOLLIN)); say(watched(ep, e[0], EPOLLIN)); }
    CASE(epoll_unknown) { struct epoll_event ev = {.events = EPOLLIN}; say(epoll_ctl(ep, EPOLL_CTL_MOD, e[0], &ev)); say(epoll_ctl(ep, EPOLL_CTL_DEL, e[0], NULL)); say(epoll_ctl(ep, 77, e[0], &ev)); }
    CASE(epoll_itself) { say(watched(ep, ep, EPOLLIN)); say(watched(e[0], e[1], EPOLLIN)); }
    CASE(epoll_delete) { watched(ep, e[0], EPOLLIN); write(e[1], "a", 1); epoll_ctl(ep, EPOLL_CTL_DEL, e[0], NULL); tell(ep); }
    CASE(epoll_close) { watched(ep, e[0], EPOLLIN); write(e[1], "a", 1); close(e[0]); tell(ep); }
    CASE(epoll_dup_stays) { int a = dup(e[0]); watched(ep, e[0], EPOLLIN); write(e[1], "a", 1); close(e[0]); tell(ep); close(a); tell(ep); }
    CASE(epoll_hup) { watched(ep, e[0], EPOLLIN); close(e[1]); tell(ep); }
    CASE(epoll_nested) { int outer = epoll_create1(0); watched(ep, e[0], EPOLLIN); watched(outer, ep, EPOLLIN); tell(outer); write(e[1], "a", 1); tell(outer); }
    CASE(epoll_max) { struct epoll_event r; say(epoll_wait(ep, &r, 0, 0)); say(epoll_wait(e[0], &r, 1, 0)); }
    CASE(epoll_one_of_two) { pipe(f); watched(ep, e[0], EPOLLIN); watched(ep, f[0], EPOLLIN); write(e[1], "a", 1); write(f[1], "a", 1); struct epoll_event r; printf("%d ", epoll_wait(ep, &r, 1, 0)); printf("%d\n", r.data.fd == e[0] ? 0 : 1); }
    CASE(epoll_event) { int fd = eventfd(0, 0); watched(ep, fd, EPOLLIN); tell(ep); put(fd, 1); tell(ep); get(fd); tell(ep); }
}

/* ---- message queues ------------------------------------------------------------------------------------ */

static char room[8192];

static mqd_t queue(int flags)
{
    struct mq_attr a = {.mq_maxmsg = 2, .mq_msgsize = 16};
    mq_unlink("/threadmill-conformance");
    return mq_open("/threadmill-conformance", O_CREAT | O_RDWR | flags, 0600, &a);
}

static void queues(void)
{
    unsigned p = 0;
    mqd_t q = queue(O_NONBLOCK);
    CASE(queue_order) { mq_send(q, "a", 1, 1); mq_send(q, "bb", 2, 5); for (int i = 0; i < 3; i++) say(mq_receive(q, room, 16, &p)); printf("%u\n", p); }
    CASE(queue_full) { mq_send(q, "a", 1, 0); mq_send(q, "b", 1, 0); say(mq_send(q, "c", 1, 0)); }
    CASE(queue_sizes) { say(mq_send(q, block, 17, 0)); say(mq_receive(q, room, 15, &p)); say(mq_send(q, "", 0, 40000)); }
    CASE(queue_empty_message) { say(mq_send(q, "", 0, 0)); say(mq_receive(q, room, 16, NULL)); }
    CASE(queue_attributes) { struct mq_attr a; mq_send(q, "a", 1, 0); mq_getattr(q, &a); printf("%ld %ld %ld %d\n", a.mq_maxmsg, a.mq_msgsize, a.mq_curmsgs, a.mq_flags != 0); }
    CASE(queue_names) { say(mq_open("/threadmill-conformance", O_CREAT | O_EXCL | O_RDWR, 0600, NULL)); say(mq_open("noslash", O_RDWR)); say(mq_open("/threadmill-nobody", O_RDWR)); say(mq_unlink("/threadmill-nobody")); }
    CASE(queue_late) { struct timespec t = {1, 0}; mqd_t w = mq_open("/threadmill-conformance", O_RDWR); say(mq_timedreceive(w, room, 16, NULL, &t)); }
    CASE(queue_process) { if (fork() == 0) { mq_send(q, "tea", 3, 0); _exit(0); } wait(NULL); say(mq_receive(q, room, 16, NULL)); }
    CASE(queue_unlinked) { mq_unlink("/threadmill-conformance"); mq_send(q, "tea", 3, 0); say(mq_receive(q, room, 16, NULL)); }
    mq_unlink("/threadmill-conformance");
}

/* ---- sockets ------------------------------------------------------------------------------------------ */

static struct sockaddr_in home;
static socklen_t home_size = sizeof home;

static int server(int flags)
{
    int fd = socket(AF_INET, SOCK_STREAM | flags, 0);
    home = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bind(fd, (struct sockaddr *)&home, sizeof home);
    listen(fd, 4);
    getsockname(fd, (struct sockaddr *)&home, &home_size);
    return fd;
}

static int client(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&home, sizeof home) != 0)
        printf("%s\n", strerror(errno));
    return fd;
}

static void sockets(void)
{
    CASE(socket_tcp_echo) { int s = server(0), c = client(), a = accept(s, NULL, NULL); write(c, "tea", 3); say(read(a, text, 9)); write(a, "ok", 2); say(read(c, text, 9)); close(a); say(read(c, text, 9)); }
    CASE(socket_tcp_nobody) { int s = server(0); close(s); client(); }
    CASE(socket_tcp_taken) { server(0); int fd = socket(AF_INET, SOCK_STREAM, 0); say(bind(fd, (struct sockaddr *)&home, sizeof home)); }
    CASE(socket_tcp_empty) { say(accept(server(SOCK_NONBLOCK), NULL, NULL)); }
    CASE(socket_tcp_half) { int s = server(0), c = client(), a = accept(s, NULL, NULL); write(c, "tea", 3); shutdown(c, SHUT_WR); say(read(a, text, 9)); say(read(a, text, 9)); write(a, "ok", 2); say(read(c, text, 9)); }
    CASE(socket_tcp_fork) { int s = server(0); if (fork() == 0) { int c = client(); write(c, "tea", 3); _exit(0); } int a = accept(s, NULL, NULL); say(read(a, text, 9)); wait(NULL); say(read(a, text, 9)); }
    CASE(socket_tcp_race) { int s = server(SOCK_NONBLOCK); if (fork() == 0) { client(); _exit(0); } printf("%d\n", accept(s, NULL, NULL) >= 0); wait(NULL); }
    CASE(socket_tcp_closed_race) { int s = server(0); if (fork() == 0) { close(s); client(); _exit(0); } close(s); wait(NULL); printf("\n"); }
    CASE(socket_tcp_poll) { int s = server(0); struct pollfd p = {s, POLLIN, 0}; printf("%d ", poll(&p, 1, 0)); client(); printf("%d\n", poll(&p, 1, 1000)); }
    CASE(socket_tcp_unconnected) { say(read(socket(AF_INET, SOCK_STREAM, 0), text, 1)); say(accept(socket(AF_INET, SOCK_STREAM, 0), NULL, NULL)); }
    socketpair(AF_UNIX, SOCK_STREAM, 0, e);
    CASE(socket_both_ways) { write(e[0], "ab", 2); write(e[1], "c", 1); say(read(e[1], text, 9)); say(read(e[0], text, 9)); }
    CASE(socket_eof) { write(e[0], "ab", 2); close(e[0]); say(recv(e[1], text, 9, 0)); say(recv(e[1], text, 9, 0)); }
    CASE(socket_dontwait) { say(recv(e[1], text, 9, MSG_DONTWAIT)); }
    CASE(socket_nosignal) { close(e[1]); say(send(e[0], "a", 1, MSG_NOSIGNAL)); }
    CASE(socket_poll) { printf("%x ", polled(e[0], POLLIN | POLLOUT)); write(e[1], "a", 1); printf("%x ", polled(e[0], POLLIN | POLLOUT)); close(e[1]); printf("%x\n", polled(e[0], POLLIN | POLLOUT | POLLRDHUP)); }
    CASE(socket_not) { pipe(f); say(send(f[1], "a", 1, 0)); say(recv(f[0], text, 1, 0)); }
    CASE(socket_datagrams) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); send(e[0], "ab", 2, 0); write(e[0], "cde", 3); say(read(e[1], text, 9)); say(recv(e[1], text, 9, 0)); }
    CASE(socket_packets) { socketpair(AF_UNIX, SOCK_SEQPACKET, 0, e); send(e[0], "ab", 2, 0); write(e[0], "cde", 3); say(read(e[1], text, 9)); say(recv(e[1], text, 9, 0)); }
    CASE(socket_datagram_cut) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); sendto(e[0], "abcd", 4, 0, NULL, 0); write(e[0], "e", 1); say(recvfrom(e[1], text, 2, 0, NULL, NULL)); say(read(e[1], text, 9)); }
    CASE(socket_packet_eof) { socketpair(AF_UNIX, SOCK_SEQPACKET, 0, e); write(e[0], "ab", 2); close(e[0]); say(read(e[1], text, 9)); say(read(e[1], text, 9)); }
    CASE(socket_datagram_no_eof) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); write(e[0], "ab", 2); close(e[0]); say(read(e[1], text, 9)); say(recv(e[1], text, 9, MSG_DONTWAIT)); }
    CASE(socket_datagram_refused) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); close(e[1]); say(send(e[0], "ab", 2, MSG_NOSIGNAL)); }
    CASE(socket_packet_broken) { socketpair(AF_UNIX, SOCK_SEQPACKET, 0, e); close(e[1]); say(send(e[0], "ab", 2, MSG_NOSIGNAL)); }
    CASE(socket_datagram_empty) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); write(e[0], "", 0); printf("%x ", polled(e[1], POLLIN | POLLRDHUP)); say(read(e[1], text, 9)); say(recv(e[1], text, 9, MSG_DONTWAIT)); }
    CASE(socket_datagram_children) { socketpair(AF_UNIX, SOCK_DGRAM, 0, e); for (int i = 0; i < 2; i++) if (fork() == 0) _exit((int)read(e[1], text, 9)); write(e[0], "a", 1); write(e[0], "bcd", 3); int s, n = 0; while (wait(&s) > 0) n += WEXITSTATUS(s); printf("%d\n", n); }
    CASE(socket_kinds) { say(socketpair(AF_UNIX, SOCK_RAW + 7, 0, f));  say(socketpair(AF_UNIX, SOCK_STREAM, 99, f)); }
}

/* ---- processes --------------------------------------------------------------------------------------------- */

static void show(pid_t pid)
{
    int s;
    if (waitpid(pid, &s, 0) != pid)
        printf("no\n");
    else if (WIFEXITED(s))
        printf("exit %d\n", WEXITSTATUS(s));
    else
        printf("signal %d\n", WTERMSIG(s));
}

static int global;

static void leaving(void) { write(1, "bye ", 4); }

static void *reads_for_ever(void *none)
{
    int p[2];
    pipe(p);
    read(p[0], text, 1);
    return none;
}

static void processes(void)
{
    pid_t pid;
    pipe(e);
    CASE(fork_status) { if ((pid = fork()) == 0) _exit(300); show(pid); }
    CASE(fork_abort) { if ((pid = fork()) == 0) abort(); show(pid); }
    CASE(fork_strtok) { char s[] = "a b", w[] = "1 2"; if ((pid = fork()) == 0) { strtok(s, " "); write(e[1], "x", 1); _exit(strtok(NULL, " ") == s + 2 ? 0 : 1); } say(read(e[0], text, 1)); printf("%s ", strtok(w, " ")); printf("%s\n", strtok(NULL, " ")); show(pid); }
    CASE(fork_kill) { if ((pid = fork()) == 0) for (;;) sleep(100); kill(pid, SIGKILL); show(pid); }
    CASE(fork_term) { if ((pid = fork()) == 0) for (;;) sleep(100); kill(pid, SIGTERM); show(pid); }
    CASE(fork_raise) { if ((pid = fork()) == 0) { raise(SIGINT); _exit(1); } show(pid); }
    CASE(fork_sigpipe) { if ((pid = fork()) == 0) { close(e[0]); write(e[1], "x", 1); _exit(1); } close(e[0]); show(pid); }
    CASE(fork_ignored) { signal(SIGTERM, SIG_IGN); if ((pid = fork()) == 0) { raise(SIGTERM); _exit(4); } show(pid); }
    CASE(fork_memory) { if ((pid = fork()) == 0) { global = 7; _exit(global); } show(pid); printf("%d\n", global); }
    CASE(fork_shared) { int *x = mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); if ((pid = fork()) == 0) { *x = 7; _exit(0); } show(pid); printf("%d\n", *x); munmap(x, 4); }
    CASE(fork_private) { int *x = mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); if ((pid = fork()) == 0) { *x = 7; _exit(0); } show(pid); printf("%d\n", *x); munmap(x, 4); }
    CASE(fork_pipe) { if ((pid = fork()) == 0) { write(e[1], "tea", 3); _exit(0); } close(e[1]); say(read(e[0], text, 9)); say(read(e[0], text, 9)); show(pid); }
    CASE(fork_two_writers) { for (int i = 0; i < 2; i++) if (fork() == 0) { write(e[1], &"ab"[i], 1); _exit(0); } close(e[1]); while (read(e[0], text, 1) == 1) putchar(text[0]); putchar('\n'); wait(NULL); wait(NULL); }
    CASE(fork_family) { pid_t me = getpid(); if ((pid = fork()) == 0) _exit((getppid() == me) + 2 * (getpid() != me)); show(pid); }
    CASE(fork_nested) { if ((pid = fork()) == 0) { pid_t k = fork(); if (k == 0) _exit(5); int s; waitpid(k, &s, 0); _exit(WEXITSTATUS(s) + 1); } show(pid); }
    CASE(fork_descriptor) { if ((pid = fork()) == 0) { close(e[0]); close(e[1]); _exit(0); } show(pid); say(write(e[1], "x", 1)); }
    CASE(fork_offset_flags) { if ((pid = fork()) == 0) { nonblocking(e[0]); _exit(0); } show(pid); say(read(e[0], text, 1)); }
    CASE(fork_buffer) { int out = dup(1); dup2(e[1], 1); printf("tea "); if ((pid = fork()) == 0) exit(0); waitpid(pid, NULL, 0); fflush(stdout); dup2(out, 1); printf("%zd\n", read(e[0], text, 64)); }
    CASE(fork_buffer_lost) { int out = dup(1); dup2(e[1], 1); printf("tea "); if ((pid = fork()) == 0) _exit(0); waitpid(pid, NULL, 0); fflush(stdout); dup2(out, 1); printf("%zd\n", read(e[0], text, 64)); }
    CASE(wait_none) { say(wait(NULL)); say(waitpid(-1, NULL, WNOHANG)); say(waitpid(getpid(), NULL, 0)); }
    CASE(wait_not_yet) { if ((pid = fork()) == 0) { read(e[0], text, 1); _exit(0); } printf("%d\n", waitpid(pid, NULL, WNOHANG)); write(e[1], "x", 1); show(pid); }
    CASE(wait_twice) { if ((pid = fork()) == 0) _exit(0); show(pid); show(pid); }
    CASE(wait_any) { for (int i = 0; i < 2; i++) if (fork() == 0) _exit(i + 1); int s, sum = 0; while (wait(&s) > 0) sum += WEXITSTATUS(s); printf("%d\n", sum); }
    CASE(wait_order) { for (int i = 0; i < 2; i++) if (fork() == 0) _exit(i + 1); int s; wait(&s); printf("%d\n", WEXITSTATUS(s)); wait(NULL); }
    CASE(kill_nobody) { if ((pid = fork()) == 0) _exit(0); show(pid); say(kill(pid, 0)); say(kill(pid, 999)); }
    CASE(kill_zombie) { if ((pid = fork()) == 0) { close(e[1]); _exit(0); } close(e[1]); read(e[0], text, 1); say(kill(pid, 0)); show(pid); }
    CASE(process_mutex) {
        struct { pthread_mutex_t m; int n; } *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        pthread_mutexattr_t a;
        pthread_mutexattr_init(&a);
        pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
        pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&s->m, &a);
        if ((pid = fork()) == 0) { pthread_mutex_lock(&s->m); s->n++; _exit(0); }
        show(pid);
        int r = pthread_mutex_lock(&s->m);
        printf("%s %d\n", r ? strerror(r) : "ok", s->n);
    }
    CASE(process_sem) {
        sem_t *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        sem_init(s, 1, 0);
        if ((pid = fork()) == 0) { sem_post(s); _exit(0); }
        sem_wait(s);
        show(pid);
    }
    CASE(shared_name) {
        int fd = shm_open("/threadmill-conformance", O_CREAT | O_EXCL | O_RDWR, 0600);
        ftruncate(fd, 64);
        int *x = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        say(shm_open("/threadmill-conformance", O_CREAT | O_EXCL | O_RDWR, 0600));
        if ((pid = fork()) == 0) { *x = 3; _exit(0); }
        show(pid);
        printf("%d %d\n", *x, shm_unlink("/threadmill-conformance"));
        say(shm_unlink("/threadmill-conformance"));
        munmap(x, 64);
    }
    CASE(atexit_once) { if ((pid = fork()) == 0) exit(6); show(pid); }
    CASE(fork_pause) { if ((pid = fork()) == 0) { pause(); _exit(1); } kill(pid, SIGTERM); show(pid); }
    CASE(fork_pause_ignores) { signal(SIGUSR1, SIG_IGN); if ((pid = fork()) == 0) { pause(); _exit(1); } kill(pid, SIGUSR1); kill(pid, SIGINT); show(pid); }
    CASE(fork_suspend) { sigset_t s; sigemptyset(&s); sigaddset(&s, SIGTERM); sigprocmask(SIG_BLOCK, &s, NULL); if ((pid = fork()) == 0) { sigemptyset(&s); sigsuspend(&s); _exit(1); } kill(pid, SIGTERM); show(pid); }
    CASE(fork_key) { pthread_key_t k, l; pthread_key_create(&k, NULL); pthread_setspecific(k, text); if ((pid = fork()) == 0) { int same = pthread_getspecific(k) == text; pthread_key_delete(k); _exit(same); } show(pid); printf("%d\n", pthread_getspecific(k) == text); pthread_key_create(&l, NULL); printf("%d\n", k != l); }
    CASE(fork_random) { srand(3); if ((pid = fork()) == 0) { int x = rand() & 127; write(e[1], &x, sizeof x); _exit(0); } int x; show(pid); read(e[0], &x, sizeof x); printf("%d\n", x == (rand() & 127)); }
    CASE(fork_jump) { static jmp_buf b; if (setjmp(b)) _exit(5); if ((pid = fork()) == 0) longjmp(b, 1); show(pid); }
    CASE(fork_sem_close) { sem_t *s = sem_open("/threadmill-conformance", O_CREAT, 0600, 1); sem_unlink("/threadmill-conformance"); if ((pid = fork()) == 0) { sem_wait(s); _exit(sem_close(s) + 3); } show(pid); say(sem_trywait(s)); say(sem_post(s)); say(sem_close(s)); }
    CASE(fork_quick) { at_quick_exit(leaving); if ((pid = fork()) == 0) quick_exit(2); show(pid); fflush(stdout); _exit(0); }
    CASE(exec_true) { if ((pid = fork()) == 0) { execlp("true", "true", (char *)NULL); _exit(9); } show(pid); }
    CASE(exec_false) { if ((pid = fork()) == 0) { execl("/bin/false", "no", (char *)NULL); _exit(9); } show(pid); }
    CASE(exec_unknown) { if ((pid = fork()) == 0) { char *a[] = {"no-such-tool", NULL}; say(execvp(a[0], a)); say(execv("true", a)); say(execv("/bin/no-such-tool", a)); fflush(stdout); _exit(127); } show(pid); }
    CASE(exec_echo) { char *a[] = {"echo", "two", "", "words", NULL}; if ((pid = fork()) == 0) { dup2(e[1], 1); execvp(a[0], a); } close(e[1]); show(pid); say(read(e[0], text, 64)); printf("%.12s", text); say(read(e[0], text, 64)); }
    CASE(exec_echo_n) { char *a[] = {"echo", "-n", "x", "-n", NULL}; if ((pid = fork()) == 0) { dup2(e[1], 1); execv("/usr/bin/echo", a); } close(e[1]); show(pid); say(read(e[0], text, 64)); printf("%.4s\n", text); }
    CASE(exec_echo_closed) { char *a[] = {"echo", "x", NULL}; if ((pid = fork()) == 0) { close(1); close(2); execvp(a[0], a); } show(pid); }
    CASE(exec_cat_end) { pipe(f); if ((pid = fork()) == 0) { dup2(e[0], 0); dup2(f[1], 1); close(e[0]); close(e[1]); close(f[0]); close(f[1]); execlp("cat", "cat", (char *)NULL); } close(f[1]); write(e[1], "tea", 3); close(e[1]); say(read(f[0], text, 9)); say(read(f[0], text, 9)); show(pid); }
    CASE(exec_cat_closed) { if ((pid = fork()) == 0) { dup2(e[0], 0); close(e[0]); close(e[1]); close(1); execlp("cat", "cat", (char *)NULL); } close(e[1]); show(pid); }
    CASE(exec_sleep) { if ((pid = fork()) == 0) execlp("sleep", "sleep", "0.01", "0.01s", (char *)NULL); show(pid); }
    CASE(exec_sleep_bad) { if ((pid = fork()) == 0) { close(2); execlp("sleep", "sleep", "x", (char *)NULL); } show(pid); }
    CASE(exec_sleep_killed) { if ((pid = fork()) == 0) execlp("sleep", "sleep", "100", (char *)NULL); kill(pid, SIGTERM); show(pid); }
    CASE(exec_sh_exit) { if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "exit 7", (char *)NULL); show(pid); }
    CASE(exec_sh_last) { if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "true; false", (char *)NULL); show(pid); }
    CASE(exec_sh_kill) { if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "kill -9 $$", (char *)NULL); show(pid); }
    CASE(exec_sh_term) { if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "kill -TERM $$; exit 1", (char *)NULL); show(pid); }
    CASE(exec_sh_echo) { if ((pid = fork()) == 0) { dup2(e[1], 1); execl("/bin/sh", "sh", "-c", "echo one 'two  words'; echo \"x y\"", (char *)NULL); } close(e[1]); show(pid); int n = 0; while (read(e[0], text + n, 1) == 1) n++; printf("%.*s", n, text); }
    CASE(exec_sh_error) { if ((pid = fork()) == 0) { dup2(e[1], 2); close(1); execlp("sh", "sh", "-c", "echo oh no >&2", (char *)NULL); } close(e[1]); show(pid); say(read(e[0], text, 64)); printf("%.6s", text); }
    CASE(exec_sh_unknown) { if ((pid = fork()) == 0) { close(2); execlp("sh", "sh", "-c", "no-such-tool; exit", (char *)NULL); } show(pid); }
    CASE(exec_cloexec) { fcntl(e[1], F_SETFD, FD_CLOEXEC); pid_t k; if ((pid = fork()) == 0) execlp("sleep", "sleep", "100", (char *)NULL); close(e[1]); say(read(e[0], text, 1)); k = pid; kill(k, SIGKILL); show(k); }
    CASE(exec_inherited) { if ((pid = fork()) == 0) execlp("sleep", "sleep", "0.01", (char *)NULL); close(e[1]); say(read(e[0], text, 1)); show(pid); }
    CASE(exec_buffer_lost) { int out = dup(1); dup2(e[1], 1); printf("tea "); if ((pid = fork()) == 0) execlp("true", "true", (char *)NULL); waitpid(pid, NULL, 0); fflush(stdout); dup2(out, 1); printf("%zd\n", read(e[0], text, 64)); }
    CASE(exec_ignored) { signal(SIGTERM, SIG_IGN); if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "kill $$; exit 3", (char *)NULL); show(pid); }
    CASE(exec_blocked) { sigset_t s; sigemptyset(&s); sigaddset(&s, SIGTERM); if ((pid = fork()) == 0) { sigprocmask(SIG_BLOCK, &s, NULL); execlp("sh", "sh", "-c", "kill $$; exit 3", (char *)NULL); } show(pid); }
    CASE(exec_sigpipe) { if ((pid = fork()) == 0) { dup2(e[1], 1); close(e[0]); execlp("echo", "echo", "x", (char *)NULL); } close(e[0]); show(pid); }
    CASE(exec_sigpipe_ignored) { signal(SIGPIPE, SIG_IGN); if ((pid = fork()) == 0) { dup2(e[1], 1); close(2); close(e[0]); execlp("echo", "echo", "x", (char *)NULL); } close(e[0]); show(pid); }
    CASE(exec_atexit) { if ((pid = fork()) == 0) { atexit(leaving); execlp("true", "true", (char *)NULL); } show(pid); }
    CASE(exec_threads) { pthread_t t; if ((pid = fork()) == 0) { pthread_create(&t, NULL, reads_for_ever, NULL); execlp("true", "true", (char *)NULL); } show(pid); }
    CASE(exec_pid) { if ((pid = fork()) == 0) execlp("sh", "sh", "-c", "exit 4", (char *)NULL); int s; say(waitpid(pid, &s, 0) == pid); printf("%d\n", WEXITSTATUS(s)); }
    CASE(stderr_redirected) { if ((pid = fork()) == 0) { dup2(e[1], 2); fprintf(stderr, "oh"); _exit(0); } show(pid); say(read(e[0], text, 9)); }
}

/* ---- waiting for children, in all ways ------------------------------------------------------------------ */

static void show_info(int result, const siginfo_t *i, pid_t pid)
{
    if (result)
        printf("%s\n", strerror(errno));
    else
        printf("%d %d %d %d\n", i->si_signo, i->si_code, i->si_status, pid ? i->si_pid == pid : i->si_pid);
}

static void children(void)
{
    pid_t pid;
    siginfo_t i;
    int s;
    memset(&i, 7, sizeof i);
    pipe(e);
    CASE(waitid_exit) { if ((pid = fork()) == 0) _exit(3); show_info(waitid(P_PID, pid, &i, WEXITED), &i, pid); show(pid); }
    CASE(waitid_killed) { if ((pid = fork()) == 0) pause(); kill(pid, SIGTERM); show_info(waitid(P_ALL, 0, &i, WEXITED), &i, pid); }
    CASE(waitid_look) { if ((pid = fork()) == 0) _exit(3); show_info(waitid(P_PID, pid, &i, WEXITED | WNOWAIT), &i, pid); show(pid); }
    CASE(waitid_not_yet) { if ((pid = fork()) == 0) { read(e[0], text, 1); _exit(0); } show_info(waitid(P_PID, pid, &i, WEXITED | WNOHANG), &i, 0); write(e[1], "x", 1); show(pid); }
    CASE(waitid_bad) { show_info(waitid(P_PID, 1, &i, 0), &i, 0); show_info(waitid(P_PID, 0, &i, WEXITED), &i, 0); show_info(waitid(99, 1, &i, WEXITED), &i, 0); show_info(waitid(P_ALL, 0, &i, WEXITED), &i, 0); show_info(waitid(P_PID, getpid(), &i, WEXITED), &i, 0); }
    CASE(waitid_group) { if ((pid = fork()) == 0) _exit(1); show_info(waitid(P_PGID, 0, &i, WEXITED), &i, pid); }
    CASE(waitid_no_info) { if ((pid = fork()) == 0) _exit(1); say(waitid(P_ALL, 0, NULL, WEXITED)); show(pid); }
    CASE(waitid_stopped) { if ((pid = fork()) == 0) for (;;) sleep(100); kill(pid, SIGSTOP); show_info(waitid(P_PID, pid, &i, WSTOPPED | WEXITED), &i, pid); kill(pid, SIGCONT); show_info(waitid(P_PID, pid, &i, WCONTINUED), &i, pid); kill(pid, SIGKILL); show(pid); }
    CASE(waitid_stop_told_once) { if ((pid = fork()) == 0) for (;;) sleep(100); kill(pid, SIGSTOP); waitid(P_PID, pid, &i, WSTOPPED | WNOWAIT); show_info(waitid(P_PID, pid, &i, WSTOPPED), &i, pid); show_info(waitid(P_PID, pid, &i, WSTOPPED | WNOHANG), &i, 0); kill(pid, SIGKILL); show(pid); }
    CASE(waitpid_before_stop) { nonblocking(e[1]); if ((pid = fork()) == 0) { write(e[1], "x", 1); _exit(3); } kill(pid, SIGSTOP); if (waitpid(pid, &s, WNOHANG | WUNTRACED) > 0 && WIFEXITED(s)) { printf("soon\n"); } else { kill(pid, SIGCONT); show(pid); } }
    CASE(waitpid_stopped) { if ((pid = fork()) == 0) for (;;) sleep(100); kill(pid, SIGSTOP); waitpid(pid, &s, WUNTRACED); printf("%d %d\n", WIFSTOPPED(s), WSTOPSIG(s)); kill(pid, SIGCONT); waitpid(pid, &s, WCONTINUED); printf("%d\n", WIFCONTINUED(s)); kill(pid, SIGKILL); show(pid); }
    CASE(waitid_stop_zombie) { if ((pid = fork()) == 0) _exit(1); waitid(P_PID, pid, &i, WEXITED | WNOWAIT); show_info(waitid(P_PID, pid, &i, WSTOPPED), &i, pid); show(pid); }
    CASE(waitid_stop_late) { if ((pid = fork()) == 0) { usleep(20000); _exit(1); } show_info(waitid(P_PID, pid, &i, WSTOPPED), &i, pid); show(pid); }
    CASE(wait3_usage) { struct rusage u; if ((pid = fork()) == 0) _exit(2); printf("%d ", wait3(&s, 0, &u) == pid); printf("%d %d\n", WEXITSTATUS(s), (int)u.ru_utime.tv_sec); say(wait3(&s, WNOHANG, NULL)); }
    CASE(wait4_one) { if ((pid = fork()) == 0) _exit(2); printf("%d ", wait4(pid, &s, 0, NULL) == pid); printf("%d\n", WEXITSTATUS(s)); say(wait4(pid, &s, 0, NULL)); }
    CASE(wait4_any_look) { for (int k = 0; k < 2; k++) if (fork() == 0) _exit(k + 1); waitid(P_ALL, 0, &i, WEXITED | WNOWAIT); int first = i.si_status; waitid(P_ALL, 0, &i, WEXITED); printf("%d %d\n", first, i.si_status); wait(NULL); }
}

/* ---- posix_spawn ------------------------------------------------------------------------------------------ */

static posix_spawn_file_actions_t acts;
static posix_spawnattr_t attr;

static pid_t start(int search, const posix_spawn_file_actions_t *what, const posix_spawnattr_t *how, char **words)
{
    pid_t pid = 0;
    int error = (search ? posix_spawnp : posix_spawn)(&pid, words[0], what, how, words, NULL);
    if (error)
        printf("%s\n", strerror(error));
    return pid;
}

static void spawning(void)
{
    pid_t pid;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pipe(e);
    posix_spawn_file_actions_init(&acts);
    posix_spawnattr_init(&attr);
    CASE(spawn_true) { char *w[] = {"/bin/true", NULL}; show(start(0, NULL, NULL, w)); }
    CASE(spawn_false) { char *w[] = {"false", NULL}; show(start(1, NULL, NULL, w)); }
    CASE(spawn_nothing) { char *w[] = {"no-such-tool", NULL}; start(1, NULL, NULL, w); start(0, NULL, NULL, w); say(wait(NULL)); }
    CASE(spawn_output) { char *w[] = {"echo", "tea", NULL}; posix_spawn_file_actions_adddup2(&acts, e[1], 1); posix_spawn_file_actions_addclose(&acts, e[0]); posix_spawn_file_actions_addclose(&acts, e[1]); pid = start(1, &acts, NULL, w); close(e[1]); say(read(e[0], text, 9)); say(read(e[0], text, 9)); show(pid); }
    CASE(spawn_input) { char *w[] = {"cat", NULL}; pipe(f); posix_spawn_file_actions_adddup2(&acts, e[0], 0); posix_spawn_file_actions_adddup2(&acts, f[1], 1); posix_spawn_file_actions_addclose(&acts, e[1]); pid = start(1, &acts, NULL, w); close(f[1]); write(e[1], "tea", 3); close(e[1]); say(read(f[0], text, 9)); say(read(f[0], text, 9)); show(pid); }
    CASE(spawn_keeps_open) { char *w[] = {"cat", NULL}; posix_spawn_file_actions_adddup2(&acts, e[0], 0); pid = start(1, &acts, NULL, w); struct pollfd p = {e[0], POLLIN, 0}; close(e[1]); printf("%d\n", poll(&p, 1, 10)); kill(pid, SIGKILL); show(pid); }
    CASE(spawn_bad_action) { char *w[] = {"true", NULL}; posix_spawn_file_actions_adddup2(&acts, 77, 1); start(1, &acts, NULL, w); say(wait(NULL)); printf("%d\n", posix_spawn_file_actions_adddup2(&acts, -1, 1) == EBADF); printf("%d\n", posix_spawn_file_actions_addclose(&acts, -1) == EBADF); }
    CASE(spawn_closed_then_used) { char *w[] = {"true", NULL}; posix_spawn_file_actions_addclose(&acts, e[0]); posix_spawn_file_actions_adddup2(&acts, e[0], 7); start(1, &acts, NULL, w); say(wait(NULL)); }
    CASE(spawn_close_nothing) { char *w[] = {"true", NULL}; posix_spawn_file_actions_addclose(&acts, 77); show(start(1, &acts, NULL, w)); }
    CASE(spawn_cloexec) { char *w[] = {"sleep", "0.01", NULL}; fcntl(e[1], F_SETFD, FD_CLOEXEC); pid = start(1, NULL, NULL, w); close(e[1]); say(read(e[0], text, 9)); show(pid); }
    CASE(spawn_mask) { char *w[] = {"sh", "-c", "kill $$; exit 3", NULL}; posix_spawnattr_setsigmask(&attr, &set); posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK); show(start(1, NULL, &attr, w)); }
    CASE(spawn_default) { char *w[] = {"sh", "-c", "kill $$; exit 3", NULL}; signal(SIGTERM, SIG_IGN); show(start(1, NULL, NULL, w)); posix_spawnattr_setsigdefault(&attr, &set); posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF); show(start(1, NULL, &attr, w)); }
    CASE(spawn_attributes) { short flags; sigset_t got; posix_spawnattr_setsigmask(&attr, &set); posix_spawnattr_getsigmask(&attr, &got); posix_spawnattr_getflags(&attr, &flags); printf("%d %d %d\n", flags, sigismember(&got, SIGTERM), sigismember(&got, SIGINT)); }
    CASE(spawn_buffer) { char *w[] = {"true", NULL}; printf("tea "); show(start(1, NULL, NULL, w)); }
    posix_spawn_file_actions_destroy(&acts);
    posix_spawnattr_destroy(&attr);
}

/* ---- signal handlers ------------------------------------------------------------------------------------------ */

static volatile sig_atomic_t came, order_of[4], count;
static void note(int sig) { came = sig; if (count < 4) order_of[count] = sig; count++; }
static void note_info(int sig, siginfo_t *i, void *none) { (void)none; came = i->si_signo == sig ? sig : -1; }
static void put_in(int sig) { char c = (char)sig; write(e[1], &c, 1); }
static void leave(int sig) { _exit(sig); }
static void spoil(int sig) { (void)sig; errno = EDOM; }
static void again(int sig) { note(sig); if (count < 3) raise(sig); }
static void nest(int sig) { note(sig); if (sig == SIGUSR1) raise(SIGUSR2); note(sig); }
static sigjmp_buf away;
static void jump_away(int sig) { siglongjmp(away, sig); }

static void handle(int sig, void (*handler)(int), int flags, int also)
{
    struct sigaction a = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&a.sa_mask);
    if (also)
        sigaddset(&a.sa_mask, also);
    sigaction(sig, &a, NULL);
}

static void mask(int how, int a, int b)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, a);
    if (b)
        sigaddset(&set, b);
    pthread_sigmask(how, &set, NULL);
}

static void *takes_usr1(void *none)
{
    int sig;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigwait(&set, &sig);
    came = sig;
    return none;
}

static void *waits_for_byte(void *none)
{
    char c;
    ssize_t n = read(e[0], &c, 1);
    printf("%zd %s\n", n, n < 0 ? strerror(errno) : "");
    return none;
}

static void *asks_usr1(void *none)
{
    sigset_t set;
    sigpending(&set);
    count = sigismember(&set, SIGUSR1);
    return none;
}

/* Blocked here, it is for the one who joins, or for this one after all. */
static void *takes_or_not(void *none)
{
    sigset_t set;
    struct timespec zero = {0, 0};
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    mask(SIG_BLOCK, SIGUSR1, 0);
    kill(getpid(), SIGUSR1);
    f[0] = sigtimedwait(&set, NULL, &zero) == SIGUSR1;
    return none;
}

static void *polls_f(void *none)
{
    count = polled_in(f[0]);
    return none;
}

static void signals(void)
{
    pid_t pid;
    pthread_t t;
    struct sigaction old;
    struct timespec left = {0, 0}, span = {5, 0};
    struct signalfd_siginfo info;
    pipe(e);
    CASE(signal_raise) { signal(SIGUSR1, note); printf("%d ", raise(SIGUSR1)); printf("%d\n", came == SIGUSR1); }
    CASE(signal_kill_self) { signal(SIGUSR1, note); kill(getpid(), SIGUSR1); printf("%d\n", came == SIGUSR1); }
    CASE(signal_thread_self) { signal(SIGUSR1, note); pthread_kill(pthread_self(), SIGUSR1); printf("%d\n", came == SIGUSR1); }
    CASE(signal_old) { printf("%d ", signal(SIGUSR1, note) == SIG_DFL); printf("%d ", signal(SIGUSR1, SIG_IGN) == note); printf("%d ", signal(SIGUSR1, SIG_DFL) == SIG_IGN); printf("%d\n", signal(SIGKILL, note) == SIG_ERR); }
    CASE(signal_action_old) { handle(SIGUSR1, note, SA_RESTART, SIGINT); sigaction(SIGUSR1, NULL, &old); printf("%d %d %d\n", old.sa_handler == note, (old.sa_flags & SA_RESTART) != 0, sigismember(&old.sa_mask, SIGINT)); say(sigaction(SIGKILL, &old, NULL)); say(sigaction(99, &old, NULL)); }
    CASE(signal_info) { struct sigaction a = {.sa_flags = SA_SIGINFO}; a.sa_sigaction = note_info; sigaction(SIGUSR1, &a, NULL); raise(SIGUSR1); printf("%d\n", came == SIGUSR1); }
    CASE(signal_reset) { handle(SIGUSR1, note, SA_RESETHAND, 0); raise(SIGUSR1); sigaction(SIGUSR1, NULL, &old); printf("%d\n", old.sa_handler == SIG_DFL); }
    CASE(signal_blocked_first) { signal(SIGUSR1, note); mask(SIG_BLOCK, SIGUSR1, 0); raise(SIGUSR1); printf("%d ", (int)count); raise(SIGUSR1); mask(SIG_UNBLOCK, SIGUSR1, 0); printf("%d\n", (int)count); }
    CASE(signal_two_pending) { signal(SIGUSR1, note); signal(SIGUSR2, note); mask(SIG_BLOCK, SIGUSR1, SIGUSR2); raise(SIGUSR1); raise(SIGUSR2); mask(SIG_UNBLOCK, SIGUSR1, SIGUSR2); printf("%d %d\n", order_of[0] == SIGUSR1, order_of[1] == SIGUSR1); }
    CASE(signal_two_masked) { handle(SIGUSR1, note, 0, SIGUSR2); handle(SIGUSR2, note, 0, SIGUSR1); mask(SIG_BLOCK, SIGUSR1, SIGUSR2); raise(SIGUSR1); raise(SIGUSR2); mask(SIG_UNBLOCK, SIGUSR1, SIGUSR2); printf("%d %d\n", order_of[0] == SIGUSR1, order_of[1] == SIGUSR1); }
    CASE(signal_again) { handle(SIGUSR1, again, 0, 0); raise(SIGUSR1); printf("%d\n", (int)count); }
    CASE(signal_nodefer) { handle(SIGUSR1, again, SA_NODEFER, 0); raise(SIGUSR1); printf("%d\n", (int)count); }
    CASE(signal_nested) { signal(SIGUSR1, nest); signal(SIGUSR2, nest); raise(SIGUSR1); printf("%d %d %d %d\n", order_of[0] == SIGUSR1, order_of[1] == SIGUSR2, order_of[2] == SIGUSR2, order_of[3] == SIGUSR1); }
    CASE(signal_ignored_pending) { signal(SIGUSR1, note); mask(SIG_BLOCK, SIGUSR1, 0); raise(SIGUSR1); signal(SIGUSR1, SIG_IGN); signal(SIGUSR1, note); mask(SIG_UNBLOCK, SIGUSR1, 0); printf("%d\n", (int)count); }
    CASE(signal_errno) { signal(SIGUSR1, spoil); errno = 0; raise(SIGUSR1); printf("%d\n", errno == EDOM); }
    CASE(signal_pending_of_process) { sigset_t set; mask(SIG_BLOCK, SIGUSR1, 0); kill(getpid(), SIGUSR1); sigpending(&set); printf("%d\n", sigismember(&set, SIGUSR1)); }
    CASE(signal_suspend) { sigset_t none; sigemptyset(&none); signal(SIGUSR1, note); mask(SIG_BLOCK, SIGUSR1, 0); raise(SIGUSR1); say(sigsuspend(&none)); sigprocmask(SIG_BLOCK, NULL, &none); printf("%d %d\n", (int)count, sigismember(&none, SIGUSR1)); }
    CASE(signal_jump) { signal(SIGUSR1, jump_away); if (sigsetjmp(away, 1) == 0) raise(SIGUSR1); sigset_t now; sigprocmask(SIG_BLOCK, NULL, &now); printf("%d\n", sigismember(&now, SIGUSR1)); }
    CASE(signal_jump_mask_stays) { signal(SIGUSR1, jump_away); if (sigsetjmp(away, 0) == 0) raise(SIGUSR1); sigset_t now; sigprocmask(SIG_BLOCK, NULL, &now); printf("%d\n", sigismember(&now, SIGUSR1)); }
    CASE(signal_pipe) { signal(SIGPIPE, note); close(e[0]); say(write(e[1], "x", 1)); printf("%d\n", came == SIGPIPE); }
    CASE(signal_read) { handle(SIGUSR1, note, 0, 0); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(read(e[0], text, 1)); show(pid); }
    CASE(signal_read_restarts) { handle(SIGUSR1, put_in, SA_RESTART, 0); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(read(e[0], text, 1)); show(pid); }
    CASE(signal_events) { struct pollfd p = {e[0], POLLIN, 0}; handle(SIGUSR1, note, SA_RESTART, 0); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(poll(&p, 1, -1)); show(pid); }
    CASE(signal_wait) { signal(SIGUSR1, note); handle(SIGUSR2, note, 0, 0); if ((pid = fork()) == 0) { usleep(20000); kill(getppid(), SIGUSR1); usleep(20000); kill(getppid(), SIGUSR2); usleep(20000); _exit(0); } say(waitpid(pid, NULL, 0)); printf("%d\n", (int)count); show(pid); }
    CASE(signal_sleep) { signal(SIGUSR1, note); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } printf("%d ", nanosleep(&span, &left)); printf("%d %d\n", errno == EINTR, left.tv_sec == 4); show(pid); }
    CASE(signal_sem) { sem_t s; sem_init(&s, 0, 0); handle(SIGUSR1, note, 0, 0); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(sem_wait(&s)); show(pid); }
    CASE(signal_pause) { signal(SIGUSR1, note); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(pause()); show(pid); }
    CASE(signal_sigwaitinfo) { sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR2); signal(SIGUSR1, note); if ((pid = fork()) == 0) { usleep(30000); kill(getppid(), SIGUSR1); _exit(0); } say(sigwaitinfo(&set, NULL)); show(pid); }
    CASE(signal_thread_takes) { mask(SIG_BLOCK, SIGUSR1, 0); pthread_create(&t, NULL, takes_usr1, NULL); kill(getpid(), SIGUSR1); pthread_join(t, NULL); printf("%d\n", came == SIGUSR1); }
    CASE(signal_thread_read) { handle(SIGUSR1, note, 0, 0); pthread_create(&t, NULL, waits_for_byte, NULL); usleep(30000); pthread_kill(t, SIGUSR1); usleep(30000); write(e[1], "x", 1); pthread_join(t, NULL); printf("%d\n", came == SIGUSR1); }
    CASE(signal_other_thread_open) { signal(SIGUSR1, note); pthread_create(&t, NULL, waits_for_byte, NULL); mask(SIG_BLOCK, SIGUSR1, 0); kill(getpid(), SIGUSR1); usleep(30000); write(e[1], "x", 1); pthread_join(t, NULL); printf("%d\n", (int)count); }
    CASE(signal_child) { signal(SIGCHLD, note); if ((pid = fork()) == 0) _exit(0); while (!came) usleep(1000); show(pid); }
    CASE(signal_child_waited) { int sig; sigset_t set; sigemptyset(&set); sigaddset(&set, SIGCHLD); sigprocmask(SIG_BLOCK, &set, NULL); if ((pid = fork()) == 0) _exit(3); sigwait(&set, &sig); printf("%d ", sig == SIGCHLD); show(pid); }
    CASE(signal_child_ignored) { signal(SIGCHLD, SIG_IGN); if ((pid = fork()) == 0) _exit(3); say(waitpid(pid, NULL, 0)); }
    CASE(signal_inherited) { signal(SIGUSR1, leave); if ((pid = fork()) == 0) { raise(SIGUSR1); _exit(1); } show(pid); }
    CASE(signal_exec_default) { signal(SIGTERM, leave); if ((pid = fork()) == 0) { execlp("sleep", "sleep", "100", (char *)NULL); _exit(1); } usleep(30000); kill(pid, SIGTERM); int s; waitpid(pid, &s, 0); printf("%d\n", WIFSIGNALED(s) || WEXITSTATUS(s) == SIGTERM); }
    CASE(signal_stops_child) { signal(SIGTERM, leave); if ((pid = fork()) == 0) for (;;) pause(); kill(pid, SIGTERM); show(pid); }
    CASE(signal_alarm) { struct itimerval v = {.it_value = {0, 30000}}, was; signal(SIGALRM, note); say(setitimer(ITIMER_REAL, &v, NULL)); say(pause()); getitimer(ITIMER_REAL, &was); printf("%d %d\n", came == SIGALRM, (int)was.it_value.tv_usec); }
    CASE(signal_alarm_again) { struct itimerval v = {{0, 10000}, {0, 10000}}, none = {{0, 0}, {0, 0}}; signal(SIGALRM, note); setitimer(ITIMER_REAL, &v, NULL); while (count < 3) pause(); setitimer(ITIMER_REAL, &none, &v); printf("%d\n", (int)v.it_interval.tv_usec); }
    CASE(signal_alarm_left) { signal(SIGALRM, note); printf("%u ", alarm(100)); printf("%u ", alarm(0)); printf("%u\n", alarm(0)); }
    CASE(signal_alarm_rounded) { struct itimerval v = {.it_value = {2, 300000}}; setitimer(ITIMER_REAL, &v, NULL); printf("%u ", alarm(0)); v.it_value.tv_usec = 700000; setitimer(ITIMER_REAL, &v, NULL); printf("%u ", alarm(0)); v.it_value.tv_sec = 0; v.it_value.tv_usec = 300000; setitimer(ITIMER_REAL, &v, NULL); printf("%u\n", alarm(0)); }
    CASE(signal_alarm_far) { struct itimerval v = {.it_value = {INT64_MAX / 2, 0}, .it_interval = {INT64_MAX, 999999}}, was; say(setitimer(ITIMER_REAL, &v, NULL)); getitimer(ITIMER_REAL, &was); printf("%d\n", was.it_value.tv_sec > 1000000000); v.it_value.tv_usec = 1000000; say(setitimer(ITIMER_REAL, &v, NULL)); v.it_value.tv_usec = -1; say(setitimer(ITIMER_REAL, &v, NULL)); alarm(0); }
    CASE(signal_alarm_waited) { int sig; sigset_t set; struct itimerval v = {.it_value = {0, 10000}}; sigemptyset(&set); sigaddset(&set, SIGALRM); sigprocmask(SIG_BLOCK, &set, NULL); setitimer(ITIMER_REAL, &v, NULL); sigwait(&set, &sig); printf("%d\n", sig == SIGALRM); }
    CASE(signal_alarm_child) { if ((pid = fork()) == 0) { struct itimerval v = {.it_value = {0, 10000}}; setitimer(ITIMER_REAL, &v, NULL); for (;;) pause(); } show(pid); }
    CASE(signal_alarm_not_inherited) { struct itimerval was; alarm(100); if ((pid = fork()) == 0) { getitimer(ITIMER_REAL, &was); _exit(was.it_value.tv_sec != 0); } show(pid); alarm(0); }
    CASE(signal_fd) { struct signalfd_siginfo i; sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); sigprocmask(SIG_BLOCK, &set, NULL); int fd = signalfd(-1, &set, SFD_NONBLOCK); say(read(fd, &i, sizeof i)); kill(getpid(), SIGUSR1); say(read(fd, &i, 10)); say(read(fd, &i, sizeof i)); printf("%d\n", i.ssi_signo == SIGUSR1); say(read(fd, &i, sizeof i)); say(signalfd(e[0], &set, 0)); say(signalfd(-1, &set, 1 << 30)); }
    CASE(signal_fd_raised) { struct signalfd_siginfo i[3]; sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); sigaddset(&set, SIGUSR2); sigprocmask(SIG_BLOCK, &set, NULL); int fd = signalfd(-1, &set, 0); raise(SIGUSR1); kill(getpid(), SIGUSR2); printf("%d ", (int)(read(fd, i, sizeof i) / sizeof *i)); printf("%d %d\n", i[0].ssi_signo == SIGUSR1, i[1].ssi_signo == SIGUSR2); }
    CASE(signal_fd_watched) { struct epoll_event r; sigset_t set; sigemptyset(&set); sigaddset(&set, SIGCHLD); sigprocmask(SIG_BLOCK, &set, NULL); int fd = signalfd(-1, &set, 0), ep = epoll_create1(0); watched(ep, fd, EPOLLIN); if ((pid = fork()) == 0) _exit(3); printf("%d\n", epoll_wait(ep, &r, 1, -1)); show(pid); }
    CASE(signal_fd_asked) { sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); mask(SIG_BLOCK, SIGUSR1, 0); kill(getpid(), SIGUSR1); f[0] = signalfd(-1, &set, SFD_NONBLOCK); pthread_create(&t, NULL, asks_usr1, NULL); read(f[0], &info, sizeof info); pthread_join(t, NULL); printf("%d\n", (int)count); }
    CASE(signal_taken_from_joiner) { signal(SIGUSR1, note); pthread_create(&t, NULL, takes_or_not, NULL); pthread_join(t, NULL); printf("%d %d\n", f[0], (int)count); }
    CASE(signal_fd_unblocked) { sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); signal(SIGUSR1, note); int fd = signalfd(-1, &set, SFD_NONBLOCK); raise(SIGUSR1); say(read(fd, text, 0)); printf("%d\n", (int)count); }
    CASE(signal_lets_in) { sigset_t none; struct pollfd p = {e[0], POLLIN, 0}; struct epoll_event r; sigemptyset(&none); signal(SIGUSR1, note); mask(SIG_BLOCK, SIGUSR1, 0); raise(SIGUSR1); say(ppoll(&p, 1, NULL, &none)); raise(SIGUSR1); say(pselect(0, NULL, NULL, NULL, NULL, &none)); raise(SIGUSR1); say(epoll_pwait(epoll_create1(0), &r, 1, -1, &none)); sigprocmask(SIG_BLOCK, NULL, &none); printf("%d %d\n", (int)count, sigismember(&none, SIGUSR1)); }
    CASE(signal_pipe_held) { struct epoll_event r; sigset_t set; mask(SIG_BLOCK, SIGPIPE, 0); sigemptyset(&set); sigaddset(&set, SIGPIPE); int fd = signalfd(-1, &set, 0), ep = epoll_create1(0); watched(ep, fd, EPOLLIN); close(e[0]); say(write(e[1], "x", 1)); printf("%d\n", epoll_wait(ep, &r, 1, 0)); }
    CASE(signal_pipe_ignored_held) { sigset_t set; signal(SIGPIPE, SIG_IGN); mask(SIG_BLOCK, SIGPIPE, 0); close(e[0]); say(write(e[1], "x", 1)); sigpending(&set); printf("%d\n", sigismember(&set, SIGPIPE)); }
    CASE(signal_pipe_looked) { sigset_t set; mask(SIG_BLOCK, SIGPIPE, 0); sigemptyset(&set); sigaddset(&set, SIGPIPE); f[0] = signalfd(-1, &set, 0); close(e[0]); pthread_create(&t, NULL, polls_f, NULL); write(e[1], "x", 1); pthread_join(t, NULL); printf("%d\n", (int)count); }
    CASE(signal_pipe_ends_child) { close(e[0]); if ((pid = fork()) == 0) { write(e[1], "x", 1); _exit(0); } if (waitpid(pid, NULL, WNOHANG) == pid) printf("soon\n"); else show(pid); }
    CASE(signal_abort) { signal(SIGABRT, note); if ((pid = fork()) == 0) abort(); show(pid); }
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOFBF, 4096);
    which = argc > 1 ? argv[1] : "";
    if (strncmp(which, "pipe", 4) == 0 || strncmp(which, "bad", 3) == 0)
        pipes();
    else if (strncmp(which, "event", 5) == 0 || strncmp(which, "timer", 5) == 0)
        events();
    else if (strstr(which, "poll") || strncmp(which, "select", 6) == 0)
        (strncmp(which, "socket", 6) == 0 ? sockets : waiting)();
    else if (strncmp(which, "socket", 6) == 0)
        sockets();
    else if (strncmp(which, "queue", 5) == 0)
        queues();
    else if (strncmp(which, "waitid", 6) == 0 || strncmp(which, "waitpid", 7) == 0 || strncmp(which, "wait3", 5) == 0 || strncmp(which, "wait4", 5) == 0)
        children();
    else if (strncmp(which, "signal", 6) == 0)
        signals();
    else if (strncmp(which, "spawn", 5) == 0)
        spawning();
    else
        processes();
    return 0;
}
