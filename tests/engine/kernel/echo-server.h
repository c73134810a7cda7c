/* echo-server: one loop, two clients in threads of their own, calls that move less than they could. WRONG 1: asks for POLLOUT
 * all the time; 2: forgets what a send did not take. */
#include <fcntl.h>
#include <lab/check.h>
#include <lab/loop.h>
#include <string.h>
#include <sys/socket.h>

#ifndef WRONG
#define WRONG 0
#endif

struct connection {
    int fd, ended, waiting;
    char out[8];
};

static void receive(struct connection *c)
{
    ssize_t n = read(c->fd, c->out + c->waiting, sizeof c->out - (size_t)c->waiting);
    c->ended = n == 0;
    c->waiting += n > 0 ? (int)n : 0;
}

static void send_out(struct connection *c)
{
    ssize_t n = send(c->fd, c->out, (size_t)c->waiting, MSG_NOSIGNAL);
    if (n <= 0)
        return;
    c->waiting -= WRONG == 2 ? c->waiting : (int)n;
    memmove(c->out, c->out + n, (size_t)c->waiting);
}

static int connection_step(loop_t *l, void *co)
{
    struct connection *c = co;
    if (!c->ended)
        receive(c);
    if (c->waiting > 0)
        send_out(c);
    if (c->ended && c->waiting == 0) {
        close(c->fd);
        return CO_DONE;
    }
    short in = c->ended ? 0 : POLLIN, out = c->waiting > 0 || WRONG == 1 ? POLLOUT : 0;
    return co_wait_fd(l, c->fd, in | out);
}

static void *client(void *arg)
{
    int fd = *(int *)arg, got = 0;
    char text[8];
    for (int sent = 0; sent < 3;)
        sent += (int)send(fd, "tea" + sent, 3 - (size_t)sent, MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
    for (ssize_t n; (n = read(fd, text + got, sizeof text - (size_t)got)) > 0;)
        got += (int)n;
    lab_check(got == 3 && memcmp(text, "tea", 3) == 0, "the client got %d bytes back", got);
    close(fd);
    return NULL;
}

/* n clients, each once. */
static void serve(int n)
{
    static struct connection c[2];
    static int end[2];
    loop_t *l = loop_new();
    for (int i = 0; i < n; i++) {
        int pair[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
        fcntl(pair[0], F_SETFL, O_NONBLOCK);
        c[i].fd = pair[0];
        end[i] = pair[1];
        loop_spawn(l, connection_step, &c[i]);
        lab_go(client, &end[i]);
    }
    lab_loop(1, 0);
    loop_run(l);
    lab_loop(-1, 0);
    lab_join_all();
    loop_free(l);
    lab_no_descriptors_left();
}

SCENARIO(one, "one client", "M39", "14.8")
{
    serve(1);
}

SCENARIO(short_counts, "one client, and a call that moves less than it could", "M39", "14.8")
{
    lab_short_io(1);
    serve(1);
}

SCENARIO(two, "two clients", "M44", "14.8")
{
    serve(2);
}
