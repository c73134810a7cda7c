/* ok: a socket pair for each worker, and poll tells which one has answered */
#include "process-pool-map.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 16 };

struct team {
    int size;
    struct pollfd line[MOST]; /* to each worker; fd -1: it has no job, or has died */
    size_t doing[MOST];
};

_Noreturn static void work(int line, uint64_t (*fn)(uint64_t))
{
    uint64_t x;
    while (read(line, &x, sizeof x) == sizeof x) {
        x = fn(x);
        if (write(line, &x, sizeof x) != sizeof x)
            _exit(1);
    }
    _exit(0);
}

static bool hire(struct team *t, uint64_t (*fn)(uint64_t))
{
    int ends[2];
    if (t->size == MOST || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (int i = 0; i < t->size; i++)
            close(t->line[i].fd);
        work(ends[1], fn);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return false;
    }
    t->line[t->size++] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    return true;
}

static void let_go(struct team *t, int who)
{
    close(t->line[who].fd);
    t->line[who].fd = -1;
}

/* The next input for a worker who is free, or the end. True: it has one. */
static bool give(struct team *t, int who, size_t *next, const uint64_t *in, size_t n)
{
    if (*next < n && send(t->line[who].fd, &in[*next], sizeof *in, MSG_NOSIGNAL) == sizeof *in) {
        t->doing[who] = (*next)++;
        return true;
    }
    let_go(t, who);
    return false;
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    struct team t = {.size = 0};
    size_t next = 0, got = 0;
    int busy = 0;
    while (t.size < workers && hire(&t, fn))
        ;
    for (int i = 0; i < t.size; i++)
        busy += give(&t, i, &next, in, n);
    while (busy > 0) {
        if (poll(t.line, (nfds_t)t.size, -1) < 0)
            continue;
        for (int i = 0; i < t.size; i++) {
            uint64_t x;
            if (t.line[i].fd < 0 || !t.line[i].revents)
                continue;
            busy--;
            if (read(t.line[i].fd, &x, sizeof x) != sizeof x) {
                let_go(&t, i);
                continue;
            }
            out[t.doing[i]] = x;
            got++;
            busy += give(&t, i, &next, in, n);
        }
    }
    while (wait(NULL) > 0 || errno == EINTR)
        ;
    return got == n ? 0 : -1;
}
